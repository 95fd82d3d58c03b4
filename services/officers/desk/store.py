"""Commands by idempotency key, and refused acts, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.statements import insert_new, inserted, run
from services.officers.desk.tables import CommandRow, RefusedRow

_COMMANDS = CommandRow.metadata.tables["commands"]


async def claim(session: AsyncSession, values: dict[str, Any]) -> CommandRow | None:
    """None when this account's key is new and now claimed with `values`; else the row that is there."""
    if await inserted(session, CommandRow, values):
        return None
    wanted = select(CommandRow).where(
        CommandRow.account_id == values["account_id"],
        CommandRow.idempotency_key == values["idempotency_key"],
    )
    return (await session.exec(wanted)).one()


async def settle(session: AsyncSession, command_id: str, values: dict[str, Any]) -> None:
    """Store the answer of a command, or where to ask for it."""
    await run(session, update(_COMMANDS).where(_COMMANDS.c.command_id == command_id).values(values))


async def command(session: AsyncSession, account_id: str, command_id: str) -> CommandRow | None:
    """The account's own command with this id."""
    wanted = select(CommandRow).where(
        CommandRow.account_id == account_id, CommandRow.command_id == command_id
    )
    return (await session.exec(wanted)).first()


async def add_refusal(session: AsyncSession, values: dict[str, Any]) -> None:
    """Keep a refused act; the same one is kept once."""
    await insert_new(session, RefusedRow, [values])


async def refusals_after(
    session: AsyncSession, at: datetime, refusal_id: str, limit: int
) -> Sequence[RefusedRow]:
    """A page of refused acts, oldest first, after the given place."""
    later = (col(RefusedRow.at) > at) | (
        (col(RefusedRow.at) == at) & (col(RefusedRow.refusal_id) > refusal_id)
    )
    wanted = select(RefusedRow).where(later).order_by(col(RefusedRow.at), col(RefusedRow.refusal_id))
    return (await session.exec(wanted.limit(limit))).all()
