"""The officer's own workbook back, with every faulty cell coloured and the sentence beside it as a comment."""

import contextlib
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.child import INVALID_TITLE_REGEX

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
            return _with_marks(openpyxl.load_workbook(io.BytesIO(body), keep_links=False), book, marks)
    return _with_marks(_copied(book), book, marks)


def _with_marks(opened: Any, book: Book, marks: Sequence[Mark]) -> bytes:
    # The library gives a sheet another name where two are called alike: they are known by their places.
    visible = [page for page in opened.worksheets if page.sheet_state == "visible"]
    pages = {sheet.name: page for sheet, page in zip(book.sheets, visible, strict=True)}
    said: dict[Any, list[str]] = {}
    for mark in marks:
        cell = pages[mark.sheet][mark.cell]
        cell.fill = _RED
        said.setdefault(_corner(cell), []).append(mark.text)
    for cell, texts in said.items():
        cell.comment = Comment(_plain("\n".join(texts)), _AUTHOR, width=360, height=160)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def _corner(cell: Any) -> Any:
    """The cell that can bear a comment: of cells that are merged the first."""
    page, place = cell.parent, cell.coordinate
    if not isinstance(cell, MergedCell):
        return cell
    area = next(one for one in page.merged_cells.ranges if place in one)
    return page.cell(area.min_row, area.min_col)


def _copied(book: Book) -> Any:
    copy = openpyxl.Workbook(write_only=False)
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        page = copy.create_sheet(INVALID_TITLE_REGEX.sub("_", sheet.name))
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
