"""A letter as a paper: what is printed where. A value made from what was written, in one language. Pure."""

from collections.abc import Mapping
from datetime import date

from contracts.base import Contract
from contracts.policy.model import NoticeType, Policy
from contracts.words.families import Language
from contracts.words.naming import pick
from services.notices import wording
from services.notices.renderer import Written

NAMES = ("person_name", "firm", "addressee", "unit_name", "issuer")
"""Fields that are names: none of them is torn between two faces."""


class LetterPaper(Contract):
    """What a paper of a letter prints. `paragraphs` are rows of the letter's text; blank ones are left out."""

    language: Language
    issued: date
    mark: str
    issuer: str
    number: str
    title: str
    address: str
    paragraphs: tuple[str, ...]
    issued_on: str
    wording: str
    """From which version of which texts it was written, so that it can be written again."""
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """Every sign that it prints."""
        parts = (self.mark, self.issuer, self.number, self.title, self.address, self.issued_on, self.wording)
        return "\n".join((*parts, *self.paragraphs))


def letter_paper(
    written: Written,
    fields: Mapping[str, str],
    notice: NoticeType,
    policy: Policy,
    issued: date,
    language: Language,
) -> LetterPaper:
    """The letter that was written over these fields on this day of the procedure's clock."""
    parts = written.parts[language]
    version = pick(wording.WRITTEN_FROM, language)
    mark = fields["demonstration_mark"]
    return LetterPaper(
        language=language,
        issued=issued,
        mark=pick(wording.MARKED, language).format(mark) if mark else "",
        issuer=fields["issuer"],
        number=fields["notice_number"],
        title=parts["title"],
        address=parts["address"],
        paragraphs=tuple(filter(None, map(str.strip, parts["text"].split("\n")))),
        issued_on=fields["issued_on"],
        wording=version.format(policy.version, notice.code, written.template_digest[:12]),
        names=tuple(fields[name] for name in NAMES),
    )
