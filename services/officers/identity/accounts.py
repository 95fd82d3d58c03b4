"""What may be asked for accounts: each thing by itself, and all of it against what people hold already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import assert_never

from contracts.access import (
    AnyRequest,
    ChangeGrants,
    DisableAccount,
    EnableAccount,
    Given,
    Identity,
    MergePersons,
    NewAccount,
    OpenAccounts,
    ResetCredentials,
    SplitPersons,
    concerned,
    never_asking,
)
from contracts.base import Digest
from contracts.emergency import EmergencyReading
from contracts.names import account_id
from contracts.numbers import resident_id_fault
from contracts.policy.model import Policy, Text
from contracts.signs import name_key
from services.kit.db import Session, Unit
from services.officers.identity import force, merging
from services.officers.identity import store as people
from services.officers.identity.force import Fault, Wanted
from services.officers.identity.grants import grant_fault
from services.officers.identity.persons import Identity as Civil
from services.officers.identity.persons import Persons
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError, at

_OWN = Text(zh="任何人不得为本人申请账户", en="nobody asks for accounts of their own")


@dataclass(frozen=True)
class Holder:
    """Somebody who is to have an account, and what it may do."""

    login: str
    identity: Identity
    grants: Sequence[Given] = field(default_factory=tuple)
    firms: Sequence[Digest] = field(default_factory=tuple)
    """Digests of the credit codes of the person's firms (SOD-06)."""
    unlike: Sequence[str] = field(default_factory=tuple)
    """People who only look like this one."""


class Accounts:
    """Every method works inside the caller's transaction and raises RefusedError."""

    def __init__(self, persons: Persons, policy: Policy) -> None:
        self._persons = persons
        self._policy = policy

    async def opening(self, session: Session, case_id: str, holders: Sequence[Holder]) -> OpenAccounts:
        """The request that opens these accounts. The same ID number is the same person, under whatever login.

        Whoever is new becomes a person with an opaque id; that gives nobody any right.
        """
        today = datetime.now(UTC).date()
        for number, one in enumerate(holders):
            fault = resident_id_fault(one.identity.id_number, today)
            if fault is not None:
                raise RefusedError("id-number-invalid", at(f"accounts.{number}", fault))
            self._check_each(one.grants, number)
        civil = [civil_of(one.identity) for one in holders]
        known = await self._persons.ensure(session, civil)
        return OpenAccounts(
            accounts=tuple(
                NewAccount(
                    account_id=account_id(case_id, number),
                    person_id=known[one.identity.id_number],
                    login=one.login,
                    identity=one.identity,
                    firms=tuple(one.firms),
                    grants=tuple(one.grants),
                    unlike=tuple(one.unlike),
                )
                for number, one in enumerate(holders)
            )
        )

    async def account(self, session: Session, account_id: str) -> AccountRow:
        """The account that something is asked about."""
        account = await people.account(session, account_id)
        if account is None:
            raise RefusedError("unknown-account")
        return account

    async def check(self, session: Session, request: AnyRequest, asker: str) -> None:
        """Nobody is to approve what could not take force, and nobody asks for what is their own."""
        if asker in never_asking(request):
            raise RefusedError("conflict-of-interest", _OWN)
        if isinstance(request, ChangeGrants):
            self._check_each(request.grants)
        if isinstance(request, OpenAccounts):
            await self._check_names(session, request)
            await self._check_alike(session, request)
        connection = await session.connection()
        fault = await connection.run_sync(partial(self._fault, request=request, at=datetime.now(UTC)))
        if fault is not None:
            raise RefusedError(fault.code, fault.said or "")

    def _fault(self, unit: Unit, request: AnyRequest, at: datetime) -> Fault | None:
        policy = self._policy
        match request:
            case OpenAccounts(accounts=accounts):
                wanted = [Wanted(one.account_id, one.person_id, one.login, one.grants) for one in accounts]
                faults = force.opening_faults(unit, wanted, at, policy)
                found = ((number, faults.get(one.account_id)) for number, one in enumerate(accounts))
                return next((_line(number, fault) for number, fault in found if fault), None)
            case ChangeGrants(account_id=account, person_id=person, grants=grants):
                return force.granting_fault(unit, account, person, grants, at, policy, asked=True)
            case DisableAccount(account_id=account):
                return force.leaving_fault(unit, account, (), at, asked=True)
            case EnableAccount(account_id=account, person_id=person):
                return force.enabling_fault(unit, account, person, at, policy)
            case ResetCredentials() | EmergencyReading():
                return None
            case MergePersons(kept=kept, merged=merged):
                return merging.merging_fault(unit, kept, merged, at, policy)
            case SplitPersons(kept=kept, merged=merged):
                return merging.splitting_fault(unit, kept, merged)
            case _:
                assert_never(request)

    async def _check_names(self, session: Session, request: OpenAccounts) -> None:
        """`identity-mismatch` when an ID number is registered under another name; two spellings of one are the same."""
        names = await self._persons.names(session, sorted(concerned(request)))
        for number, one in enumerate(request.accounts):
            if name_key(names[one.person_id]) != name_key(one.identity.name):
                raise RefusedError("identity-mismatch", _nth(number))

    async def _check_alike(self, session: Session, request: OpenAccounts) -> None:
        """`identity-alike` when somebody may be the same person under another number, unless the request says no."""
        for number, one in enumerate(request.accounts):
            found = await self._persons.alike(session, civil_of(one.identity))
            unsaid = [person for person in found if person not in one.unlike]
            if unsaid:
                people = ", ".join(unsaid)
                raise RefusedError(
                    "identity-alike",
                    at(
                        f"accounts.{number}",
                        Text(
                            zh=f"与 {people} 可能是同一人；确非同一人的，请在“相似而并非同一人的编号”中写明",
                            en=f"may be {people}; if they are others, name them among those who only look alike",
                        ),
                    ),
                )

    def _check_each(self, grants: Sequence[Given], account: int | None = None) -> None:
        for number, one in enumerate(grants):
            fault = grant_fault(one.grant, self._policy)
            if fault is not None:
                place = f"grants.{number}" if account is None else f"accounts.{account}.grants.{number}"
                raise RefusedError("grant-invalid", at(place, fault))


def civil_of(identity: Identity) -> Civil:
    """The identity as natural persons are found by it."""
    return Civil(identity.name, identity.id_number, identity.phone)


def _nth(number: int) -> Text:
    return Text(zh=f"第 {number + 1} 个账户", en=f"account {number + 1} of the list")


def _line(number: int, fault: Fault) -> Fault:
    said = _nth(number) if fault.said is None else at(f"accounts.{number}", fault.said)
    return Fault(fault.code, said)
