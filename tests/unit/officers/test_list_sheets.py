"""A list's workbook, as a roster's: what nobody sees is never the list, and no number that is seen is passed over."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from services.ctl.demo.roster import resident_number
from services.officers.roster.cells import WorkbookError
from services.officers.roster.workbook import read_workbook
from services.officers.watching.cells import sheet_rows
from tests.unit.officers.test_list_rows import HEADER

Spoiled = Callable[[Any], None]


def rows_of(spoil: Spoiled = lambda book: None) -> int:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "名单"
    sheet.append(HEADER.split(","))
    for serial in (1, 2):
        sheet.append(["测试甲", resident_number(serial), "1号", "2025-06-01", "某某法院"])
    spoil(made)
    file = io.BytesIO()
    made.save(file)
    return len(sheet_rows(read_workbook(file.getvalue(), 100)))


def _hidden_row(book: Any) -> None:
    book["名单"].row_dimensions[3].hidden = True


def _hidden_column(book: Any) -> None:
    book["名单"].column_dimensions["B"].hidden = True


def _white(book: Any) -> None:
    book["名单"]["A3"].font = Font(color="FFFFFFFF")


def _struck(book: Any) -> None:
    book["名单"]["B3"].font = Font(strike=True)


def _another_sheet(book: Any) -> None:
    book.create_sheet("续").append(["测试乙", resident_number(3)])


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (_hidden_row, "名单!A3"),
        (_hidden_column, "名单!B1"),
        (_white, "名单!A3"),
        (_struck, "名单!B3"),
        (_another_sheet, "续!B1"),
    ],
)
def test_what_is_hidden_or_not_read_refuses_the_list_and_names_the_cell(spoil: Spoiled, place: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        rows_of(spoil)
    assert refused.value.code == "list-unreadable"
    assert refused.value.zh.startswith(place + "：")
    assert refused.value.en.startswith(place + ": ")


def _cover(book: Any) -> None:
    book.create_sheet("封面", 0).append(["失信被执行人名单"])


def _hidden_sheet(book: Any) -> None:
    page = book.create_sheet("旧")
    page.append(["测试乙", resident_number(3)])
    page.sheet_state = "hidden"


@pytest.mark.parametrize("beside", [_cover, _hidden_sheet, lambda book: None])
def test_what_holds_no_number_or_is_a_hidden_sheet_is_passed_over(beside: Spoiled) -> None:
    assert rows_of(beside) == 3
