"""Make a letter's rows: number, text, readers, and the ways in which it travels."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from contracts.addresses import is_address
from contracts.envelope import Envelope
from contracts.lettering.filling import LetterError
from contracts.lettering.saying import LANGUAGES
from contracts.policy.model import NoticeType, Policy
from contracts.vocabulary import DeliveryChannel as Channel
from contracts.vocabulary import DeliveryState as State
from services.kit.sealing import Keyring, seal
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.instants import local
from services.notices.letters import Addressee, Kind, Letter, letter_id
from services.notices.papers.faces import Faces, look_up
from services.notices.papers.letter import letter_paper
from services.notices.renderer import Written, write
from services.notices.store.casework import Row

POSITION = "position"
"""Counter of all letters."""

HANDED_OVER = frozenset({Kind.REPORTER, Kind.OUTSIDE})
"""Addressees who have no inbox here."""


@dataclass
class Issued:
    """The rows of one letter."""

    letter: Row
    readers: list[Row]
    deliveries: list[Row]


@dataclass
class Numbers:
    """Counters as stored, moved forward by each letter."""

    last: dict[str, int] = field(default_factory=dict)

    def draw(self, name: str) -> int:
        """The next number under a name, from 1."""
        self.last[name] = self.last.get(name, 0) + 1
        return self.last[name]


@dataclass(frozen=True)
class Issuer:
    """Issues letters. `mail_domain` names our side of message ids; empty when mail is not configured.

    `faces` are those in which a letter would be printed: each of its signs is looked up before it is issued.
    """

    keyring: Keyring
    clock: Callable[[], datetime]
    mail_domain: str
    faces: Callable[[], Faces]

    def issue(
        self, letter: Letter, file: CaseFile, policy: Policy, envelope: Envelope, numbers: Numbers
    ) -> Issued:
        """The rows of a letter to which this event led. Raises LetterError or KeyError when it cannot be written."""
        at = self.clock()
        day = local(at, policy.calendar.utc_offset_hours).date()
        year = day.year
        running = numbers.draw(f"{letter.type}/{year}")
        number = f"清选〔{year}〕{letter.type}-{running:06d}"
        notice = policy.notice(letter.type)
        fields = compose(letter, file, policy, number, at)
        written = write(notice, policy.letter_frame, fields)
        _marked(written, policy)
        ident = letter_id(file.case_id, letter)
        recipient = _recipient(letter.addressee, file)
        papers = (
            letter_paper(written, fields[language], notice, policy, day, language) for language in LANGUAGES
        )
        looked = look_up("\n".join(one.text for one in papers), self.faces())
        content: dict[str, object] = {
            "fields": fields,
            "subject": written.subject,
            "body": written.body,
            "mail_subject": _mail_subject(notice, policy, number),
            "recipient": recipient,
            "faces": looked.faces,
            "lacking": looked.lacking,
        }
        start, end = letter.window or (None, None)
        position = numbers.draw(POSITION)
        row = Row(
            letter_id=ident,
            position=position,
            number=number,
            type=letter.type,
            year=year,
            running=running,
            case_id=file.case_id,
            parent=file.parent,
            district=letter.addressee.district or file.district,
            round=letter.round,
            addressee=letter.addressee.key,
            kind=letter.addressee.kind.value,
            event_id=envelope.id,
            sequence=envelope.sequence,
            led_at=envelope.at,
            task_id=letter.asks,
            reminds=letter.rung is not None,
            issued_at=at,
            reply_by=letter.reply_by,
            provisional=letter.provisional,
            window_start=start,
            window_end=end,
            policy=policy.version,
            template_digest=written.template_digest,
            body_digest=written.digest,
            printable=not looked.lacking,
            off_show_at=None,
            sealed=seal(content, place(ident), self.keyring, file.concerned).model_dump(),
        )
        return Issued(
            row, _readers(row, letter.addressee), self._deliveries(row, letter.addressee, recipient)
        )

    def _deliveries(self, row: Row, who: Addressee, recipient: str) -> list[Row]:
        rows = (
            []
            if who.kind in HANDED_OVER
            else [_settled(row, Channel.PUBLIC if who.kind is Kind.PUBLIC else Channel.INBOX)]
        )
        mailable = is_address(recipient)
        if mailable and self.mail_domain:
            rows.append(
                _delivery(
                    row, Channel.SMTP, State.PENDING, message_id=f"<{row['letter_id']}@{self.mail_domain}>"
                )
            )
        elif mailable:
            rows.append(_delivery(row, Channel.SMTP, State.NOT_CONFIGURED))
        elif recipient and who.kind is Kind.PERSON:
            rows.append(_delivery(row, Channel.SMTP, State.DEAD, error="bad-address"))
        if who.kind in HANDED_OVER and not (mailable and self.mail_domain):
            # No account and no mail: the role that may read it hands it over, and it is pending until they say so.
            rows.append(_delivery(row, Channel.HAND, State.PENDING))
        return rows


def place(ident: str) -> str:
    """Where a letter's sealed content belongs: it opens nowhere else."""
    return f"notice:{ident}"


def _marked(written: Written, policy: Policy) -> None:
    mark = policy.demonstration_mark
    if policy.demonstration and (
        mark is None or mark.zh not in written.body["zh"] or mark.en not in written.body["en"]
    ):
        raise LetterError("a letter of a demonstration policy must carry the demonstration mark")


def _recipient(who: Addressee, file: CaseFile) -> str:
    """Where it can be mailed. Officers are not mailed: their accounts' inbox is where they work."""
    if who.kind is Kind.REPORTER:
        return file.reporters[who.report].contact.strip()
    if who.kind is Kind.PERSON and file.person is not None:
        return file.person.email.strip()
    return ""


def _mail_subject(notice: NoticeType, policy: Policy, number: str) -> str:
    """Name and number only: a subject travels open and shows on locked screens, so it names nobody."""
    mark = (
        f"[{policy.demonstration_mark.zh} {policy.demonstration_mark.en}] "
        if policy.demonstration_mark
        else ""
    )
    return f"{mark}{notice.name.zh} {notice.name.en} {number}"


def _readers(row: Row, who: Addressee) -> list[Row]:
    if who.kind is Kind.PERSON:
        return [_reader(row, person_id=who.person_id)]
    return [_reader(row, role=role, unit=who.unit, district=who.district) for role in who.roles]


def _reader(row: Row, person_id: str = "", role: str = "", unit: str = "", district: str = "") -> Row:
    return Row(
        letter_id=row["letter_id"],
        person_id=person_id,
        role=role,
        unit=unit,
        district=district,
        position=row["position"],
    )


def _delivery(row: Row, channel: Channel, state: State, *, message_id: str = "", error: str = "") -> Row:
    return Row(
        letter_id=row["letter_id"],
        channel=channel,
        state=state,
        attempts=0,
        next_attempt_at=row["issued_at"] if state is State.PENDING else None,
        last_error=error,
        message_id=message_id,
        settled_at=row["issued_at"] if state in {State.SENT, State.DEAD} else None,
        told="",
    )


def _settled(row: Row, channel: Channel) -> Row:
    """An inbox and the public board are read from the letter's row itself, so its issue is its delivery."""
    return _delivery(row, channel, State.SENT)
