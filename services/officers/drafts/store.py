"""Drafts in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlmodel import col
from sqlmodel import select as rows_of
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.db import Unit
from services.kit.statements import put
from services.officers.drafts.tables import DraftRow
from services.officers.readmodel.tables import ConflictRow, TaskRow

_DRAFTS = DraftRow.metadata.tables["drafts"]
_TASKS = TaskRow.metadata.tables["tasks"].c
_CONFLICTS = ConflictRow.metadata.tables["conflicts"].c


async def keep(session: AsyncSession, row: dict[str, Any]) -> None:
    """Keep the draft in place of the account's earlier one at this task."""
    await put(session, DraftRow, [row], key="draft_id")


async def draft(session: AsyncSession, draft_id: str) -> DraftRow | None:
    """The draft, if there is one."""
    return (await session.exec(rows_of(DraftRow).where(DraftRow.draft_id == draft_id))).first()


async def others(session: AsyncSession, account_id: str, draft_id: str) -> int:
    """How many drafts the account has beside this one."""
    wanted = rows_of(func.count()).where(DraftRow.account_id == account_id, DraftRow.draft_id != draft_id)
    return (await session.exec(wanted)).one()


async def forget(session: AsyncSession, draft_id: str) -> None:
    """Forget the draft."""
    await session.exec(delete(DraftRow).where(col(DraftRow.draft_id) == draft_id))


def any_kept(unit: Unit) -> bool:
    """Whether there are drafts at all."""
    return unit.execute(select(_DRAFTS.c.draft_id).limit(1)).first() is not None


def end(unit: Unit, saved_before: datetime) -> int:
    """Forget what is too old or has no task to be of use in any more; how many drafts these were.

    A task is of use while it is open, its writer is not kept from the case, and nobody else has claimed it; a claim of
    the writer's own, or of whom they stand in for, once there, must last.
    """
    theirs = or_(_TASKS.claimed_by == _DRAFTS.c.person_id, _TASKS.claimed_by == _DRAFTS.c.deputy_for)
    mine = and_(_TASKS.task_id == _DRAFTS.c.task_id, theirs)
    unit.execute(
        update(_DRAFTS).where(exists().where(mine), _DRAFTS.c.claimed.is_(False)).values(claimed=True)
    )
    free = and_(_TASKS.claimed_by.is_(None), _DRAFTS.c.claimed.is_(False))
    of_use = and_(
        _TASKS.task_id == _DRAFTS.c.task_id,
        _TASKS.state == "open",
        or_(free, theirs),
    )
    kept_from = and_(
        _CONFLICTS.case_id == _DRAFTS.c.case_id,
        or_(_CONFLICTS.person_id == _DRAFTS.c.person_id, _CONFLICTS.person_id == _DRAFTS.c.deputy_for),
        _CONFLICTS.stands.is_(True),
    )
    over = or_(_DRAFTS.c.saved_at < saved_before, ~exists().where(of_use), exists().where(kept_from))
    return unit.execute(delete(_DRAFTS).where(over)).rowcount
