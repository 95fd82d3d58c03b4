"""Rows of a sheet to nominees, or the faults of every cell. Pure: values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from contracts.dossier import clean, required_fault, text_fault
from contracts.nominee import Nominee
from contracts.policy.model import Text
from contracts.vocabulary import Seat
from services.officers.roster.columns import COLUMNS, SEATS, Column, column_of
from services.officers.roster.workbook import Cell, Kind


@dataclass(frozen=True)
class CellFault:
    """A cell that must be corrected: where, in which column, what is wrong, and what would be right."""

    cell: str
    column: str
    problem: Text
    expected: Text


@dataclass(frozen=True)
class Candidate:
    """One correct row. `cells` says where each value stood, for faults that are found later."""

    seat: Seat
    district: str
    nominating_unit: str
    nominee: Nominee
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What the rows are held against: the batch's districts, and who may nominate where.

    `units` are the registered nominating units with their districts; `allowed` those this caller may enter
    for, None meaning all. The district `*` means every district.
    """

    districts: frozenset[str]
    units: Mapping[str, frozenset[str]]
    allowed: Mapping[str, frozenset[str]] | None = None


Seen: TypeAlias = dict[tuple[str, str], str]
"""Where a number stands, by number and nominating unit."""


@dataclass
class Reading:
    """The result: candidates count only when there is no fault at all."""

    candidates: list[Candidate] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def read_rows(rows: Iterable[tuple[Cell, ...]], known: Known, today: date) -> Reading:
    """Every row after the header as a candidate or as faults; empty rows are passed over."""
    reading = Reading()
    numbered = iter(rows)
    columns = _header(next(numbered, ()), reading)
    seen: Seen = {}
    for row in numbered:
        if any(cell.kind is not Kind.EMPTY for cell in row):
            _row({cell.letter: cell for cell in row}, columns, known, today, seen, reading)
    if not reading.faults and not reading.candidates:
        whole = Text(zh="表中没有人员", en="the sheet names nobody")
        reading.faults.append(CellFault("A2", "name", whole, COLUMNS[0].expected))
    return reading


def _header(row: tuple[Cell, ...], reading: Reading) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for cell in row:
        column = column_of(cell.text) if cell.kind is Kind.TEXT else None
        if column is None:
            continue
        if column in found.values():
            problem = Text(zh=f"列“{column.zh}”出现两次", en=f"the column {column.key} appears twice")
            reading.faults.append(CellFault(cell.ref, column.key, problem, column.expected))
        found[cell.letter] = column
    for column in COLUMNS:
        if column not in found.values():
            problem = Text(zh=f"缺少列“{column.zh}”", en=f"the column {column.key} is missing")
            expected = Text(zh=f"首行应有“{column.zh}”", en=f"the first row has a header {column.key}")
            reading.faults.append(CellFault(f"{row[0].row if row else 1}", column.key, problem, expected))
    return found


def _row(
    cells: Mapping[str, Cell],
    columns: Mapping[str, Column],
    known: Known,
    today: date,
    seen: Seen,
    reading: Reading,
) -> None:
    before = len(reading.faults)
    number = next(iter(cells.values())).row
    values: dict[str, str] = {}
    refs: dict[str, str] = {}
    for letter, column in columns.items():
        cell = cells.get(letter, Cell(f"{letter}{number}", letter, number, Kind.EMPTY, ""))
        refs[column.key] = cell.ref
        fault = cell_fault(cell, column, today)
        if fault is not None:
            reading.faults.append(CellFault(cell.ref, column.key, fault, column.expected))
        else:
            values[column.key] = clean(cell.text)
    for cell in cells.values():
        # A formula in a column that is not read could still be meant to be: nothing computed is taken.
        if cell.kind is Kind.FORMULA and cell.letter not in columns:
            expected = Text(zh="没有公式", en="no formula")
            reading.faults.append(CellFault(cell.ref, "", FORMULA, expected))
    for key, problem in _against(values, known, seen, refs):
        column = next(column for column in COLUMNS if column.key == key)
        reading.faults.append(CellFault(refs[key], key, problem, column.expected))
    if len(reading.faults) == before and len(values) == len(COLUMNS):
        reading.candidates.append(_candidate(values, refs))


FORMULA = Text(zh="单元格是公式", en="the cell is a formula")
NUMBER = Text(
    zh="单元格是数字而不是文本，数字会丢位", en="the cell is a number and not text; a number loses digits"
)


def cell_fault(cell: Cell, column: Column, today: date) -> Text | None:
    """What is wrong with one cell by itself, or None."""
    if cell.kind is Kind.FORMULA:
        return FORMULA
    if cell.kind is Kind.NUMBER:
        return NUMBER
    if cell.kind in {Kind.DATE, Kind.OTHER}:
        return Text(zh="单元格不是文本", en="the cell is not text")
    text = clean(cell.text)
    fault = required_fault(text, required=column.required)
    if fault is not None or not text:
        return fault
    return text_fault(column.key, text) or column.check(text, today)


def _against(
    values: Mapping[str, str], known: Known, seen: Seen, refs: Mapping[str, str]
) -> Iterable[tuple[str, Text]]:
    """Faults of correct cells against the batch, the registered units, the caller and the other rows."""
    number = values.get("id_number")
    district, unit = values.get("district"), values.get("nominating_unit")
    if number is not None:
        # Two units may nominate the same person; one unit does so once.
        first = seen.setdefault((number, unit or ""), refs["id_number"])
        if first != refs["id_number"]:
            yield "id_number", Text(zh=f"与{first}重复", en=f"the same number stands in {first}")
    if district is not None and district not in known.districts:
        places = "、".join(sorted(known.districts))
        yield "district", Text(zh=f"本批次只有：{places}", en=f"the batch has only: {places}")
    elif district is not None and unit is not None:
        if not covers(known.units, unit, district):
            yield (
                "nominating_unit",
                Text(
                    zh=f"{district}没有登记这个推荐单位",
                    en=f"no such nominating unit is registered in {district}",
                ),
            )
        elif known.allowed is not None and not covers(known.allowed, unit, district):
            yield (
                "nominating_unit",
                Text(zh="您不能为这个单位推荐", en="you may not nominate for this unit and district"),
            )


def covers(units: Mapping[str, frozenset[str]], unit: str, district: str) -> bool:
    """Whether the unit is listed for the district, or for every one."""
    return bool(units.get(unit, frozenset()) & {district, "*"})


def _candidate(values: Mapping[str, str], refs: Mapping[str, str]) -> Candidate:
    personal = ("name", "id_number", "phone", "email", "firm", "credit_code", "position")
    return Candidate(
        seat=SEATS[values["seat"].lower()],
        district=values["district"],
        nominating_unit=values["nominating_unit"],
        nominee=Nominee.model_validate({key: values[key] for key in personal}),
        cells=dict(refs),
    )
