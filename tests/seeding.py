"""Accounts that are simply there, for tests that are about something else than how people come to theirs."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.actor import Grant
from services.kit.db import Database
from services.officers.identity.bonds import store as bonds
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.tables import AccountRow, GrantRow


@dataclass(frozen=True)
class Seeded:
    """An account that is there, and whose it is."""

    account_id: str
    person_id: str


async def seed(
    database: Database,
    persons: Persons,
    login: str,
    password_hash: str,
    identity: Identity,
    grants: Sequence[Grant],
    firms: Sequence[str] = (),
) -> Seeded:
    """Put an account into the tables. Nothing is asked and nothing is recorded."""
    account_id = "a" + secrets.token_hex(12)
    async with database.write() as session:
        known = await persons.ensure(session, [identity])
        person_id = known[identity.id_number]
        session.add(
            AccountRow(
                account_id=account_id,
                login=login,
                person_id=person_id,
                password_hash=password_hash,
                created_at=datetime.now(UTC),
            )
        )
        await session.flush()
        session.add_all(
            GrantRow(account_id=account_id, role=one.role, unit=one.unit, district=one.district)
            for one in grants
        )
        await bonds.add_firms(session, person_id, firms)
    return Seeded(account_id, person_id)
