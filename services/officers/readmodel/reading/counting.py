"""How many tasks are the caller's to act on: by the conditions of the list, so that a count is the list's length."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, false, func, not_, or_
from sqlmodel import col, select

from services.kit.db import Session
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.standstill import Holds, within
from services.officers.readmodel.reading.tasks import TaskFilter, narrow, ways_to_act
from services.officers.readmodel.reading.timing import Due, Span
from services.officers.readmodel.tables import TaskRow


@dataclass(frozen=True)
class Count:
    """Open tasks of a kind: all, those that end today and those that are over."""

    kind: str
    open: int
    today: int
    overdue: int


async def mine(session: Session, scope: Scope, narrowed: TaskFilter, spans: dict[Due, Span]) -> list[Count]:
    """By kind, of the tasks that `tasks.mine_after` lists."""
    found: dict[str, Count] = {}
    wanted = narrow(narrowed, scope)
    ways = ways_to_act(scope)
    for number, way in enumerate(ways):
        # Each way follows its own index; what an earlier one counted is not counted again.
        for kind, every, today, overdue in await _of_way(
            session, [way, _none(ways[:number]), *wanted], spans, scope
        ):
            so_far = found.get(kind, Count(kind, 0, 0, 0))
            found[kind] = Count(kind, so_far.open + every, so_far.today + today, so_far.overdue + overdue)
    return [found[kind] for kind in sorted(found)]


async def _of_way(
    session: Session, wanted: Sequence[ColumnElement[bool]], spans: dict[Due, Span], scope: Scope
) -> Sequence[tuple[str, int, int, int]]:
    due = {each: _many(within(spans[each], Holds.known_to(scope))) for each in (Due.TODAY, Due.OVERDUE)}
    counted = select(col(TaskRow.kind), func.count(), due[Due.TODAY], due[Due.OVERDUE])
    rows = (await session.exec(counted.where(*wanted).group_by(col(TaskRow.kind)))).all()
    return [(kind, every, today, overdue) for kind, every, today, overdue in rows]


def _many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _none(ways: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    # Of what is not known, such as whose a task is that nobody claimed, NOT knows as little.
    return not_(func.coalesce(or_(false(), *ways), false()))
