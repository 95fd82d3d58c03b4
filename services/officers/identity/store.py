"""Persons, accounts and grants in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.actor import Grant
from services.kit.db import Unit
from services.kit.statements import chunks, insert_new
from services.officers.identity.bonds.tables import MergedRow
from services.officers.identity.factors.tables import FactorRow, RecoveryRow
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.identity.signin import store as signins
from services.officers.identity.signin.tables import SessionRow
from services.officers.identity.tables import AccountRow, CodeRow, GrantRow, PersonRow


async def account_by_login(session: AsyncSession, login: str) -> AccountRow | None:
    """The account that signs in under this name."""
    return (await session.exec(select(AccountRow).where(AccountRow.login == login))).first()


async def account(session: AsyncSession, account_id: str) -> AccountRow | None:
    """The account with this id."""
    return await session.get(AccountRow, account_id)


@dataclass(frozen=True)
class Stands:
    """An account as it stands: whose it is, what it may do now, and which of its sessions are good."""

    person_id: str
    disabled: bool
    grants: tuple[Grant, ...]
    sessions: frozenset[str]


def standing(unit: Unit, account_id: str, now: datetime) -> Stands | None:
    """The account, in one statement; None: there is none of this id."""
    rows: Sequence[Any] = unit.execute(_STANDING, {"account": account_id, "now": now}).all()
    if not rows:
        return None
    granted = {
        (role, place, district): Grant(role=role, unit=place, district=district)
        for *_, role, place, district, until in rows
        if role is not None and (until is None or until > now)
    }
    sessions = frozenset(row[2] for row in rows if row[2] is not None)
    return Stands(rows[0][0], rows[0][1], tuple(granted.values()), sessions)


# Made once: it is asked whenever somebody comes who was not there some seconds ago.
_STANDING = (
    columns(
        col(AccountRow.person_id),
        col(AccountRow.disabled),
        col(SessionRow.session_id),
        *(col(one) for one in (GrantRow.role, GrantRow.unit, GrantRow.district, GrantRow.until)),
    )
    .select_from(AccountRow)
    .join(GrantRow, col(GrantRow.account_id) == col(AccountRow.account_id), isouter=True)
    .join(SessionRow, signins.stands(bindparam("now")), isouter=True)
    .where(col(AccountRow.account_id) == bindparam("account"))
)


async def any_account(session: AsyncSession) -> bool:
    """Whether there is an account at all."""
    return (await session.exec(select(AccountRow.account_id).limit(1))).first() is not None


async def accounts_after(session: AsyncSession, after: str, limit: int) -> Sequence[AccountRow]:
    """A page of accounts in the order of their ids."""
    wanted = select(AccountRow).where(col(AccountRow.account_id) > after)
    return (await session.exec(wanted.order_by(col(AccountRow.account_id)).limit(limit))).all()


async def accounts_of(session: AsyncSession, person_id: str) -> Sequence[AccountRow]:
    """The accounts of a person, in the order of their ids."""
    wanted = select(AccountRow).where(AccountRow.person_id == person_id)
    return (await session.exec(wanted.order_by(col(AccountRow.account_id)))).all()


async def grants_of(session: AsyncSession, account_ids: Sequence[str]) -> dict[str, list[GrantRow]]:
    """The grants of the accounts, expired ones included."""
    found: dict[str, list[GrantRow]] = {account_id: [] for account_id in account_ids}
    for part in chunks(account_ids):
        rows = await session.exec(select(GrantRow).where(col(GrantRow.account_id).in_(part)))
        for row in rows:
            found[row.account_id].append(row)
    return found


async def end_tokens(session: AsyncSession, account_id: str) -> None:
    """End every session of the account."""
    generation = col(AccountRow.token_generation) + 1
    await session.exec(
        update(AccountRow).where(col(AccountRow.account_id) == account_id).values(token_generation=generation)
    )


async def set_password(session: AsyncSession, account_id: str, password_hash: str) -> None:
    """Give the account this password and end its sessions."""
    await session.exec(
        update(AccountRow)
        .where(col(AccountRow.account_id) == account_id)
        .values(password_hash=password_hash, token_generation=col(AccountRow.token_generation) + 1)
    )


async def forget_credentials(session: AsyncSession, account_id: str) -> None:
    """Nobody signs in to the account until its holder has set a password: its sessions, factors and codes end, too."""
    mine = col(AccountRow.account_id) == account_id
    ended = {"password_hash": None, "token_generation": col(AccountRow.token_generation) + 1}
    await session.exec(update(AccountRow).where(mine).values(**ended))
    for table in (FactorRow, RecoveryRow, ProviderLinkRow):
        await session.exec(delete(table).where(col(table.account_id) == account_id))
    unused = (col(CodeRow.account_id) == account_id, col(CodeRow.used_at).is_(None))
    await session.exec(update(CodeRow).where(*unused).values(used_at=datetime.now(UTC)))


async def acting(session: AsyncSession, role: str, now: datetime) -> Sequence[str]:
    """The open accounts with a password that hold the role now."""
    lasting = or_(col(GrantRow.until).is_(None), col(GrantRow.until) > now)
    wanted = (
        select(AccountRow.account_id)
        .join(GrantRow, col(GrantRow.account_id) == col(AccountRow.account_id))
        .where(GrantRow.role == role, lasting, col(AccountRow.disabled).is_(False))
        .where(col(AccountRow.password_hash).is_not(None))
    )
    return (await session.exec(wanted)).all()


async def in_office(
    session: AsyncSession, roles: Collection[str], now: datetime
) -> list[tuple[str, GrantRow]]:
    """Who holds one of the roles now, by person, by an open account with a password."""
    lasting = or_(col(GrantRow.until).is_(None), col(GrantRow.until) > now)
    wanted = (
        select(AccountRow.person_id, GrantRow)
        .join(GrantRow, col(GrantRow.account_id) == col(AccountRow.account_id))
        .where(col(GrantRow.role).in_(roles), lasting, col(AccountRow.disabled).is_(False))
        .where(col(AccountRow.password_hash).is_not(None))
    )
    return list((await session.exec(wanted)).all())


async def locked(session: AsyncSession, account_id: str) -> AccountRow | None:
    """The account, which nobody else changes before this transaction ends."""
    wanted = select(AccountRow).where(AccountRow.account_id == account_id).with_for_update()
    return (await session.exec(wanted)).first()


async def persons_by_key(session: AsyncSession, match_keys: Sequence[str]) -> dict[str, PersonRow]:
    """The persons that are known, by match key."""
    found: dict[str, PersonRow] = {}
    for part in chunks(match_keys):
        rows = await session.exec(select(PersonRow).where(col(PersonRow.match_key).in_(part)))
        found |= {row.match_key: row for row in rows}
    return found


async def persons(session: AsyncSession, person_ids: Sequence[str]) -> list[PersonRow]:
    """The persons with these ids."""
    found: list[PersonRow] = []
    for part in chunks(person_ids):
        rows = await session.exec(select(PersonRow).where(col(PersonRow.person_id).in_(part)))
        found.extend(rows)
    return found


async def add_persons(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert persons whose match key is new; of two imports at once one wins and both then find its row."""
    await insert_new(session, PersonRow, rows)


async def person(session: AsyncSession, person_id: str) -> PersonRow | None:
    """The person with this id."""
    return await session.get(PersonRow, person_id)


async def nominating_units(session: AsyncSession, now: datetime) -> dict[str, frozenset[str]]:
    """Registered nominating units with their districts: those for which an account may act now."""
    wanted = (
        select(GrantRow)
        .join(AccountRow, col(AccountRow.account_id) == col(GrantRow.account_id))
        .where(GrantRow.role == "NOMINATOR", col(AccountRow.disabled).is_(False))
    )
    units: dict[str, frozenset[str]] = {}
    for row in await session.exec(wanted):
        if row.until is None or row.until > now:
            units[row.unit] = units.get(row.unit, frozenset()) | {row.district}
    return units


async def resembling(session: AsyncSession, name_key: str, phone_key: str) -> Sequence[PersonRow]:
    """The persons of this name or with this phone, by their keyed digests; an empty one is nobody's."""
    ways = [col(PersonRow.name_key) == name_key]
    if phone_key:
        ways.append(col(PersonRow.phone_key) == phone_key)
    return (await session.exec(select(PersonRow).where(or_(*ways)))).all()


async def kept_for(session: AsyncSession, person_ids: Sequence[str]) -> dict[str, str]:
    """By identity that was merged into another the one that is kept."""
    found: dict[str, str] = {}
    for part in chunks(person_ids):
        rows = await session.exec(select(MergedRow).where(col(MergedRow.merged_id).in_(part)))
        found |= {row.merged_id: row.kept_id for row in rows}
    return found
