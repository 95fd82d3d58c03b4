"""Papers that an office goes on writing in: .docx in the measures of GB/T 9704, with the office's own font names.

A file names its fonts and holds none: an office has 仿宋_GB2312, and where it has not, Word takes another. The same
paper is the same bytes.
"""

import io
import unicodedata
import zipfile
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY, TITLE = "仿宋_GB2312", "方正小标宋简体"
SIGN = 16.0
"""Points of one sign of text: 3号."""
ROW = Pt(28.95)
INDENT = 2
"""Signs by which a paragraph begins later."""
_MARGINS = {"top_margin": Mm(37), "left_margin": Mm(28), "right_margin": Mm(26), "bottom_margin": Mm(35)}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def begun(name: str, author: str, day: date, language: str) -> Docx:
    """An empty paper of this name and day, with page numbers outside and none on the first page."""
    made = Document()
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for margin, width in _MARGINS.items():
        setattr(section, margin, width)
    section.footer_distance = Mm(28)
    section.different_first_page_header_footer = True
    _text(made, language)
    _numbered(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _numbered(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    core = made.core_properties
    core.title, core.author, core.last_modified_by = name, author, author
    core.created = core.modified = datetime.combine(day, time(), UTC)
    core.language = _locale(language)
    core.comments = ""
    return made


def row(
    made: Docx,
    text: str,
    *,
    indent: int = 0,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    right: float = 0,
) -> Paragraph:
    """A paragraph of text. `indent` and `right` count signs."""
    paragraph = made.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(indent * SIGN)
        # Word goes by the count of signs, the others by the width.
        _indents(paragraph).set(qn("w:firstLineChars"), str(indent * 100))
    if right:
        paragraph.paragraph_format.right_indent = Pt(right * SIGN)
        _indents(paragraph).set(qn("w:rightChars"), str(round(right * 100)))
    paragraph.add_run(text)
    return paragraph


def drawn(run: Run, font: str, points: float) -> Run:
    """The run in this font and size."""
    run.font.name, run.font.size = font, Pt(points)
    properties = run._element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        fonts.set(qn("w:eastAsia"), font)
    return run


def signs(text: str) -> float:
    """How wide the text is, in signs: a Latin letter or a digit takes about half of one."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55 for sign in text)


def fitting(text: str, most: float, width: float) -> float:
    """Points at which the text stays within `width` points on one line, at most `most`."""
    return min(most, int(2 * width / max(signs(text), 1.0)) / 2)


def ruled(paragraph: Paragraph, side: str, kind: str) -> None:
    """A red double line at this side of the paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in {"val": kind, "sz": "24", "space": "4", "color": "C8102E"}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def repeated(heading: _Row) -> None:
    """Let the row stand on top of every page of its table."""
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def packed(made: Docx) -> bytes:
    """The file. What is packed carries no time of its own, so the same paper is the same bytes."""
    written = io.BytesIO()
    made.save(written)
    kept = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _EPOCH), before.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _text(made: Docx, language: str) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = BODY, Pt(SIGN)
    properties = normal.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), BODY)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-US" if language == "zh" else _locale(language))
    spoken.set(qn("w:eastAsia"), "zh-CN")
    properties.append(spoken)
    form = normal.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, ROW
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False


def _locale(language: str) -> str:
    return "zh-CN" if language == "zh" else "en-GB"


def _indents(paragraph: Paragraph) -> BaseOxmlElement:
    return paragraph._p.get_or_add_pPr().get_or_add_ind()


def _numbered(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    for part in ("— ", None, " —"):
        run = drawn(paragraph.add_run(part or ""), BODY, 14)
        if part is None:
            for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
                _field(run, kind, code)


def _field(run: Run, kind: str, code: str) -> None:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.text = code
    run._r.append(part)
