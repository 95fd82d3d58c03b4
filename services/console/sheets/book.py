"""A list as an .xlsx workbook: a sheet that says who asked for what and when, and the sheet with the rows.

Every cell is a text: a formula that somebody entered as a name stays what it is, and an identity number keeps its 18
digits, also when the cell is edited and saved. The file is made in memory, as it may be about people.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from contracts.minutes import HERE
from services.console.language import Language
from services.console.wording import say

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SIGNS = 32_767
"""Signs that a cell can hold."""
A4 = 9
_TEXTS_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    title: str
    width: int = 16
    """In signs of the standard type; a Chinese sign needs two."""
    wrapped: bool = False
    """Whether a long text goes on in further lines."""
    offered: tuple[str, ...] = ()
    """What may be filled in: a list to choose from in each row."""


@dataclass(frozen=True)
class Stamp:
    """What the first sheet says: a printed list without it is nobody's and of no day."""

    title: str
    who: str
    at: datetime
    narrowed: Sequence[tuple[str, str]] = ()
    """The filter in words: what is narrowed, to what."""
    policy: str = ""


def workbook(
    stamp: Stamp, columns: Sequence[Column], rows: Iterable[Sequence[str]], language: Language
) -> bytes:
    """The file. It takes some seconds for ten thousand rows: call it beside the event loop."""
    made = io.BytesIO()
    book = Workbook(made, _TEXTS_ONLY)
    book.set_properties({"title": stamp.title, "author": stamp.who, "created": stamp.at.replace(tzinfo=None)})
    text = book.add_format({"num_format": "@", "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    heading = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "text_wrap": True})
    about = book.add_worksheet(say(language, "sheet.about"))
    sheet = book.add_worksheet(say(language, "sheet.rows"))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, wrapped if column.wrapped else text)
        put(sheet, 0, place, column.title, heading)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            put(sheet, count, place, cell, wrapped if columns[place].wrapped else text)
    _offer(sheet, count, columns)
    _as_printed(sheet, stamp.title, count, len(columns))
    _about(about, stamp, count, language, (heading, wrapped))
    sheet.activate()
    book.close()
    return made.getvalue()


def _offer(sheet: Worksheet, rows: int, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        if column.offered and rows:
            rule = {"validate": "list", "source": list(column.offered), "ignore_blank": True}
            sheet.data_validation(1, place, rows, place, rule)


def put(sheet: Worksheet, row: int, column: int, text: str, form: Any) -> None:
    """The text into the cell; what no cell can hold ends in an ellipsis instead of being lost."""
    held = text if len(text) <= MOST_SIGNS else f"{text[: MOST_SIGNS - 1]}…"
    sheet.write_string(row, column, held, form)


def _as_printed(sheet: Worksheet, title: str, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    # An ampersand begins a code of the header.
    sheet.set_header(f"&L{title.replace('&', '&&')}&R&P / &N")


def _about(sheet: Worksheet, stamp: Stamp, rows: int, language: Language, forms: tuple[Any, Any]) -> None:
    heading, text = forms
    at = stamp.at.astimezone(HERE).strftime("%Y-%m-%d %H:%M")
    told = [
        (say(language, "sheet.title"), stamp.title),
        (say(language, "sheet.who"), stamp.who),
        (say(language, "sheet.at"), at),
        *stamp.narrowed,
        (say(language, "sheet.count"), str(rows)),
        (say(language, "sheet.policy"), stamp.policy),
        (say(language, "sheet.care"), say(language, "sheet.care_what")),
    ]
    sheet.set_column(0, 0, 20, heading)
    sheet.set_column(1, 1, 80, text)
    for place, (name, value) in enumerate(pair for pair in told if pair[1]):
        put(sheet, place, 0, name, heading)
        put(sheet, place, 1, value, text)
    sheet.set_paper(A4)
