"""The agenda of the joint conference: what waits for it, and what it decided, by its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.vocabulary import TaskState
from services.kit.db import Session
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import barred_cases, tasks_in
from services.officers.readmodel.tables import TaskRow

SILENT = ("conference", "re-conference")
"""Kinds of task by which the conference decides on a silent department."""
LATE = "overdue"
"""The kind by which it says something of any other task that is at T+5."""
ABOUT = "task:"
"""Stands in an item before the task that is late."""


@dataclass(frozen=True)
class Item:
    """A task that waits for the conference: it decides in it (`silent`), or sees that it is late."""

    task: TaskRow
    silent: bool


async def awaiting(session: Session, scope: Scope, after: str, limit: int) -> list[Item]:
    """A page of what waits, in the order of task ids: silent departments, and whatever else is at T+5.

    A late task is on the agenda as long as the conference has said nothing of it: one item a unit and task.
    """
    item = aliased(TaskRow)
    on_it = exists().where(
        col(item.case_id) == col(TaskRow.case_id),
        col(item.about) == ABOUT + col(TaskRow.task_id),
        col(item.kind) == LATE,
        col(item.state) == TaskState.OPEN,
    )
    silent = col(TaskRow.kind).in_(SILENT)
    late = and_(col(TaskRow.conference_since).is_not(None), on_it)
    rows = await _page(session, scope, after, limit, col(TaskRow.state) == TaskState.OPEN, or_(silent, late))
    return [Item(row, row.kind in SILENT) for row in rows]


async def decided(session: Session, scope: Scope, after: str, limit: int) -> Sequence[TaskRow]:
    """A page of what it decided or said of what is late, in the order of task ids."""
    done = (col(TaskRow.kind).in_((*SILENT, LATE)), col(TaskRow.state) == TaskState.DONE)
    return await _page(session, scope, after, limit, *done)


async def late_ones(session: Session, rows: Sequence[TaskRow]) -> dict[str, str]:
    """By item, the kind of the late task of which something was said. Whoever may see an item may know it: the item of
    a task that is secret is shown to nobody else (`visible`)."""
    late = {row.about.removeprefix(ABOUT): row.task_id for row in rows if row.kind == LATE}
    wanted = select(TaskRow.task_id, TaskRow.kind).where(col(TaskRow.task_id).in_(late))
    return {late[task]: kind for task, kind in (await session.exec(wanted)).all()}


async def _page(
    session: Session, scope: Scope, after: str, limit: int, *which: ColumnElement[bool]
) -> Sequence[TaskRow]:
    seen = (tasks_in(scope), col(TaskRow.case_id).not_in(barred_cases(scope)))
    wanted = select(TaskRow).where(col(TaskRow.task_id) > after, *which, *seen)
    return (await session.exec(wanted.order_by(col(TaskRow.task_id)).limit(limit))).all()
