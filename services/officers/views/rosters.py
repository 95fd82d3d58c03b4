"""Views of what a roster's import says: faults at most a screen of them, and what was read."""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts.dossier import field_fault
from contracts.policy.model import Text
from services.officers.roster.columns import COLUMNS
from services.officers.roster.faults import CORRECT, CellFault, standing
from services.officers.roster.rows import Reading
from services.officers.views.base import View
from services.officers.web.language import Language, say

SCREEN = 25
"""Faults that are told at once. How many there are is told too, and the marked file has all of them."""


class CellFaultView(View):
    """A cell to be corrected: where, what stands there, what is wrong, what would be right, what to do."""

    sheet: str
    cell: str
    column: str
    header: str
    """What the column is called in the file; where it has no such header, as a roster calls it."""
    stands: str
    problem: str
    expected: str
    todo: str

    @classmethod
    def of(cls, fault: CellFault, language: Language) -> "CellFaultView":
        """The view of a fault."""
        return cls(**{key: _said(value, language) for key, value in told(fault).items()})


class SheetView(View):
    """A visible sheet: how many people stand in it, the faulty too, and in which row its header; none: not read."""

    name: str
    people: int
    header: int | None


class RosterView(View):
    """What a roster's import would do (`dry_run`). With a fault nobody is imported.

    `faults` counts all of them, `more` those that are not among `errors`.
    """

    valid: bool
    rows: int
    sheets: list[SheetView]
    hidden_sheets: list[str]
    faults: int
    more: int
    errors: list[CellFaultView]

    @classmethod
    def of(cls, reading: Reading, language: Language) -> "RosterView":
        """The view of what was read."""
        return cls(
            valid=not reading.faults,
            rows=len(reading.candidates),
            sheets=[SheetView(name=one.name, people=one.people, header=one.header) for one in reading.sheets],
            hidden_sheets=list(reading.hidden),
            faults=len(reading.faults),
            more=max(0, len(reading.faults) - SCREEN),
            errors=[CellFaultView.of(fault, language) for fault in reading.faults[:SCREEN]],
        )


_CALLED = {column.key: Text(zh=column.zh, en=column.key) for column in COLUMNS}


def told(fault: CellFault) -> dict[str, str | Text]:
    """The fault as a problem document carries it, in both languages."""
    return {
        "sheet": fault.sheet,
        "cell": fault.cell,
        "column": fault.column,
        "header": fault.header or _CALLED.get(fault.column, ""),
        "stands": fault.stands,
        "problem": fault.problem,
        "expected": fault.expected,
        "todo": fault.todo,
    }


def row_faults(rows: Sequence[Mapping[str, str]], today: date) -> list[dict[str, object]]:
    """What is wrong with each cell of a table that was sent as JSON, by the same checks as a roster's."""
    expected = {column.key: column.expected for column in COLUMNS}
    return [
        {
            "cell": f"rows.{number}.{field}",
            "column": field,
            "problem": problem,
            "expected": expected[field],
            "stands": standing(field, text),
            "todo": CORRECT,
        }
        for number, row in enumerate(rows)
        for field, text in row.items()
        if (problem := field_fault(field, text, today)) is not None
    ]


def mark_of(fault: CellFault, language: Language) -> tuple[str, str, str]:
    """The fault as a mark in the workbook: sheet, cell, and the sentences that stand there as a comment."""
    sentences = (fault.problem, fault.expected, fault.todo)
    signs = [fault.stands] if fault.stands else []
    return fault.sheet, fault.cell, "\n".join([*signs, *(say(one, language) for one in sentences)])


def screenful(faults: Sequence[object]) -> dict[str, object]:
    """The members of a problem document that tells at most a screen of faults, and how many there are."""
    return {"errors": list(faults[:SCREEN]), "faults": len(faults), "more": max(0, len(faults) - SCREEN)}


def _said(value: str | Text, language: Language) -> str:
    return say(value, language) if isinstance(value, Text) else value
