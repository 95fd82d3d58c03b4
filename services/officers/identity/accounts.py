"""Opening, closing and changing accounts. What one person may hold is asked over all of their accounts."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from contracts.actor import Grant
from contracts.base import Digest
from contracts.numbers import resident_id_fault
from contracts.policy.model import Policy, Text
from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.bonds import store as bonds
from services.officers.identity.grants import clash, grant_fault
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.standing import Standings
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.web.problems import RefusedError


@dataclass(frozen=True)
class NewAccount:
    """An account to be opened. The password comes hashed: hashing is slow and needs no transaction."""

    login: str
    password_hash: str
    identity: Identity
    grants: Sequence[tuple[Grant, datetime | None]] = field(default_factory=tuple)
    firms: Sequence[Digest] = field(default_factory=tuple)
    """Digests of the credit codes of the person's firms (SOD-06)."""


@dataclass(frozen=True)
class Opened:
    """An account that was opened, and the natural person it belongs to."""

    account_id: str
    person_id: str


class Accounts:
    """Every method works inside the caller's transaction and raises RefusedError."""

    def __init__(self, persons: Persons, policy: Policy, standings: Standings) -> None:
        self._persons = persons
        self._policy = policy
        self._standings = standings

    async def open(self, session: Session, new: NewAccount) -> Opened:
        """Open an account; the same ID number is the same person, whatever the login."""
        fault = resident_id_fault(new.identity.id_number, datetime.now(UTC).date())
        if fault is not None:
            raise RefusedError("id-number-invalid", fault)
        self._check_each([grant for grant, _ in new.grants])
        if await people.account_by_login(session, new.login) is not None:
            raise RefusedError("login-taken")
        known = await self._persons.ensure(session, [new.identity])
        person_id = known[new.identity.id_number]
        await self._persons.check_name(session, person_id, new.identity.name)
        held = await people.grants_of_person(session, person_id)
        self._check_together([*held, *(grant for grant, _ in new.grants)])
        await bonds.add_firms(session, person_id, new.firms)
        return await insert_account(session, person_id, new)

    async def grant(
        self, session: Session, account_id: str, grants: Sequence[tuple[Grant, datetime | None]]
    ) -> None:
        """Give the account these grants instead of those it has."""
        account = await self._account(session, account_id)
        self._check_each([grant for grant, _ in grants])
        await self._end(session, account, {grant.role for grant, _ in grants})
        await people.replace_grants(session, account_id, [])
        held = await people.grants_of_person(session, account.person_id)
        self._check_together([*held, *(grant for grant, _ in grants)])
        await people.replace_grants(session, account_id, _rows(account_id, grants))
        self._standings.forget(account_id)

    async def disable(self, session: Session, account_id: str) -> None:
        """Close the account; its tokens are useless at once."""
        account = await self._account(session, account_id)
        await self._end(session, account, set())
        await people.disable(session, account_id)
        self._standings.forget(account_id)

    async def _end(self, session: Session, account: AccountRow, kept: set[str]) -> None:
        """What was held while a batch ran counts in all of it, so a role that ends is kept as one that was held."""
        now = datetime.now(UTC)
        held = (await people.grants_of(session, [account.account_id]))[account.account_id]
        running = {row.role for row in held if row.until is None or row.until > now}
        await bonds.ended(session, account.person_id, sorted(running - kept), now)

    async def _account(self, session: Session, account_id: str) -> AccountRow:
        account = await people.account(session, account_id)
        if account is None:
            raise RefusedError("unknown-account")
        return account

    def _check_each(self, grants: Sequence[Grant]) -> None:
        for number, grant in enumerate(grants):
            fault = grant_fault(grant, self._policy)
            if fault is not None:
                where = Text(zh=f"grants.{number}：{fault.zh}", en=f"grants.{number}: {fault.en}")
                raise RefusedError("grant-invalid", where)

    def _check_together(self, grants: Sequence[Grant]) -> None:
        reason = clash(grants, self._policy)
        if reason is not None:
            raise RefusedError("grants-incompatible", reason)


async def insert_account(session: Session, person_id: str, new: NewAccount) -> Opened:
    """Insert the rows of an account whose grants were checked."""
    account_id = "a" + secrets.token_hex(12)
    row = AccountRow(
        account_id=account_id,
        login=new.login,
        person_id=person_id,
        password_hash=new.password_hash,
        created_at=datetime.now(UTC),
    )
    await people.add_account(session, row, _rows(account_id, new.grants))
    return Opened(account_id, person_id)


def _rows(account_id: str, grants: Sequence[tuple[Grant, datetime | None]]) -> list[GrantRow]:
    # The same grant twice would be two rows of one key; the later end holds.
    ends = {(grant.role, grant.unit, grant.district): until for grant, until in grants}
    return [
        GrantRow(account_id=account_id, role=role, unit=unit, district=district, until=until)
        for (role, unit, district), until in ends.items()
    ]
