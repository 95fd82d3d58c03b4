"""Print a letter that was issued: as PDF or as .docx, the same letter as the same bytes."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from contracts.policy.model import Policy
from contracts.words.families import Language
from services.kit.papers import Form
from services.notices.instants import local
from services.notices.papers.letter import LetterPaper, letter_paper
from services.notices.papers.typesetting import PaperError, Typesetter
from services.notices.renderer import write
from services.notices.tables import LetterRow


def reprinted(
    row: LetterRow, content: Mapping[str, Any], policies: Callable[[str], Policy], language: Language
) -> LetterPaper:
    """The letter as it was written, from its fields and the version of the texts that it names.

    PaperError when these give another letter than the one that was issued: that one alone is ever printed.
    """
    policy = policies(row.policy)
    notice = policy.notice(row.type)
    fields = cast(dict[Language, dict[str, str]], content["fields"])
    written = write(notice, policy.letter_frame, fields)
    if written.digest != row.body_digest:
        raise PaperError
    day = local(row.issued_at, policy.calendar.utc_offset_hours).date()
    return letter_paper(written, fields[language], notice, policy, day, language)


def printed(paper: LetterPaper, form: Form, setter: Typesetter) -> bytes:
    """The paper in this form. Raises PaperError, naming the signs that no face has: Word would show boxes."""
    given = as_given(paper, setter)
    if form == "docx":
        # On use: few letters are ever asked for in this form.
        from services.notices.papers.letterword import letter_docx

        return letter_docx(paper)
    return setter.pdf("letter", paper.issued, given)


def as_given(paper: LetterPaper, setter: Typesetter) -> dict[str, Any]:
    """The paper as the form takes it. Raises PaperError, naming the signs that no face has."""
    names = paper.names
    return {
        "language": paper.language,
        "name": f"{paper.title} {paper.number}",
        "author": paper.issuer,
        "mark": setter.title(paper.mark),
        "issuer": setter.title(paper.issuer, names),
        "issuer-set": setter.text(paper.issuer, names),
        "number": setter.text(paper.number),
        "name-set": setter.title(paper.title, names),
        "address": setter.text(paper.address, names),
        "paragraphs": [setter.text(one, names) for one in paper.paragraphs],
        "issued-on": setter.text(paper.issued_on),
        "wording": setter.text(paper.wording),
    }
