"""Proof of service (送达回证) as a paper: filled where a letter was served or received, else a form to be signed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, Field

from contracts.lettering.plain import one_line
from contracts.lettering.saying import LANGUAGES
from contracts.matter import ServiceWay
from contracts.policy.model import Policy, Text
from contracts.words.families import Language
from contracts.words.naming import named, pick
from services.notices.asking import Asked
from services.notices.instants import beginning, local
from services.notices.papers.typesetting import Typesetter
from services.notices.store.letters import Shown
from services.notices.wording import MARKED

Short = Annotated[str, Field(max_length=500)]
Both = dict[Language, Short]

TITLE = Text(zh="送达回证", en="Proof of service")
ROWS: Mapping[str, Text] = {
    "letter": Text(zh="送达文书", en="Letter served"),
    "number": Text(zh="文号", en="Number"),
    "addressee": Text(zh="受送达人", en="Addressee"),
    "issued_on": Text(zh="发文日期", en="Issued on"),
    "reply_by": Text(zh="答复期限", en="Reply by"),
    "way": Text(zh="送达方式", en="Manner of service"),
    "served_at": Text(zh="送达时间", en="Served at"),
    "server": Text(zh="送达人", en="Served by"),
    "paper": Text(zh="签收材料摘要", en="Digest of the signed paper"),
    "received_at": Text(zh="签收时间", en="Received at"),
}
"""What a proof says of a letter, in this order."""
SIGNED = Text(zh="受送达人签名或者盖章", en="Signature or seal of the addressee")
WITNESSES = Text(zh="见证人签名（留置送达时填写）", en="Witnesses (where it was left)")
REMARKS = Text(zh="备注", en="Remarks")
NOT_SERVED = Text(zh="尚未送达", en="not served yet")


class ProofView(BaseModel):
    """What is known of a letter's way to its addressee, as a proof says it."""

    type: str
    case_id: str
    readers: list[dict[str, str]]
    by: str
    """Who served it by hand; empty when nobody did."""
    issued: date
    mark: Both
    issuer: Both
    said: dict[str, Both]
    """By row what stands there in both languages; a row of which nothing is known is empty."""

    @classmethod
    def of(cls, shown: Shown, content: Mapping[str, Any], policy: Policy) -> "ProofView":
        """The proof of a letter that was opened."""
        row, hours = shown.letter, policy.calendar.utc_offset_hours
        fields = cast(dict[Language, dict[str, str]], content["fields"])
        served = shown.service
        received = min((one.at for one in shown.receipts), default=None)

        def when(at: datetime | None, language: Language) -> str:
            return beginning(at, offset_hours=hours, language=language)

        def in_both(field: str) -> Both:
            return {language: fields[language][field] for language in LANGUAGES}

        return cls(
            type=row.type,
            case_id=row.case_id,
            readers=[one.model_dump(include={"person_id", "role"}) for one in shown.readers],
            by=served.by if served else "",
            issued=local(row.issued_at, hours).date(),
            mark=in_both("demonstration_mark"),
            issuer=in_both("issuer"),
            said={
                "letter": {language: pick(policy.notice(row.type).name, language) for language in LANGUAGES},
                "number": in_both("notice_number"),
                "addressee": in_both("addressee"),
                "issued_on": in_both("issued_on"),
                "reply_by": in_both("reply_by"),
                "way": {language: _way(served.how, language) if served else "" for language in LANGUAGES},
                "served_at": {
                    language: when(served.at if served else None, language) for language in LANGUAGES
                },
                "paper": dict.fromkeys(LANGUAGES, served.document_digest if served else ""),
                "received_at": {language: when(received, language) for language in LANGUAGES},
            },
        )


class ProofPaperAsked(Asked):
    """A proof to be printed, in this language; `server` is what whoever served the letter is called."""

    language: Language
    issued: date
    mark: Short
    issuer: Short
    said: dict[str, Short]
    server: Short


def proof_pdf(asked: ProofPaperAsked, setter: Typesetter) -> bytes:
    """The proof as a page; of a letter that nobody served or received the form to be signed. Raises PaperError."""
    language = asked.language
    said = {name: one_line(text) for name, text in {**asked.said, "server": asked.server}.items()}
    names = (said.get("addressee", ""), said["server"])
    proven = said.get("served_at") or said.get("received_at")
    rows = [(pick(head, language), said.get(name, "")) for name, head in ROWS.items()]
    if not proven:
        blank = {pick(ROWS[name], language) for name in ("way", "served_at", "server")}
        rows = [(head, text) for head, text in rows if text or head in blank]
    given = {
        "language": language,
        "name": pick(TITLE, language),
        "author": one_line(asked.issuer),
        "mark": setter.title(pick(MARKED, language).format(one_line(asked.mark)) if asked.mark else ""),
        "issuer": setter.title(one_line(asked.issuer), (one_line(asked.issuer),)),
        "title": setter.title(pick(TITLE, language)),
        "rows": [[setter.title(head), setter.text(text, names)] for head, text in rows if text or not proven],
        "signing": []
        if proven
        else [setter.title(pick(text, language)) for text in (SIGNED, WITNESSES, REMARKS)],
    }
    return setter.pdf("proof", asked.issued, given)


def _way(how: str, language: Language) -> str:
    return pick(named(cast(ServiceWay, how), "service-way"), language)
