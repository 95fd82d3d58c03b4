"""A table of integrity indexes (清廉指数) as a file, read as the lists of screening are. Pure.

Every faulty cell is named, and with one fault nothing of the file is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contracts.dossier import entered, field_fault, required_fault, text_fault
from contracts.numbers import credit_code_fault
from contracts.policy.model import Text
from services.officers.roster import faults
from services.officers.roster.cells import Kind
from services.officers.roster.faults import CellFault, standing, todo_of
from services.officers.watching.columns import (
    HEADER_WITHIN,
    NAME,
    NUMBER,
    ListCell,
    ListColumn,
    header,
    list_column,
    unread,
)
from services.officers.watching.rows import day_of

MOST = 100
"""Rows that are taken at once, as many as a table that is sent as JSON may have."""
INDEX = list_column("index", "清廉指数 指数 指数得分 得分", "整数", "a whole number")
DAY = list_column("assessed_on", "评价日期 测评日期 日期", "如 2026-03-02", "such as 2026-03-02")
SOURCE = list_column("source", "评价机构 评价来源 测评机构", "评价机构的名称", "who measured it")
COLUMNS = (NAME, NUMBER, INDEX, DAY, SOURCE)
LONGEST = 120
_OTHERWISE: Mapping[ListColumn, Kind] = {INDEX: Kind.NUMBER, DAY: Kind.DATE}
"""What a cell of the column may be besides text."""
_UNREAD: Mapping[Kind, Text] = {
    Kind.FORMULA: faults.FORMULA,
    Kind.NUMBER: faults.NUMBER,
    Kind.DATE: faults.DATE,
    Kind.OTHER: faults.OTHER,
}


@dataclass(frozen=True)
class IndexLine:
    """One row: of a person by ID number, or of an enterprise by credit code."""

    name: str
    id_number: str
    credit_code: str
    index: int
    assessed_on: date
    source: str


@dataclass
class IndexReading:
    """The result: lines count only when there is no fault at all."""

    lines: list[IndexLine] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, cell: str, column: ListColumn, problem: Text, stands: str = "") -> None:
        """Name a cell that must be corrected."""
        self.faults.append(
            CellFault("", cell, column.key, problem, column.expected, todo_of(problem), stands)
        )


def read_indexes(rows: Sequence[tuple[ListCell, ...]], earliest: date, today: date) -> IndexReading:
    """Every row after the header as a line, or the faults of its cells."""
    reading = IndexReading()
    place, found = header(rows, COLUMNS)
    for column in COLUMNS:
        if column not in found.values():
            problem = Text(
                zh=f"前{HEADER_WITHIN}行的表头中缺少列：{column.expected.zh}",
                en=f"no header in the first {HEADER_WITHIN} lines: {column.expected.en}",
            )
            reading.fault("A1", column, problem)
    for cell, column, problem in unread(rows, place, found) if found else ():
        reading.fault(cell.ref, column, problem)
    if reading.faults:
        return reading
    below = rows[place + 1 :]
    if len(below) > MOST:
        problem = Text(zh=f"超过{MOST}行，请分成几份", en=f"more than {MOST} rows: split the file")
        reading.fault(below[MOST][0].ref, NAME, problem)
        return reading
    for row in below:
        _row({cell.letter: cell for cell in row}, found, earliest, today, reading)
    return reading


def _row(
    cells: Mapping[str, ListCell],
    found: Mapping[str, ListColumn],
    earliest: date,
    today: date,
    reading: IndexReading,
) -> None:
    before, row = len(reading.faults), next(iter(cells.values())).row
    said: dict[str, str] = {}
    for letter, column in found.items():
        cell = cells.get(letter, ListCell(f"{letter}{row}", letter, row, Kind.TEXT, ""))
        text = entered(column.key, cell.text)
        problem = _problem(cell, column, text)
        if problem is not None:
            reading.fault(cell.ref, column, problem)
        said[column.key] = text
    if before < len(reading.faults):
        return
    places = {column.key: f"{letter}{row}" for letter, column in found.items()}
    number, name = said[NUMBER.key], said[NAME.key]
    enterprise = credit_code_fault(number) is None
    checked = {"firm": name, "credit_code": number} if enterprise else {"name": name, "id_number": number}
    for key, text in checked.items():
        column = NUMBER if text is number else NAME
        if problem := field_fault(key, text, today):
            reading.fault(places[column.key], column, problem, standing(key, text))
    day, problem = day_of(said[DAY.key], earliest, today)
    if problem is not None:
        reading.fault(places[DAY.key], DAY, problem)
    if not (said[INDEX.key].isascii() and said[INDEX.key].isdigit()):
        reading.fault(places[INDEX.key], INDEX, Text(zh="不是整数", en="not a whole number"))
    if before == len(reading.faults) and day is not None:
        person, firm = ("", number) if enterprise else (number, "")
        index = int(said[INDEX.key])
        reading.lines.append(IndexLine(name, person, firm, index, day, said[SOURCE.key]))


def _problem(cell: ListCell, column: ListColumn, text: str) -> Text | None:
    if cell.kind is not Kind.TEXT and cell.kind is not _OTHERWISE.get(column):
        return _UNREAD[cell.kind]
    problem = required_fault(text, required=True) or text_fault(column.key, text)
    if problem is None and len(text) > LONGEST:
        return Text(zh=f"超过{LONGEST}个字", en=f"longer than {LONGEST} characters")
    return problem
