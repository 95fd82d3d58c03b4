"""The officer's own workbook back, with every faulty cell coloured and the sentence beside it as a comment."""

import contextlib
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from services.officers.roster.cells import Area, Book

_RED = PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE")
_AUTHOR = "清选"
MOST_MERGED = 50_000
"""Cells that merged areas may cover: the library makes an object for each."""


class Mark(NamedTuple):
    """A cell to be coloured, and what is said there."""

    sheet: str
    cell: str
    text: str


def marked(body: bytes, book: Book, marks: Sequence[Mark]) -> bytes:
    """The workbook with the marks; where the library cannot open the file, a plain copy of what was read, marked."""
    if sum(_size(area) for sheet in book.sheets for area in sheet.merged) <= MOST_MERGED:
        with contextlib.suppress(Exception):  # it stumbles over slips that do not matter to reading
            return _with_marks(openpyxl.load_workbook(io.BytesIO(body), keep_links=False), marks)
    return _with_marks(_copied(book), marks)


def _with_marks(opened: Any, marks: Sequence[Mark]) -> bytes:
    said: dict[tuple[str, str], list[str]] = {}
    for mark in marks:
        said.setdefault((mark.sheet, mark.cell), []).append(mark.text)
    for (sheet, ref), texts in said.items():
        if sheet in opened.sheetnames:
            cell = opened[sheet][ref]
            cell.fill = _RED
            if not isinstance(cell, MergedCell):
                cell.comment = Comment(_plain("\n".join(texts)), _AUTHOR, width=360, height=160)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def _copied(book: Book) -> Any:
    copy = openpyxl.Workbook(write_only=False)
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        page = copy.create_sheet(sheet.name)
        for row in sheet.rows:
            for cell in row.cells:
                target = page.cell(row.number, cell.column)
                target.value = _plain(cell.text)
                # A text that begins like a formula stays a text.
                target.data_type = "s"
    return copy


def _plain(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _size(area: Area) -> int:
    return max(0, area.right - area.left + 1) * max(0, area.bottom - area.top + 1)
