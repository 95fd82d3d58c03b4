"""Factors and recovery codes in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, literal, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.statements import inserted
from services.officers.identity.factors.tables import FactorRow, RecoveryRow, UsedTicketRow


async def factors_of(session: AsyncSession, account_id: str) -> Sequence[FactorRow]:
    """The account's factors, confirmed or not, in the order of their ids."""
    wanted = select(FactorRow).where(FactorRow.account_id == account_id)
    return (await session.exec(wanted.order_by(col(FactorRow.factor_id)))).all()


async def any_confirmed(session: AsyncSession, account_id: str) -> bool:
    """Whether the account asks for a second factor."""
    wanted = select(FactorRow.factor_id).where(
        FactorRow.account_id == account_id, col(FactorRow.confirmed).is_(True)
    )
    return (await session.exec(wanted.limit(1))).first() is not None


async def use_step(session: AsyncSession, factor_id: str, step: int) -> bool:
    """Whether no code of this step or a later one was used: of two uses at once one is the first."""
    changed = await session.exec(
        update(FactorRow)
        .where(col(FactorRow.factor_id) == factor_id, col(FactorRow.counter) < step)
        .values(counter=step)
    )
    return bool(changed.rowcount)


async def confirm(session: AsyncSession, factor_id: str) -> None:
    """From now on it is asked for."""
    await session.exec(update(FactorRow).where(col(FactorRow.factor_id) == factor_id).values(confirmed=True))


async def remove(session: AsyncSession, account_id: str, factor_id: str) -> bool:
    """Remove a factor of the account; False when it has none of this id."""
    mine = (col(FactorRow.account_id) == account_id, col(FactorRow.factor_id) == factor_id)
    return bool((await session.exec(delete(FactorRow).where(*mine))).rowcount)


async def remove_unconfirmed(session: AsyncSession, account_id: str) -> None:
    """Forget what was begun and never confirmed."""
    begun = (col(FactorRow.account_id) == account_id, col(FactorRow.confirmed).is_(False))
    await session.exec(delete(FactorRow).where(*begun))


async def codes_left(session: AsyncSession, account_id: str) -> int:
    """How many recovery codes were not used yet."""
    return len(
        (await session.exec(select(RecoveryRow.digest).where(RecoveryRow.account_id == account_id))).all()
    )


async def replace_codes(session: AsyncSession, account_id: str, digests: Sequence[str]) -> None:
    """These recovery codes and no others."""
    await session.exec(delete(RecoveryRow).where(col(RecoveryRow.account_id) == account_id))
    session.add_all(RecoveryRow(digest=one, account_id=account_id) for one in digests)


async def use_code(session: AsyncSession, account_id: str, digest: str) -> bool:
    """Whether there was such a recovery code; there is none any more."""
    mine = (col(RecoveryRow.account_id) == account_id, col(RecoveryRow.digest) == digest)
    return bool((await session.exec(delete(RecoveryRow).where(*mine))).rowcount)


async def has_code(session: AsyncSession, account_id: str, digest: str) -> bool:
    """Whether there is such a recovery code."""
    row = await session.get(RecoveryRow, digest)
    return row is not None and row.account_id == account_id


async def by_credential(session: AsyncSession, digest: str) -> FactorRow | None:
    """The passkey whose id has this digest."""
    return (await session.exec(select(FactorRow).where(FactorRow.credential == digest))).first()


async def count(session: AsyncSession, factor_id: str, counter: int) -> bool:
    """Note how often a passkey signed; False when there is none, or when it signed as often before: of two that say
    the same at once one is a copy. Those that do not count say 0 each time."""
    counts_on = or_(
        col(FactorRow.counter) < counter, and_(col(FactorRow.counter) == 0, literal(counter) == 0)
    )
    changed = await session.exec(
        update(FactorRow).where(col(FactorRow.factor_id) == factor_id, counts_on).values(counter=counter)
    )
    return bool(changed.rowcount)


async def use_ticket(session: AsyncSession, ticket_id: str, until: datetime, now: datetime) -> bool:
    """Whether the ticket is used for the first time; those that have run out are forgotten."""
    await session.exec(delete(UsedTicketRow).where(col(UsedTicketRow.until) <= now))
    return await inserted(session, UsedTicketRow, {"ticket_id": ticket_id, "until": until})
