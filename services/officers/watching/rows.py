"""Rows of a list to its entries, or the faults of every cell. Pure: values in, values out.

A list is another office's file: what differs only in how it is written is read as it is meant; what cannot be read is
named, and then nothing of the file is taken.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contracts.dossier import entered, required_fault, text_fault
from contracts.listed import Entry, Mode
from contracts.numbers import credit_code_fault, of_fifteen, resident_id_fault
from contracts.policy.model import Text, WatchedList
from contracts.vocabulary import Subject
from services.officers.roster import faults
from services.officers.roster.cells import Kind
from services.officers.roster.faults import CellFault, todo_of
from services.officers.watching import columns
from services.officers.watching.columns import ListCell, ListColumn
from services.officers.watching.entries import Line

LONGEST = 2000
"""Signs of one cell; a reason may be long, and a file is bounded as a whole."""
_LINES = str.maketrans(dict.fromkeys("\n\r\t", " "))
_HIDDEN_AS = str.maketrans({"×": "*", "●": "*", "■": "*", "#": "*", "？": "*", "?": "*"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T].*)?|(\d{4})(\d{2})(\d{2})")
_PERSON = re.compile(r"[1-9][0-9*]{16}[0-9X*]|[1-9][0-9]{14}")
_MASK = re.compile(r"[0-9A-Z]+\*+[0-9A-Z]*")


@dataclass(frozen=True)
class Bounds:
    """What the rows are held against: the list, how it comes, and the days between which a paper can lie."""

    watched: WatchedList
    mode: Mode
    issuer: str
    """Of the list, for entries that name no authority of their own."""
    earliest: date
    today: date


@dataclass
class ListReading:
    """The result: lines count only when there is no fault at all."""

    lines: list[Line] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, cell: str, column: ListColumn, problem: Text) -> None:
        """Name a cell that must be corrected."""
        self.faults.append(CellFault("", cell, column.key, problem, column.expected, todo_of(problem)))


def read_list(rows: Sequence[tuple[ListCell, ...]], bounds: Bounds) -> ListReading:
    """Every row after the header as entries or as faults."""
    reading = ListReading()
    index, found = columns.header(rows)
    if index < 0:
        within = columns.HEADER_WITHIN
        problem = Text(
            zh=f"前{within}行中没有同时含姓名（名称）和号码的表头",
            en=f"none of the first {within} lines has headers for a name and a number",
        )
        reading.fault("A1", columns.NUMBER, problem)
        return reading
    for column in columns.COLUMNS:
        if column.required and column not in found.values():
            problem = Text(
                zh=f"缺少列：{column.expected.zh}", en=f"a column is missing: {column.expected.en}"
            )
            reading.fault(str(rows[index][0].row), column, problem)
    for cell, column, problem in columns.unread(rows, index, found, columns.NUMBER):
        reading.fault(cell.ref, column, problem)
    if not reading.faults:
        for row in rows[index + 1 :]:
            _row({cell.letter: cell for cell in row}, found, bounds, reading)
        _repeated(reading)
    return reading


def _row(
    cells: Mapping[str, ListCell], found: Mapping[str, ListColumn], bounds: Bounds, reading: ListReading
) -> None:
    before, row = len(reading.faults), next(iter(cells.values())).row
    said: dict[str, str] = {}
    numbers: list[tuple[str, str]] = []
    for letter, column in found.items():
        cell = cells.get(letter, ListCell(f"{letter}{row}", letter, row, Kind.TEXT, ""))
        problem, text = _cell(cell, column)
        if problem is not None:
            reading.fault(cell.ref, column, problem)
        elif column is columns.NUMBER:
            numbers += [(cell.ref, text)] if text else []
        else:
            said[column.key] = text
    if not numbers and before == len(reading.faults):
        letter = next(letter for letter, column in found.items() if column is columns.NUMBER)
        reading.fault(f"{letter}{row}", columns.NUMBER, Text(zh="没有号码", en="there is no number"))
    values = _values(said, found, row, bounds, reading) if before == len(reading.faults) else None
    for ref, text in numbers:
        subject, number, problem = _number(text, bounds)
        if problem is not None:
            reading.fault(ref, columns.NUMBER, problem)
        elif values is not None:
            decided, off = values
            entry = Entry(
                subject=subject,
                name=said[columns.NAME.key],
                number=number,
                document_no=said[columns.PAPER.key],
                issuer=said.get(columns.ISSUER.key, "") or bounds.issuer,
                decided_on=decided,
                text=said.get(columns.REASON.key, "") or bounds.watched.name.zh,
            )
            reading.lines.append(Line(entry, off, ref))


def _cell(cell: ListCell, column: ListColumn) -> tuple[Text | None, str]:
    # Whatever is not a reason stands in one line, however the cell is wrapped.
    said = cell.text if column is columns.REASON else cell.text.translate(_LINES)
    text = entered(column.key, said)
    if column is columns.NUMBER:
        text = unicodedata.normalize("NFKC", text)
    match cell.kind:
        case Kind.FORMULA:
            return faults.FORMULA, ""
        case Kind.NUMBER:
            return faults.NUMBER, ""
        case Kind.OTHER:
            return faults.OTHER, ""
        case Kind.DATE if column is not columns.DECIDED:
            return faults.DATE, ""
        case Kind.DATE | Kind.TEXT:
            pass
    # Reasons run over several lines; that is no sign that nobody sees.
    fault = required_fault(text, required=column.required and column is not columns.NUMBER) or text_fault(
        column.key, text.translate(_LINES)
    )
    if fault is not None:
        return fault, ""
    if len(text) > LONGEST:
        return Text(zh=f"超过{LONGEST}个字", en=f"longer than {LONGEST} characters"), ""
    return None, text


def _values(
    said: Mapping[str, str], found: Mapping[str, ListColumn], row: int, bounds: Bounds, reading: ListReading
) -> tuple[date, bool] | None:
    """The day of the paper, and whether the line takes an entry off; None when one of them is wrong."""
    places = {column.key: f"{letter}{row}" for letter, column in found.items()}
    day, problem = day_of(said[columns.DECIDED.key], bounds.earliest, bounds.today)
    if problem is not None:
        reading.fault(places[columns.DECIDED.key], columns.DECIDED, problem)
    change = said.get(columns.CHANGE.key, "").lower()
    off = change in columns.OFF
    if change and not off and change not in columns.ON:
        reading.fault(
            places[columns.CHANGE.key], columns.CHANGE, Text(zh="没有这种变动", en="no such change")
        )
        return None
    if off and bounds.mode == "full":
        problem = Text(zh="全量名单中不应有移出的条目", en="a whole list takes nothing off")
        reading.fault(places[columns.CHANGE.key], columns.CHANGE, problem)
        return None
    return None if day is None else (day, off)


def day_of(text: str, earliest: date, today: date) -> tuple[date | None, Text | None]:
    """The day that a cell says, however it is written, or what is wrong with it."""
    shown = _DAY.fullmatch(text)
    if shown is None:
        return None, Text(zh="不是日期", en="not a date")
    parts = shown.group(1, 2, 3) if shown[1] else shown.group(5, 6, 7)
    try:
        day = date(*map(int, parts))
    except ValueError:
        return None, Text(zh="不是真实日期", en="no real date")
    if not earliest <= day <= today:
        return None, Text(zh=f"应在{earliest}与{today}之间", en=f"it must lie between {earliest} and {today}")
    return day, None


def _number(text: str, bounds: Bounds) -> tuple[Subject, str, Text | None]:
    """Whose number it is, the number as it is compared, and what is wrong with it."""
    number = "".join(text.split()).replace("-", "").upper().translate(_HIDDEN_AS)
    subject, fault = Subject.ENTERPRISE, None
    if _PERSON.fullmatch(number) and not ("*" not in number and credit_code_fault(number) is None):
        subject = Subject.PERSON
    if "*" in number:
        fault = None if _MASK.fullmatch(number) and len(number) == 18 else _unreadable()
    elif subject is Subject.PERSON:
        number = of_fifteen(number) if len(number) == 15 else number
        fault = resident_id_fault(number, bounds.today)
    else:
        fault = credit_code_fault(number)
    if fault is None and subject not in bounds.watched.items:
        fault = Text(
            zh="此名单不含这类主体，清单中没有对应事项",
            en=f"this list is not one of a {subject.value}: no item of the negative list answers for it",
        )
    return subject, number, fault


def _unreadable() -> Text:
    return Text(zh="不是隐去部分位数的18位号码", en="not an 18-character number of which a part is hidden")


def _repeated(reading: ListReading) -> None:
    """The same entry twice says nothing more; one that comes and goes in one file says two things at once."""
    seen: dict[str, Line] = {}
    kept: list[Line] = []
    for line in reading.lines:
        first = seen.setdefault(line.digest, line)
        if first is line:
            kept.append(line)
        elif first.off is not line.off:
            problem = Text(zh=f"与{first.cell}相互矛盾", en=f"it contradicts {first.cell}")
            reading.fault(line.cell, columns.CHANGE, problem)
    reading.lines = kept
