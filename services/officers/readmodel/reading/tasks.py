"""Tasks: people's lists and single ones, always through the caller's filter."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnClause, ColumnElement, Integer, Select, Text, and_, bindparam, or_
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.case import hold_name
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.standstill import Holds, within
from services.officers.readmodel.reading.timing import Span
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

Place = tuple[str, ...]
"""Where a list stands: of the last task shown what it is ordered by, and its id."""

START: Place = ()


class Order(Enum):
    """By which columns a list is ordered, before the task's id."""

    DUE = ("due_key",)
    DISTRICT = ("district", "due_key")
    STAGE = ("stage", "due_key")

    def place(self, row: "Listed") -> Place:
        """Where this task stands."""
        return tuple(row[name] for name in (*self.value, "task_id"))


@dataclass(frozen=True)
class TaskFilter:
    """What a list of tasks is narrowed to; an empty string narrows nothing, `due` None likewise."""

    kind: str = ""
    case: str = ""
    parent: str = ""
    unit: str = ""
    state: str = ""
    district: str = ""
    stage: str = ""
    due: Span | None = None


Page: TypeAlias = Select[*tuple[Any, ...]]
_AFTER, _LIMIT = "after_", "most"
"""How the values that a page is asked with are called in its query."""
PAGES_REMEMBERED = 1_000

Listed = Mapping[str, Any]
"""A task in a list: the columns of LISTED, without what only its detail shows."""

LISTED = tuple(
    column
    for column in TaskRow.metadata.tables["tasks"].columns
    if column.name not in {"skipped", "answer", "answer_event", "answer_digest"}
)


_COLUMNS = TaskRow.metadata.tables["tasks"].c


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
    session: AsyncSession,
    scope: Scope,
    narrowed: TaskFilter,
    after: Place,
    limit: int,
    order: Order = Order.DUE,
) -> list[Listed]:
    """Open tasks that the caller may act on, in the order: soonest due first unless another is asked for."""
    return await _merged(
        session, _pages(ways_to_act, scope, narrowed, order, bool(after)), order, after, limit
    )


async def visible_after(
    session: AsyncSession,
    scope: Scope,
    narrowed: TaskFilter,
    after: Place,
    limit: int,
    order: Order = Order.DUE,
) -> list[Listed]:
    """Tasks that the caller may see, likewise."""
    return await _merged(
        session, _pages(_ways_to_see, scope, narrowed, order, bool(after)), order, after, limit
    )


def ways_to_act(scope: Scope) -> list[ColumnElement[bool]]:
    """One condition for each right by which an open task is the caller's to act on."""
    return [*(actable(scope, act) for act in dict.fromkeys(scope.acts)), named_to(scope)]


def _ways_to_see(scope: Scope) -> list[ColumnElement[bool]]:
    elsewhere = col(TaskRow.case_id).not_in(barred_cases(scope))
    return [and_(way, elsewhere) for way in ways_to_tasks(scope)]


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


async def stages_done(session: AsyncSession, scope: Scope, case_id: str) -> frozenset[str]:
    """The stages of the case in which a task that the scope shows was completed, and its answer is not void."""
    wanted = select(TaskRow.stage).where(TaskRow.case_id == case_id, TaskRow.state == "done", tasks_in(scope))
    return frozenset((await session.exec(wanted.distinct())).all())


async def done_of_case(session: AsyncSession, case_id: str, kinds: Sequence[str] = ()) -> Sequence[TaskRow]:
    """The case's completed tasks in the order of their completion; of these kinds only, when any are named."""
    wanted = select(TaskRow).where(TaskRow.case_id == case_id, TaskRow.state == "done")
    if kinds:
        wanted = wanted.where(col(TaskRow.kind).in_(kinds))
    return (await session.exec(wanted.order_by(col(TaskRow.closed_at), col(TaskRow.version)))).all()


async def serving(session: AsyncSession, case_id: str, letter_id: str) -> TaskRow | None:
    """The open task to serve the letter by hand; None when its case has none, or no longer."""
    about = hold_name("letter", letter_id)
    wanted = select(TaskRow).where(
        TaskRow.case_id == case_id, TaskRow.state == "open", TaskRow.about == about
    )
    return (await session.exec(wanted)).first()


async def side_by_side(session: AsyncSession, task: TaskRow) -> Sequence[TaskRow]:
    """The other tasks of the same paper, which several people sign, each alone, by their numbers."""
    wanted = select(TaskRow).where(
        TaskRow.case_id == task.case_id,
        TaskRow.kind == task.kind,
        TaskRow.round == task.round,
        TaskRow.about == task.about,
        TaskRow.task_id != task.task_id,
    )
    return (await session.exec(wanted.order_by(col(TaskRow.signature)))).all()


def narrow(narrowed: TaskFilter, scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions of a filter. `due` is asked of open tasks alone."""
    pairs = (
        (TaskRow.kind, narrowed.kind),
        (TaskRow.case_id, narrowed.case),
        (TaskRow.parent, narrowed.parent),
        (TaskRow.unit, narrowed.unit),
        (TaskRow.state, narrowed.state),
        (TaskRow.district, narrowed.district),
        (TaskRow.stage, narrowed.stage),
    )
    found: list[ColumnElement[bool]] = [col(column) == value for column, value in pairs if value]
    if narrowed.due is not None:
        found.append(within(narrowed.due, Holds.known_to(scope)))
    return found


async def _merged(
    session: AsyncSession, pages: Sequence[Page], order: Order, after: Place, limit: int
) -> list[Listed]:
    given = {_LIMIT: limit, **{_AFTER + name: at for name, at in zip(_ordered(order), after, strict=False)}}
    found = [list((await session.exec(page, params=given)).mappings()) for page in pages]  # type: ignore[call-overload]
    merged = heapq.merge(*found, key=order.place)
    return list({row["task_id"]: row for row in merged}.values())[:limit]


@lru_cache(maxsize=PAGES_REMEMBERED)
def _pages(
    ways: Callable[[Scope], Sequence[ColumnElement[bool]]],
    scope: Scope,
    narrowed: TaskFilter,
    order: Order,
    later: bool,
) -> tuple[Page, ...]:
    """One query for each way: each follows an index in order, which one query over all of them could not.

    They are kept, for making one costs more than asking it. `later`: the list goes on behind a place.
    """
    ordered = [_COLUMNS[name] for name in _ordered(order)]
    wanted = columns(*LISTED).where(*narrow(narrowed, scope), *_later(ordered, later))
    page = wanted.order_by(*ordered).limit(bindparam(_LIMIT, type_=Integer))
    return tuple(page.where(way) for way in ways(scope))


def _ordered(order: Order) -> tuple[str, ...]:
    return (*order.value, "task_id")


def _later(ordered: Sequence[ColumnClause[Any]], later: bool) -> list[ColumnElement[bool]]:
    """What comes after the place, column by column."""
    if not later:
        # It narrows nothing, and shows the database by which index the list is in order.
        return [ordered[0] >= ""]
    pairs = [(column, bindparam(_AFTER + column.name, type_=Text)) for column in ordered]
    ways = [
        and_(*(column == value for column, value in pairs[:number]), pairs[number][0] > pairs[number][1])
        for number in range(len(pairs))
    ]
    # The first part repeats the others loosely, so that an index in this order is entered at the place.
    return [pairs[0][0] >= pairs[0][1], or_(*ways)]
