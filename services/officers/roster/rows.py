"""A workbook's tables to nominees, or the faults of every cell. Pure: values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contracts.dossier import entered, required_fault, text_fault
from contracts.nominee import Nominee
from contracts.policy.model import Text
from contracts.signs import shown
from contracts.vocabulary import Seat
from services.officers.roster.cells import Book, Cell, Kind, Row
from services.officers.roster.columns import COLUMNS, SEATS, Column
from services.officers.roster.faults import (
    AS_VALUE,
    CORRECT,
    DATE,
    FORMULA,
    NUMBER,
    ONCE,
    OTHER,
    REMOVE_ROW,
    CellFault,
    standing,
    todo_of,
)
from services.officers.roster.lines import under_merged, unheaded, unseen, whole_row
from services.officers.roster.matching import Known, Seen, against
from services.officers.roster.table import Table, tables

_NO_FORMULA = Text(zh="没有公式", en="no formula")


@dataclass(frozen=True)
class Candidate:
    """One correct row. `cells` says where each value stood, for faults that are found later."""

    seat: Seat
    district: str
    nominating_unit: str
    nominee: Nominee
    sheet: str
    cells: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    """By key, what the columns are called in the file."""

    def fault(self, key: str, problem: Text, expected: Text | None = None, todo: Text = CORRECT) -> CellFault:
        """A fault of a correct cell that is found against what is stored; `expected` where it is not about the form."""
        column = next(column for column in COLUMNS if column.key == key)
        value = str(getattr(self.nominee, key))
        stands, header = standing(key, value), self.headers.get(key, "")
        right = expected or column.expected
        return CellFault(self.sheet, self.cells[key], key, problem, right, todo, stands, header)


@dataclass(frozen=True)
class SheetRead:
    """A visible sheet: how many people stand in it, the faulty too; the row of its header, None when it has none."""

    name: str
    people: int
    header: int | None


@dataclass
class Reading:
    """The result: candidates count only when there is no fault at all."""

    candidates: list[Candidate] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    sheets: list[SheetRead] = field(default_factory=list)
    hidden: tuple[str, ...] = ()


def read_rows(book: Book, known: Known, today: date) -> Reading:
    """Every row below a header line as a candidate or as faults, of every visible sheet."""
    found, faults = tables(book)
    reading = Reading(faults=faults, hidden=book.hidden)
    seen = Seen()
    for table in found:
        people = sum(_row(table, row, known, today, seen, reading) for row in table.rows)
        reading.sheets.append(SheetRead(table.sheet.name, people, table.header.number))
    read = {one.name for one in reading.sheets}
    reading.sheets += [SheetRead(sheet.name, 0, None) for sheet in book.sheets if sheet.name not in read]
    if not reading.faults and not reading.candidates:
        whole = Text(zh="表中没有人员", en="the sheet names nobody")
        sheet, cell = (found[0].sheet.name, f"A{found[0].header.number + 1}") if found else _first(book)
        reading.faults.append(CellFault(sheet, cell, "name", whole, COLUMNS[0].expected))
    headers = {table.sheet.name: _headers(table) for table in found}
    reading.faults = [
        replace(one, header=headers.get(one.sheet, {}).get(one.column, "")) for one in reading.faults
    ]
    return reading


def _headers(table: Table) -> dict[str, str]:
    titles = {cell.column: shown(cell.text.strip()) for cell in table.header.cells}
    return {column.key: titles[number] for number, column in table.columns.items()}


def _first(book: Book) -> tuple[str, str]:
    return book.sheets[0].name, "A1"


def _row(table: Table, row: Row, known: Known, today: date, seen: Seen, reading: Reading) -> bool:
    """Take the row, or note what is wrong with it; whether it is a person's."""
    whole = whole_row(table, row)
    if whole is not None:
        reading.faults.append(whole)
        return False
    cells = {cell.column: cell for cell in row.cells}
    if not cells.keys() & table.columns.keys():
        return False
    before = len(reading.faults)
    reading.faults.extend(under_merged(table, row))
    reading.faults.extend(unseen(table, row))
    reading.faults.extend(unheaded(table, row))
    values: dict[str, str] = {}
    refs: dict[str, str] = {}
    for number, column in table.columns.items():
        cell = cells.get(number, Cell(number, row.number, Kind.TEXT, ""))
        refs[column.key] = cell.ref
        fault = _cell(table, cell, column, today)
        if fault is not None:
            reading.faults.append(fault)
        else:
            values[column.key] = entered(column.key, cell.text)
    for cell in row.cells:
        # A formula in a column that is not read could still be meant to be: nothing computed is taken.
        if cell.kind is Kind.FORMULA and cell.column not in table.columns:
            reading.faults.append(CellFault(table.sheet.name, cell.ref, "", FORMULA, _NO_FORMULA, AS_VALUE))
    for key, problem, again in against(values, known, seen, _named(table, refs)):
        column = next(column for column in COLUMNS if column.key == key)
        reading.faults.append(
            CellFault(
                table.sheet.name,
                refs[key],
                key,
                problem,
                ONCE if again else column.expected,
                REMOVE_ROW if again else CORRECT,
                standing(key, values[key]),
            )
        )
    if len(reading.faults) == before and len(values) == len(COLUMNS):
        reading.candidates.append(_candidate(table, values, refs))
    return True


def _cell(table: Table, cell: Cell, column: Column, today: date) -> CellFault | None:
    fault = cell_fault(cell, column, today)
    if fault is None:
        return None
    todo = todo_of(fault)
    if not cell.text.strip() and any(area.covers(cell.column, cell.row) for area in table.sheet.merged):
        fault = Text(
            zh="未填写：合并的单元格只算第一行的",
            en="nothing is entered: a merged cell counts for its first row",
        )
        todo = Text(zh="取消合并，每行都填写", en="unmerge it and write the value into every row")
    return CellFault(
        table.sheet.name, cell.ref, column.key, fault, column.expected, todo, standing(column.key, cell.text)
    )


def cell_fault(cell: Cell, column: Column, today: date) -> Text | None:
    """What is wrong with one cell by itself, or None."""
    unread = {Kind.FORMULA: FORMULA, Kind.NUMBER: NUMBER, Kind.DATE: DATE, Kind.OTHER: OTHER}.get(cell.kind)
    if unread is not None:
        return unread
    text = entered(column.key, cell.text)
    fault = required_fault(text, required=column.required)
    if fault is not None or not text:
        return fault
    return text_fault(column.key, text) or column.check(text, today)


def _named(table: Table, refs: Mapping[str, str]) -> dict[str, str]:
    """Cells with their sheet, as another row's fault names them."""
    return {key: f"{table.sheet.name}!{ref}" for key, ref in refs.items()}


def _candidate(table: Table, values: Mapping[str, str], refs: Mapping[str, str]) -> Candidate:
    personal = ("name", "id_number", "phone", "email", "firm", "credit_code", "position")
    return Candidate(
        seat=SEATS[values["seat"].lower()],
        district=values["district"],
        nominating_unit=values["nominating_unit"],
        nominee=Nominee.model_validate({key: values[key] for key in personal}),
        sheet=table.sheet.name,
        cells=dict(refs),
        headers=_headers(table),
    )
