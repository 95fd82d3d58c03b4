"""A body to the visible sheets of a workbook. What is no harmless workbook is refused before anything is believed."""

from services.officers.roster.archive import Archive, damaged, unsafe
from services.officers.roster.cells import Book, Sheet, WorkbookError
from services.officers.roster.parts import parse, parts_of, shared_texts
from services.officers.roster.sheet import SheetReader
from services.officers.roster.styles import styles_of

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 1500
MAX_SIGNS = 2_000_000
"""Of all cells together: one shared text may stand in every cell, so the unpacked bytes bound nothing."""


def read_workbook(body: bytes, most: int = MAX_ROWS) -> Book:
    """Every visible sheet with its rows that hold anything, `most` of them in all. Raises WorkbookError."""
    check_length(body)
    archive = Archive(body)
    parts = parts_of(archive)
    seen = [one for one in parts.sheets if not one.hidden]
    if not seen:
        raise damaged()
    texts = shared_texts(archive, parts.strings)
    styles = styles_of(archive, parts)
    sheets = []
    for part in seen:
        reader = SheetReader(texts, styles)
        parse(archive, part.part, reader)
        sheets.append(reader.sheet(part.name))
        _check_size(sheets, most)
    return Book(tuple(sheets), tuple(one.name for one in parts.sheets if one.hidden))


def check_length(body: bytes) -> None:
    """Raises WorkbookError for a body that is longer than any roster."""
    if len(body) > MAX_BYTES:
        raise WorkbookError(
            "workbook-too-large",
            "文件超过5MB：请删去图片，或把名册单独复制到新的工作簿中再上传",
            "the file is larger than 5 MB: delete pictures, or copy the roster alone into a new workbook",
        )


def _check_size(sheets: list[Sheet], most: int) -> None:
    if sum(len(sheet.rows) for sheet in sheets) > most:
        raise WorkbookError(
            "workbook-too-large",
            f"超过{most}行，请分成几份文件",
            f"more than {most} rows: split the file",
        )
    if sum(len(cell.text) for sheet in sheets for row in sheet.rows for cell in row.cells) > MAX_SIGNS:
        raise unsafe("内容过多", "it holds too much")
