"""The .docx of a letter: what the paper says, in the measures and under the font names of an office."""

import io
import zipfile

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from services.notices.papers.letter import LetterPaper
from services.notices.papers.printing import printed
from tests.letters import DEMO, letter
from tests.papers import paper, setter


def opened(one: LetterPaper) -> Docx:
    return Document(io.BytesIO(printed(one, "docx", setter())))


def test_it_says_what_the_paper_says() -> None:
    one = paper(letter("N08", hits=(1,), says="facts"), policy=DEMO)
    made = opened(one)
    said = [row.text for row in made.paragraphs if row.text]
    head = [one.issuer, one.mark, one.number, one.title, one.address]
    assert said == [*head, *one.paragraphs, one.issuer, one.issued_on]
    assert made.sections[0].first_page_footer.paragraphs[0].text == one.wording
    assert (made.core_properties.title, made.core_properties.language) == (
        f"{one.title} {one.number}",
        "zh-CN",
    )


def test_text_is_in_the_office_s_own_face_rows_and_language() -> None:
    made = opened(paper(letter("N04")))
    normal = made.styles["Normal"]
    form = normal.paragraph_format
    properties = normal.element.rPr
    assert properties.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert (normal.font.size, form.line_spacing_rule) == (Pt(16), WD_LINE_SPACING.EXACTLY)
    assert form.line_spacing == Pt(28.95)
    page = made.sections[0]
    measures = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(one.mm) for one in measures if one is not None] == [210, 297, 37, 28]


def test_a_paragraph_begins_two_signs_later_for_word_and_for_the_others() -> None:
    one = paper(letter("N04"))
    (row,) = [row for row in opened(one).paragraphs if row.text == one.paragraphs[0]]
    assert row.paragraph_format.first_line_indent == Pt(32)
    assert row._p.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_title_and_mark_are_drawn_and_a_long_mark_is_smaller() -> None:
    marks = []
    for issuer in ("选举办公室", "某某省某某市某某区工商业联合会换届选举工作领导小组办公室"):
        made = opened(paper(letter("N04")).model_copy(update={"issuer": issuer}))
        run = next(row for row in made.paragraphs if row.text == issuer).runs[-1]
        assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
        marks.append(run.font.size.pt)  # type: ignore[union-attr]
    assert marks[0] == 30
    assert marks[1] * 28 < 445


def test_nothing_in_the_file_tells_when_it_was_made() -> None:
    made = printed(paper(letter("N04")), "docx", setter())
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-03-02T00:00:00Z" in packed.read("docProps/core.xml")
