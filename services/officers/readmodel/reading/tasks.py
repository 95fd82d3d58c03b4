"""Tasks: people's lists and single ones, always through the caller's filter."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import (
    actable,
    barred_cases,
    cases_in,
    named_to,
    recused,
    tasks_in,
    ways_to_tasks,
)
from services.officers.readmodel.tables import CaseRow, TaskRow

Place = tuple[str, str]
"""Where a list stands: the due key and the task id of the last task shown."""

START: Place = ("", "")


@dataclass(frozen=True)
class TaskFilter:
    """What a list of tasks is narrowed to; an empty string narrows nothing."""

    kind: str = ""
    case: str = ""
    parent: str = ""
    unit: str = ""
    state: str = ""


Listed = Mapping[str, Any]
"""A task in a list: the columns of LISTED, without what only its detail shows."""

LISTED = tuple(
    column
    for column in TaskRow.metadata.tables["tasks"].columns
    if column.name not in {"skipped", "answer", "answer_event", "answer_digest"}
)


@dataclass(frozen=True)
class SeenTask:
    """A task with its case; `recused` says that the caller is kept from it."""

    task: TaskRow
    case: CaseRow
    recused: bool


async def task(session: AsyncSession, scope: Scope, task_id: str) -> SeenTask | None:
    """The task with its case, when the scope shows both."""
    wanted = (
        select(TaskRow, CaseRow, recused(scope))
        .join(CaseRow, col(CaseRow.case_id) == col(TaskRow.case_id))
        .where(TaskRow.task_id == task_id, tasks_in(scope), cases_in(scope))
    )
    found = (await session.exec(wanted)).first()
    return None if found is None else SeenTask(found[0], found[1], bool(found[2]))


async def mine_after(
    session: AsyncSession, scope: Scope, narrowed: TaskFilter, after: Place, limit: int
) -> list[Listed]:
    """Open tasks that the caller may act on, soonest due first."""
    ways = [*(actable(scope, act) for act in dict.fromkeys(scope.acts)), named_to(scope)]
    return await _merged(session, ways, _narrowed(narrowed), after, limit)


async def visible_after(
    session: AsyncSession, scope: Scope, narrowed: TaskFilter, after: Place, limit: int
) -> list[Listed]:
    """Tasks that the caller may see, soonest due first."""
    wanted = [col(TaskRow.case_id).not_in(barred_cases(scope)), *_narrowed(narrowed)]
    return await _merged(session, ways_to_tasks(scope), wanted, after, limit)


async def open_of_case(session: AsyncSession, scope: Scope, case_id: str) -> Sequence[TaskRow]:
    """The case's open tasks that the scope shows, soonest due first."""
    wanted = select(TaskRow).where(TaskRow.case_id == case_id, TaskRow.state == "open", tasks_in(scope))
    return (await session.exec(wanted.order_by(col(TaskRow.due_key), col(TaskRow.task_id)))).all()


async def of_case(session: AsyncSession, scope: Scope, case_id: str) -> Sequence[TaskRow]:
    """The case's tasks that the scope shows, closed ones included, in the order of their opening."""
    wanted = select(TaskRow).where(TaskRow.case_id == case_id, tasks_in(scope))
    return (await session.exec(wanted.order_by(col(TaskRow.opened), col(TaskRow.task_id)))).all()


async def ids_of_case(session: AsyncSession, scope: Scope, case_id: str) -> Sequence[str]:
    """Ids of the case's tasks that the scope shows, closed ones included."""
    return (
        await session.exec(select(TaskRow.task_id).where(TaskRow.case_id == case_id, tasks_in(scope)))
    ).all()


async def done_of_case(session: AsyncSession, case_id: str, kinds: Sequence[str] = ()) -> Sequence[TaskRow]:
    """The case's completed tasks in the order of their completion; of these kinds only, when any are named."""
    wanted = select(TaskRow).where(TaskRow.case_id == case_id, TaskRow.state == "done")
    if kinds:
        wanted = wanted.where(col(TaskRow.kind).in_(kinds))
    return (await session.exec(wanted.order_by(col(TaskRow.closed_at), col(TaskRow.version)))).all()


def _narrowed(narrowed: TaskFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (TaskRow.kind, narrowed.kind),
        (TaskRow.case_id, narrowed.case),
        (TaskRow.parent, narrowed.parent),
        (TaskRow.unit, narrowed.unit),
        (TaskRow.state, narrowed.state),
    )
    return [col(column) == value for column, value in pairs if value]


async def _merged(
    session: AsyncSession,
    ways: Sequence[ColumnElement[bool]],
    wanted: Sequence[ColumnElement[bool]],
    after: Place,
    limit: int,
) -> list[Listed]:
    # One query for each way: each follows an index in order, which one query over all of them could not.
    pages = [await _page(session, (way, *wanted), after, limit) for way in ways]
    merged = heapq.merge(*pages, key=lambda row: (row["due_key"], row["task_id"]))
    return list({row["task_id"]: row for row in merged}.values())[:limit]


async def _page(
    session: AsyncSession, wanted: Sequence[ColumnElement[bool]], after: Place, limit: int
) -> list[Listed]:
    due, task_id = after
    due_key = col(TaskRow.due_key)
    later = or_(due_key > due, and_(due_key == due, col(TaskRow.task_id) > task_id))
    # The first half repeats the second loosely, so that an index in this order is entered at the place.
    found = columns(*LISTED).where(*wanted, due_key >= due, later)
    rows = await session.exec(found.order_by(due_key, col(TaskRow.task_id)).limit(limit))  # type: ignore[call-overload]
    return list(rows.mappings())
