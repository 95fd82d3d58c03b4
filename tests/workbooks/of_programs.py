"""The same roster as the usual programs write it, by the published form of their files."""

import io

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.workbooks import book
from tests.workbooks.book import HEAD, MAIN
from tests.workbooks.case import HEADER, Cast, Collection, Made, names

CASES = Collection()
_X14 = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"'


def _shared_cells(rows: list[list[object]], attributes: str, first: int = 0) -> str:
    """Rows of shared texts, numbered as they come."""
    made, place = "", first
    for row, values in enumerate(rows, 1):
        cells = ""
        for column in range(1, len(values) + 1):
            cells += f'<c r="{book.ref(column, row)}" s="1" t="s"><v>{place}</v></c>'
            place += 1
        made += f'<row r="{row}" {attributes}>{cells}</row>'
    return made


def _texts(rows: list[list[object]]) -> list[str]:
    return [str(value) for row in rows for value in row]


@CASES("Excel")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    table = [list(HEADER), *rows]
    data = _shared_cells(table, 'spans="1:10" x14ac:dyDescent="0.2"')
    sheet = (
        f'{HEAD}<worksheet xmlns="{MAIN}" {_X14} {_MC} xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/'
        '2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"><dimension ref="A1:J4"/><sheetViews>'
        '<sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="14.25" '
        'x14ac:dyDescent="0.2"/><cols><col min="2" max="2" width="20.5" customWidth="1"/></cols>'
        f'<sheetData>{data}</sheetData><phoneticPr fontId="1" type="noConversion"/><dataValidations count="1">'
        '<dataValidation type="list" allowBlank="1" sqref="H2:H400"><formula1>"执委,常委"</formula1></dataValidation>'
        '</dataValidations><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        "</worksheet>"
    )
    return book.pack({"Sheet1": sheet}, texts=_texts(table)), names(rows)


@CASES("WPS")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    table = [list(HEADER), *rows]
    data = _shared_cells(table, 'spans="1:10"')
    sheet = (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/>'
        '<dimension ref="A1:J4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultColWidth="9" defaultRowHeight="14.4" outlineLevelRow="3"/>'
        f"<sheetData>{data}</sheetData>"
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/></worksheet>'
    )
    parts: dict[str, str | bytes | None] = {
        "docProps/custom.xml": "<Properties><property><ICV>0</ICV></property></Properties>",
        "xl/wpsSheetProps.xml": "<woSheetsProps/>",
    }
    return book.pack({"Sheet1": sheet}, parts, _texts(table)), names(rows)


@CASES("LibreOffice")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    table = [list(HEADER), *rows]
    data = _shared_cells(
        table, 'customFormat="false" ht="12.8" hidden="false" customHeight="false" collapsed="false"'
    )
    data += '<row r="1048576" customFormat="false" ht="12.8" hidden="false" customHeight="false"/>'
    sheet = (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr filterMode="false"/><dimension ref="A1:J1048576"/>'
        '<sheetFormatPr defaultColWidth="11.53515625" defaultRowHeight="12.8" zeroHeight="false"/>'
        '<cols><col collapsed="false" customWidth="true" hidden="false" min="1" max="1024" style="0" width="20"/>'
        f"</cols><sheetData>{data}</sheetData></worksheet>"
    )
    return book.pack({"Sheet1": (sheet, "visible")}, texts=_texts(table)), names(rows)


@CASES("Numbers")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    summary = [
        ["This document was exported from Numbers. Each table was converted to an Excel worksheet."],
        ["Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"],
        ["名册"],
        [None, "表格 1", "名册 - 表格 1"],
    ]
    data = book.line(1, ["表格 1"]) + book.lines([list(HEADER), *rows], 2)
    merged = '<mergeCells count="1"><mergeCell ref="A1:J1"/></mergeCells>'
    pages = {"导出汇总": book.page(book.lines(summary, 3)), "名册 - 表格 1": book.page(data, after=merged)}
    return book.pack(pages), names(rows)


@CASES("Google")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    table = [list(HEADER), *rows]
    data = _shared_cells(table, "")
    for row in range(5, 1001):
        data += f'<row r="{row}" ht="15.75" customHeight="1"><c r="A{row}" s="2"/></row>'
    sheet = (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" {_X14}>'
        '<sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/>'
        f'</sheetViews><sheetData>{data}</sheetData><drawing r:id="rId1" xmlns:r="{book.LINK}"/></worksheet>'
    )
    return book.pack({"Sheet1": sheet}, {"xl/drawings/drawing1.xml": "<wsDr/>"}, _texts(table)), names(rows)


@CASES("a library, with a table, choices and colours")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [list(HEADER), *rows]:
        sheet.append(row)
    sheet.add_table(Table(displayName="T", ref="A1:J4"))
    choices = DataValidation(type="list", formula1='"执委,常委"')
    choices.add("H2:H400")
    sheet.add_data_validation(choices)
    sheet["A1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue(), names(rows)
