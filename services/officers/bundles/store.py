"""Bundles in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlmodel import col
from sqlmodel import select as rows_of
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.db import Unit
from services.kit.statements import chunks
from services.officers.bundles.rules import Asked, ItemState
from services.officers.bundles.tables import BundleRow, ItemRow
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import cases_in, tasks_in
from services.officers.readmodel.tables import CaseRow, TaskRow

_BUNDLES = BundleRow.metadata.tables["bundles"]
_ITEMS = ItemRow.metadata.tables["bundle_items"]
_COLUMNS = (_ITEMS.c.item_id, _ITEMS.c.task_id, _ITEMS.c.sealed, _BUNDLES.c.account_id, _BUNDLES.c.ends_at)


async def asked(session: AsyncSession, scope: Scope, task_ids: Sequence[str]) -> Mapping[str, Asked]:
    """The open ones of these tasks that the scope shows."""
    found: dict[str, Asked] = {}
    for part in chunks(task_ids):
        wanted = (
            rows_of(TaskRow, CaseRow.person_id)
            .join(CaseRow, col(CaseRow.case_id) == col(TaskRow.case_id))
            .where(col(TaskRow.task_id).in_(part), TaskRow.state == "open", tasks_in(scope), cases_in(scope))
        )
        rows = (await session.exec(wanted)).all()
        firsts = await _firsts(session, [task for task, _ in rows])
        for task, concerned in rows:
            first = firsts.get((task.case_id, task.content_digest))
            found[task.task_id] = Asked(task.kind, task.policy, concerned, first)
    return found


async def _firsts(
    session: AsyncSession, tasks: Sequence[TaskRow]
) -> Mapping[tuple[str, str], tuple[str, str]]:
    """The answers over which these are signed, by case and digest."""
    wanted = rows_of(TaskRow).where(
        col(TaskRow.case_id).in_({task.case_id for task in tasks}),
        TaskRow.state == "done",
        col(TaskRow.answer_digest).in_({task.content_digest for task in tasks}),
    )
    rows = (await session.exec(wanted)).all()
    return {(row.case_id, row.answer_digest or ""): (row.kind, row.outcome or "") for row in rows}


async def keep(session: AsyncSession, bundle: BundleRow, items: Sequence[ItemRow]) -> None:
    """Keep a bundle with all of its items."""
    session.add(bundle)
    session.add_all(items)


async def bundle(session: AsyncSession, bundle_id: str, account_id: str) -> BundleRow | None:
    """The account's own bundle of this id."""
    wanted = rows_of(BundleRow).where(BundleRow.bundle_id == bundle_id, BundleRow.account_id == account_id)
    return (await session.exec(wanted)).first()


async def items(session: AsyncSession, bundle_id: str) -> Sequence[ItemRow]:
    """The bundle's items, in their order."""
    wanted = rows_of(ItemRow).where(ItemRow.bundle_id == bundle_id).order_by(col(ItemRow.number))
    return (await session.exec(wanted)).all()


def waiting(unit: Unit, limit: int, after: str) -> list[Any]:
    """Items that wait, with whose they are and until when: those after the place, in order."""
    wanted = (
        select(*_COLUMNS)
        .join_from(_ITEMS, _BUNDLES, _BUNDLES.c.bundle_id == _ITEMS.c.bundle_id)
        .where(_ITEMS.c.state == ItemState.WAITING.value, _ITEMS.c.item_id > after)
    )
    return list(unit.execute(wanted.order_by(_ITEMS.c.item_id).limit(limit)))


def settle(unit: Unit, item_id: str, values: Mapping[str, Any]) -> None:
    """Keep the result of an item that waits, and forget what was said of it. A result is never replaced."""
    mine = (_ITEMS.c.item_id == item_id, _ITEMS.c.state == ItemState.WAITING.value)
    unit.execute(update(_ITEMS).where(*mine).values(sealed=None, **values))


def forget(unit: Unit, asked_before: datetime) -> None:
    """Forget bundles that are old and have every result."""
    left = exists().where(
        _ITEMS.c.bundle_id == _BUNDLES.c.bundle_id, _ITEMS.c.state == ItemState.WAITING.value
    )
    old = select(_BUNDLES.c.bundle_id).where(_BUNDLES.c.asked_at < asked_before, ~left)
    unit.execute(delete(_ITEMS).where(_ITEMS.c.bundle_id.in_(old)))
    unit.execute(delete(_BUNDLES).where(_BUNDLES.c.asked_at < asked_before, ~left))
