"""The form for the minutes of a joint conference, as .docx: what waits for it stands in it, the rest is filled in."""

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table

from contracts.lettering.plain import one_line
from contracts.policy.model import Text
from contracts.words.families import Language
from contracts.words.naming import pick
from services.notices.papers import word
from services.notices.papers.minutes import MatterAsked, MinutesAsked
from services.notices.wording import MARKED

TITLE = Text(zh="联席会议纪要", en="Minutes of the joint conference")
BLANKS = (
    Text(zh="时间：", en="Date and time: "),
    Text(zh="地点：", en="Place: "),
    Text(zh="主持：", en="Chaired by: "),
    Text(zh="出席：", en="Present: "),
    Text(zh="缺席：", en="Absent: "),
    Text(zh="记录：", en="Minutes by: "),
)
AGENDA = Text(
    zh="一、议题（截至{}待联席会议处置的事项，共{}项）", en="1. Agenda: {1} matters that wait as of {0}"
)
RESOLVED = Text(zh="二、其他议定事项", en="2. Other resolutions")
SIGNED = Text(
    zh="主持人（签字）：　　　　　　记录人（签字）：",
    en="Chair (signed):                    Minutes (signed):",
)
NO_MATTER = Text(zh="没有待处置的事项。", en="Nothing waits.")
COLUMNS = (
    (Text(zh="序号", en="No."), 12),
    (Text(zh="办件号", en="Case"), 34),
    (Text(zh="部门", en="Unit"), 28),
    (Text(zh="事项", en="Matter"), 34),
    (Text(zh="期限", en="Due"), 24),
    (Text(zh="处置意见", en="Resolved"), 24),
)
"""Headings of the agenda, and how wide each is, in mm."""
SMALL = 10.5


def minutes_docx(asked: MinutesAsked) -> bytes:
    """The form; what waits is the same, so are the bytes."""
    language = asked.language
    title, issuer = pick(TITLE, language), one_line(asked.issuer)
    made = word.begun(title, issuer, asked.on, language)
    if asked.mark:
        mark = pick(MARKED, language).format(one_line(asked.mark))
        word.drawn(word.row(made, "").add_run(mark), word.TITLE, 14)
    heading = word.row(made, "", align=WD_ALIGN_PARAGRAPH.CENTER)
    heading.paragraph_format.line_spacing = Pt(34)
    word.drawn(heading.add_run(title), word.TITLE, 22)
    word.row(made, "")
    for blank in BLANKS:
        word.row(made, pick(blank, language))
    count = len(asked.matters)
    word.row(made, pick(AGENDA, language).format(asked.on, count), indent=word.INDENT)
    if asked.matters:
        _agenda(made.add_table(rows=1, cols=len(COLUMNS), style="Table Grid"), asked.matters, language)
    else:
        word.row(made, pick(NO_MATTER, language), indent=word.INDENT)
    word.row(made, pick(RESOLVED, language), indent=word.INDENT)
    for _ in range(3):
        word.row(made, "")
    word.row(made, pick(SIGNED, language))
    return word.packed(made)


def _agenda(table: Table, matters: list[MatterAsked], language: Language) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    # Word goes by each cell's width, the others by the column's.
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
    _fill(table, 0, [pick(head, language) for head, _ in COLUMNS], word.TITLE)
    word.repeated(table.rows[0])
    for number, one in enumerate(matters, start=1):
        table.add_row()  # type: ignore[no-untyped-call]
        _fill(table, number, [str(number), one.case_id, one.unit, one.matter, one.due, ""], word.BODY)


def _fill(table: Table, place: int, texts: list[str], font: str) -> None:
    for cell, text, (_, width) in zip(table.rows[place].cells, texts, COLUMNS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(16)
        word.drawn(paragraph.add_run(one_line(text)), font, SMALL)
