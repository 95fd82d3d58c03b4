"""Sessions in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, delete, update
from sqlalchemy import select as select_value
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.officers.identity.signin.tables import SessionRow
from services.officers.identity.tables import AccountRow

MOST_SESSIONS = 20
"""Sessions of an account at once: one more ends the one that would end first."""


def stands(now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    """That a session is one of an account's that stand."""
    return and_(
        col(SessionRow.account_id) == col(AccountRow.account_id),
        col(SessionRow.generation) == col(AccountRow.token_generation),
        col(SessionRow.good_until) > now,
        col(AccountRow.disabled).is_(False),
    )


async def sessions_of(session: AsyncSession, account_id: str, now: datetime) -> Sequence[SessionRow]:
    """The account's sessions that stand, the one that ends first before the others."""
    wanted = select(SessionRow).join(AccountRow, stands(now)).where(SessionRow.account_id == account_id)
    return (await session.exec(wanted.order_by(col(SessionRow.good_until), col(SessionRow.session_id)))).all()


async def begin(session: AsyncSession, row: SessionRow) -> list[str]:
    """Add a session, and remove what no longer stands of the account's; the ids of those that stood and give way."""
    standing = [one.session_id for one in await sessions_of(session, row.account_id, row.started_at)]
    gone = max(0, len(standing) - MOST_SESSIONS + 1)
    kept = standing[gone:]
    await session.exec(
        delete(SessionRow).where(
            col(SessionRow.account_id) == row.account_id, col(SessionRow.session_id).not_in(kept)
        )
    )
    session.add(row)
    return standing[:gone]


async def held(session: AsyncSession, session_id: str, now: datetime) -> SessionRow | None:
    """The session if it stands, for this transaction to change: of its renewal and its end at once, the end wins."""
    # The account first, as whoever signs in or changes a password holds it before any of its sessions: of two that take
    # them the other way round PostgreSQL ends one.
    whose = select_value(col(SessionRow.account_id)).where(col(SessionRow.session_id) == session_id)
    await session.exec(
        select(AccountRow.account_id)
        .where(col(AccountRow.account_id) == whose.scalar_subquery())
        .with_for_update()
    )
    wanted = select(SessionRow).join(AccountRow, stands(now)).where(SessionRow.session_id == session_id)
    return (await session.exec(wanted.with_for_update(of=SessionRow))).first()


async def keep(session: AsyncSession, session_id: str) -> None:
    """Let this one session stand although all of its account were ended just now."""
    generation = (
        select_value(col(AccountRow.token_generation))
        .where(col(AccountRow.account_id) == col(SessionRow.account_id))
        .scalar_subquery()
    )
    await session.exec(
        update(SessionRow).where(col(SessionRow.session_id) == session_id).values(generation=generation)
    )


async def end(session: AsyncSession, account_id: str, session_id: str) -> bool:
    """End one session of the account; False when it has none of this id."""
    gone = await session.exec(
        delete(SessionRow).where(
            col(SessionRow.account_id) == account_id, col(SessionRow.session_id) == session_id
        )
    )
    return bool(gone.rowcount)
