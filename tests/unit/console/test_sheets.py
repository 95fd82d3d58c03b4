"""A list as a workbook: texts only, its stamp, ready to print."""

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from services.console.language import LANGUAGES, Language
from services.console.sheets.book import MOST_SIGNS, Column, Stamp, workbook

STAMP = Stamp("我的任务", "王审", datetime(2026, 3, 2, 1, 30, tzinfo=UTC), (("环节", "征求意见"),), "2026.1")
COLUMNS = (Column("姓名"), Column("身份证件号码", 20), Column("事实", 40, wrapped=True))
NASTY = [
    "=cmd|' /C calc'!A0",
    "150404199001011234",
    "https://example.invalid/x",
    "@SUM(1)",
    "+8613800000000",
    "007",
    "a\x00\x1bb",
]


def _sheets(made: bytes) -> tuple[Worksheet, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(made))
    about, rows = book.worksheets
    return about, rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_says_whose_list_it_is(language: Language) -> None:
    about, rows = _sheets(workbook(STAMP, COLUMNS, [["甲", "1", "x"]] * 3, language))
    told = {str(name.value): str(value.value) for name, value in about.iter_rows(max_col=2)}
    assert {"王审", "2026-03-02 09:30", "征求意见", "3", "2026.1"} <= set(told.values())
    assert [cell.value for cell in rows[1]] == ["姓名", "身份证件号码", "事实"]


def test_every_cell_is_a_text_whatever_it_says() -> None:
    _, sheet = _sheets(workbook(STAMP, COLUMNS, [[text, text, text] for text in NASTY], "zh"))
    read = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in read for cell in row} == {"s"}
    assert {cell.number_format for row in read for cell in row} == {"@"}
    assert [row[0].value for row in read][:6] == NASTY[:6]
    assert all(cell.hyperlink is None for row in read for cell in row)


def test_an_empty_list_is_a_file_too() -> None:
    about, sheet = _sheets(workbook(STAMP, COLUMNS, [], "zh"))
    assert sheet.max_row == 1
    assert "0" in {cell.value for row in about.iter_rows() for cell in row}


def test_a_text_that_no_cell_holds_ends_in_an_ellipsis() -> None:
    _, sheet = _sheets(workbook(STAMP, COLUMNS, [["甲", "1", "长" * (MOST_SIGNS + 5)]], "zh"))
    held = str(sheet["C2"].value)
    assert len(held) == MOST_SIGNS
    assert held.endswith("…")


def test_it_prints_with_its_heading_on_every_page() -> None:
    made = workbook(Stamp("甲&乙", "王审", STAMP.at), COLUMNS, [["甲", "1", "x"]] * 80, "zh")
    _, sheet = _sheets(made)
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.auto_filter.ref == "A1:C81"
    drawn = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet2.xml").decode()
    assert "甲&amp;&amp;乙" in drawn
