"""What the notices' API answers with, and the bodies that it takes."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from contracts.matter import ServiceWay
from contracts.sealed import Sealed
from contracts.words.families import Language
from services.kit.sealing import Keyring, open_sealed
from services.notices.issuing import place
from services.notices.store.fates import Fate, Untold
from services.notices.store.letters import Shown
from services.notices.store.serving import must_be_served
from services.notices.tables import DeliveryRow, LetterRow


class TextView(BaseModel):
    """A text in both languages."""

    zh: str
    en: str


class ReaderView(BaseModel):
    """Who may read the letter: a person, or a role (for a unit, when one is named) in a district."""

    person_id: str
    role: str
    unit: str
    district: str


class DeliveryView(BaseModel):
    """How the letter travels on one channel, and how far it is."""

    channel: str
    state: str
    attempts: int
    next_attempt_at: datetime | None
    last_error: str
    message_id: str
    settled_at: datetime | None


class ReceiptView(BaseModel):
    """Who took notice, and when first."""

    person_id: str
    at: datetime


class ServiceView(BaseModel):
    """Who served a letter by hand, when, how, and the digest of the signed paper."""

    by: str
    at: datetime
    how: ServiceWay
    document_digest: str


class NoticeView(BaseModel):
    """A letter as it was issued. `body_digest` covers subject and body; `template_digest` the texts behind them."""

    id: str
    position: int
    number: str
    type: str
    case_id: str
    parent: str
    district: str
    round: str
    addressee: str
    kind: str
    event_id: str
    issued_at: datetime
    reply_by: datetime | None
    provisional: bool
    window_start: datetime | None
    window_end: datetime | None
    policy: str
    template_digest: str
    body_digest: str
    subject: TextView
    body: TextView
    readers: list[ReaderView]
    deliveries: list[DeliveryView]
    receipts: list[ReceiptView]
    service: ServiceView | None
    unserved: bool
    """Mail did not bring it and nobody has served it: `reply_by` runs against somebody who may not know of it."""

    @classmethod
    def of(cls, shown: Shown, keyring: Keyring) -> "NoticeView":
        """The view of a letter, opened. Raises SealError when the key is gone or the row was changed."""
        row = shown.letter
        content = open_letter(row, keyring)
        return cls.model_validate(
            {
                **row.model_dump(exclude={"sealed"}),
                "id": row.letter_id,
                "subject": content["subject"],
                "body": content["body"],
                "readers": [one.model_dump() for one in shown.readers],
                "deliveries": [one.model_dump() for one in shown.deliveries],
                "receipts": [one.model_dump() for one in shown.receipts],
                "service": shown.service.model_dump() if shown.service else None,
                "unserved": must_be_served(
                    row.kind, shown.deliveries, len(shown.receipts) + (shown.service is not None)
                ),
            }
        )


class NoticePage(BaseModel):
    """Letters in the order that was asked. `next` is the `after` of the following page; null when this was the last."""

    items: list[NoticeView]
    next: int | None


class PublicView(BaseModel):
    """A name on public show: only what a public notice says (T1)."""

    id: str
    number: str
    district: str
    parent: str
    name: str
    firm: str
    seat: TextView
    start: datetime | None
    end: datetime | None
    provisional: bool
    subject: TextView
    body: TextView

    @classmethod
    def of(cls, row: LetterRow, keyring: Keyring) -> "PublicView":
        """The view of a public notice."""
        content = open_letter(row, keyring)
        fields: dict[Language, dict[str, str]] = content["fields"]  # type: ignore[assignment]
        return cls.model_validate(
            {
                **row.model_dump(include={"number", "district", "parent", "provisional"}),
                "id": row.letter_id,
                "start": row.window_start,
                "end": row.window_end,
                "name": fields["zh"]["person_name"],
                "firm": fields["zh"]["firm"],
                "seat": {language: said["seat"] for language, said in fields.items()},
                "subject": content["subject"],
                "body": content["body"],
            }
        )


class PublicPage(BaseModel):
    """Names on show, in order of issue; `next` as for letters."""

    items: list[PublicView]
    next: int | None


class UndeliveredView(BaseModel):
    """A letter that mail did not bring to its person: which, of which case, until when they were to reply, and why.

    What it says is not shown: it goes to the person in a closed envelope.
    """

    id: str
    number: str
    type: str
    case_id: str
    district: str
    issued_at: datetime
    reply_by: datetime | None
    provisional: bool
    error: str
    attempts: int
    position: int

    @classmethod
    def of(cls, row: LetterRow, mail: DeliveryRow) -> "UndeliveredView":
        """The view of a letter and the mail that died."""
        return cls(
            **row.model_dump(include=set(cls.model_fields)),
            id=row.letter_id,
            error=mail.last_error,
            attempts=mail.attempts,
        )


class UntoldView(BaseModel):
    """A letter of whose fate its case is to be told: what of it, and how it reached its person if it did."""

    id: str
    case_id: str
    type: str
    task_id: str
    led_at: datetime
    fate: Fate
    at: datetime | None
    how: ServiceWay | None
    document_digest: str | None
    position: int

    @classmethod
    def of(cls, one: Untold) -> "UntoldView":
        """The view of such a letter."""
        row = one.letter.model_dump(include={"case_id", "type", "task_id", "led_at", "position"})
        said = {name: getattr(one, name) for name in ("fate", "at", "how", "document_digest")}
        return cls(id=one.letter.letter_id, **row, **said)


class UntoldList(BaseModel):
    """Such letters, in order of issue; there may be more."""

    items: list[UntoldView]


class ToldBody(BaseModel):
    """What the letter's case was told."""

    model_config = ConfigDict(extra="forbid")
    fate: Fate


class UndeliveredPage(BaseModel):
    """Letters to be served by hand, in order of issue; `next` as for letters."""

    items: list[UndeliveredView]
    next: int | None


class StuckView(BaseModel):
    """A case that waits: from which entry of the record on, and the kind of error that it met there."""

    case_id: str
    index: int
    why: str


class StuckList(BaseModel):
    """The cases that wait, the longest first."""

    items: list[StuckView]


class FiguresView(BaseModel):
    """Letters per type, deliveries per channel and state, and how many cases wait."""

    letters: dict[str, int]
    deliveries: dict[str, dict[str, int]]
    stuck: int


def open_letter(row: LetterRow, keyring: Keyring) -> dict[str, object]:
    """A letter's sealed content: fields, subject, body. Raises SealError."""
    return open_sealed(Sealed.model_validate(row.sealed), place(row.letter_id), keyring)
