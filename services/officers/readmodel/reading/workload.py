"""Who has how much to do, since when, and how tasks came out: by the conditions of the lists, for whoever may see them.

No number is one that the reader could not count in their own lists, so none tells more than these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column
from sqlmodel import col, select

from contracts.case import CaseKind
from contracts.vocabulary import TaskState
from services.kit.db import Session
from services.officers.readmodel.reading.figures import Over, days
from services.officers.readmodel.reading.timing import Due, Span
from services.officers.readmodel.tables import CaseRow, TaskRow

_CASE_KIND = func.coalesce(col(CaseRow.kind), literal_column(f"'{CaseKind.BATCH.value}'"))
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Load:
    """Open tasks of a role, for a unit where they name one, in a stage of a kind of case."""

    case_kind: str
    """Stages of two kinds may be called alike, as that of the integrity opinion."""
    role: str
    unit: str
    stage: str
    open: int
    due_today: int
    overdue: int
    over_a_week: int
    """Open for longer than seven days."""
    over_a_month: int
    """Open for longer than thirty."""
    oldest_days: int
    """Whole days since the first of them was opened."""


@dataclass(frozen=True)
class Came:
    """Tasks of a kind, in a kind of case, that came out so."""

    case_kind: str
    kind: str
    stage: str
    outcome: str
    tasks: int


async def load(session: Session, over: Over, spans: dict[Due, Span], now: datetime) -> list[Load]:
    """By kind of case, role, unit and stage."""
    by = (_CASE_KIND, col(TaskRow.role), col(TaskRow.unit), col(TaskRow.stage))
    due = {each: over.within(spans[each]) for each in (Due.TODAY, Due.OVERDUE)}
    counted = select(  # type: ignore[call-overload]
        *by,
        func.count(),
        _many(due[Due.TODAY]),
        _many(due[Due.OVERDUE]),
        _many(col(TaskRow.opened) < now - WEEK),
        _many(col(TaskRow.opened) < now - MONTH),
        func.min(TaskRow.opened),
    )
    wanted = (
        _with_case(counted)
        .where(TaskRow.state == TaskState.OPEN.value, *_which(over))
        .group_by(*by)
        .order_by(*by)
    )
    rows = (await session.exec(wanted)).all()
    return [
        Load(kind, role, unit, stage, every, today, overdue, week, month, days(first, now))
        for kind, role, unit, stage, every, today, overdue, week, month, first in rows
    ]


async def outcomes(session: Session, over: Over) -> list[Came]:
    """Of the tasks that were completed, by kind of case and of task."""
    by = (_CASE_KIND, col(TaskRow.kind), col(TaskRow.stage), col(TaskRow.outcome))
    done = (TaskRow.state == TaskState.DONE.value, col(TaskRow.outcome).is_not(None))
    counted = select(*by, func.count())  # type: ignore[call-overload]
    wanted = _with_case(counted).where(*done, *_which(over)).group_by(*by).order_by(*by)
    rows = (await session.exec(wanted)).all()
    return [
        Came(case_kind, kind, stage, str(outcome), many) for case_kind, kind, stage, outcome, many in rows
    ]


def _with_case(counted: Any) -> Any:
    # A batch has no row among the cases.
    return counted.select_from(TaskRow).join(
        CaseRow, col(CaseRow.case_id) == col(TaskRow.case_id), isouter=True
    )


def _which(over: Over) -> Sequence[ColumnElement[bool]]:
    return (*over.tasks(), *([col(TaskRow.parent) == over.batch] if over.batch else []))


def _many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
