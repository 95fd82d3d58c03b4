"""A body to the visible sheets of a workbook. What is no harmless workbook is refused before anything is believed."""

import re

from services.officers.roster.archive import Archive, damaged, unsafe
from services.officers.roster.cells import Book, Sheet, WorkbookError
from services.officers.roster.conditions import ConditionReader
from services.officers.roster.drawings import drawn, slip_of
from services.officers.roster.elements import Beside, parse
from services.officers.roster.parts import parts_of
from services.officers.roster.sheet import SheetReader
from services.officers.roster.styles import styles_of
from services.officers.roster.texts import shared_texts

LONG_CODE = re.compile(r"[0-9]{14,17}[0-9Xx]|[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}")
"""An ID number of either length, or a credit code, in a text among others."""
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
    if not parts.sheets:
        raise damaged()
    if not seen:
        raise WorkbookError(
            "not-a-workbook",
            "所有工作表都被隐藏：请取消隐藏、核对后再上传",
            "every sheet is hidden: show the roster, look at it and send the file again",
        )
    texts = shared_texts(archive, parts.strings)
    styles = styles_of(archive, parts)
    sheets = []
    for part in seen:
        cells, conditions = SheetReader(texts, styles), ConditionReader(styles)
        parse(archive, part.part, Beside(cells, conditions))
        beside = [slip_of(cell) for cell, text in drawn(archive, part.part) if LONG_CODE.search(text)]
        sheets.append(cells.sheet(part.name, conditions.found, beside))
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
