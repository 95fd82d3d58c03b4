"""Letters set as papers, and what a reader of PDF finds in them."""

import io
from datetime import date
from functools import lru_cache

from pypdf import PageObject, PdfReader

from contracts.policy.model import Policy
from contracts.words.families import Language
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.letters import Letter
from services.notices.papers.letter import LetterPaper, letter_paper
from services.notices.papers.printing import printed
from services.notices.papers.typesetting import Typesetter
from services.notices.renderer import write
from tests.letters import POLICY, faces, file
from tests.stories import AT

DAY = date(2026, 3, 2)


@lru_cache
def setter() -> Typesetter:
    """Sets in the faces of the package alone: the same on every machine."""
    return Typesetter(faces())


def paper(
    one: Letter, of: CaseFile | None = None, policy: Policy = POLICY, language: Language = "zh"
) -> LetterPaper:
    """The letter as a paper, issued on 2 March 2026."""
    notice = policy.notice(one.type)
    fields = compose(one, of or file(), policy, f"清选〔2026〕{one.type}-000001", AT)
    written = write(notice, policy.letter_frame, fields)
    return letter_paper(written, fields[language], notice, policy, DAY, language)


def pdf(one: LetterPaper) -> bytes:
    """The paper as PDF."""
    return printed(one, "pdf", setter())


def read(made: bytes) -> PdfReader:
    """The paper as a reader finds it; anything against the standard is an error."""
    return PdfReader(io.BytesIO(made), strict=True)


def lines(page: PageObject) -> list[str]:
    """What stands on the page, line by line."""
    return page.extract_text().splitlines()


def joined(made: bytes) -> str:
    """All text of the paper on one line, as it would be searched."""
    return "".join("".join(lines(page)) for page in read(made).pages)
