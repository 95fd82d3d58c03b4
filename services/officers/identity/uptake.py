"""Brings what the record says of accounts into the tables that sign-in reads: once each, in order, in one unit.

A change that can no longer take force, because of what was approved in the meantime, is left out whole, and its request
says so. Passwords and used codes are no part of the record: making the tables anew leaves them as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never, get_args

from sqlalchemy import delete, select, update

from contracts import catalogue
from contracts.access import Given
from contracts.case import CaseKind
from contracts.envelope import Envelope
from contracts.events.access import (
    AccountDisabled,
    AccountEnabled,
    AccountsOpened,
    CredentialsReset,
    GrantsChanged,
    PersonsMerged,
    PersonsSplit,
)
from contracts.policy.model import Policy
from services.kit.db import Unit
from services.kit.recordreader import Entry
from services.kit.sealing import Keyring, open_sealed
from services.kit.statements import add_new, chunks
from services.officers.identity import force, merging
from services.officers.identity.bonds.tables import FormerGrantRow, PersonFirmRow
from services.officers.identity.factors.tables import FactorRow, RecoveryRow
from services.officers.identity.force import Fault, Wanted
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.identity.tables import AccountRow, CodeRow, GrantRow

Change = (
    AccountsOpened
    | GrantsChanged
    | AccountDisabled
    | AccountEnabled
    | CredentialsReset
    | PersonsMerged
    | PersonsSplit
)
CHANGES: Mapping[str, type[Change]] = {one.type: one for one in get_args(Change)}

_ACCOUNTS = AccountRow.metadata.tables["accounts"]
_GRANTS = GrantRow.metadata.tables["grants"]
_CODES = CodeRow.metadata.tables["codes"]
_FORMER = FormerGrantRow.metadata.tables["former_grants"]
_FACTORS = FactorRow.metadata.tables["factors"]
_RECOVERY = RecoveryRow.metadata.tables["recovery_codes"]
_LINKS = ProviderLinkRow.metadata.tables["provider_links"]
_FIRMS = PersonFirmRow.metadata.tables["person_firms"]


class Uptake:
    """Makes accounts what the record says they are."""

    def __init__(self, record_keys: Keyring, policy: Policy) -> None:
        """`record_keys` opens logins; `policy` says which roles one person may hold together."""
        self._keys = record_keys
        self._policy = policy

    def apply(self, unit: Unit, entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
        """Make the changes; by request and account, or identity, the code for which one was left out."""
        aside: dict[str, dict[str, str]] = {}
        for envelope in (entry.envelope for entry in entries):
            if envelope.kind != CaseKind.ACCESS or envelope.type not in CHANGES:
                continue
            for account_id, fault in self._take(unit, envelope).items():
                aside.setdefault(envelope.case_id, {})[account_id] = fault.code
        return aside

    def _take(self, unit: Unit, envelope: Envelope) -> dict[str, Fault]:
        event, at = self._event(envelope), envelope.at
        match event:
            case AccountsOpened():
                return self._open(unit, envelope, event)
            case GrantsChanged(account_id=account, person_id=person, grants=grants):
                fault = force.granting_fault(unit, account, person, grants, at, self._policy)
                if fault is None:
                    end_grants(unit, account, person, {one.grant.role for one in grants}, at)
                    unit.execute(delete(_GRANTS).where(_GRANTS.c.account_id == account))
                    add_new(unit, _GRANTS, grant_rows(account, grants))
            case AccountDisabled(account_id=account, person_id=person):
                force.lock(unit, {person})
                fault = force.leaving_fault(unit, account, (), at)
                if fault is None:
                    end_grants(unit, account, person, (), at)
                    _set(unit, account, disabled=True, token_generation=_ACCOUNTS.c.token_generation + 1)
            case AccountEnabled(account_id=account, person_id=person):
                fault = force.enabling_fault(unit, account, person, at, self._policy)
                if fault is None:
                    _set(unit, account, disabled=False)
            case CredentialsReset(account_id=account, codes_until=until):
                fault = None
                if _new_codes(unit, envelope.case_id, [account], until):
                    _set(
                        unit,
                        account,
                        password_hash=None,
                        token_generation=_ACCOUNTS.c.token_generation + 1,
                    )
                    # Whoever lost the password may have lost what shows the second factor, too; and whoever else
                    # had it may have let themselves in by other ways.
                    for table in (_FACTORS, _RECOVERY, _LINKS):
                        unit.execute(delete(table).where(table.c.account_id == account))
            case PersonsMerged(kept=kept, merged=account):
                fault = merging.merging_fault(unit, kept, account, at, self._policy)
                if fault is None:
                    merging.merge(unit, kept, account, at)
            case PersonsSplit(kept=kept, merged=account):
                fault = merging.splitting_fault(unit, kept, account)
                if fault is None:
                    merging.split(unit, kept, account)
            case _:
                assert_never(event)
        return {} if fault is None else {account: fault}

    def _open(self, unit: Unit, envelope: Envelope, event: AccountsOpened) -> dict[str, Fault]:
        logins = event.private.logins
        wanted = [
            Wanted(one.account_id, one.person_id, logins[one.account_id], one.grants)
            for one in event.accounts
        ]
        faults = force.opening_faults(unit, wanted, envelope.at, self._policy)
        opened = [one for one in event.accounts if one.account_id not in faults]
        rows = [
            {
                "account_id": one.account_id,
                "login": logins[one.account_id],
                "person_id": one.person_id,
                "password_hash": None,
                "disabled": False,
                "token_generation": 0,
                "created_at": envelope.at,
                "opened_by": envelope.case_id,
            }
            for one in opened
        ]
        add_new(unit, _ACCOUNTS, rows)
        ids = [one.account_id for one in opened]
        for part in chunks(ids):
            # Of those that were there already, when the tables are made anew.
            unit.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.account_id.in_(part)).values(disabled=False))
        add_new(unit, _GRANTS, [row for one in opened for row in grant_rows(one.account_id, one.grants)])
        firms = [{"person_id": one.person_id, "firm": firm} for one in opened for firm in one.firms]
        add_new(unit, _FIRMS, firms)
        _new_codes(unit, envelope.case_id, ids, event.codes_until)
        return faults

    def _event(self, envelope: Envelope) -> Change:
        private = None if envelope.sealed is None else open_sealed(envelope.sealed, envelope.id, self._keys)
        event = catalogue.build(envelope.type, envelope.version, envelope.payload, private)
        if not isinstance(event, Change):
            raise TypeError(envelope.type)
        return event


def forget(unit: Unit) -> None:
    """Before the tables are made anew: nobody holds what the record has not said yet. The holders' passwords stay."""
    merging.forget(unit)
    recorded = select(_ACCOUNTS.c.account_id).where(_ACCOUNTS.c.opened_by != "")
    unit.execute(delete(_GRANTS).where(_GRANTS.c.account_id.in_(recorded)))
    unit.execute(delete(_FORMER))
    unit.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.opened_by != "").values(disabled=True))


def grant_rows(account_id: str, grants: Iterable[Given]) -> list[dict[str, Any]]:
    """The rows of grants. The same grant twice would be two rows of one key; the later in the list holds."""
    ends = {(one.grant.role, one.grant.unit, one.grant.district): one.until for one in grants}
    return [
        {"account_id": account_id, "role": role, "unit": unit, "district": district, "until": until}
        for (role, unit, district), until in ends.items()
    ]


def end_grants(unit: Unit, account_id: str, person_id: str, kept: Iterable[str], at: datetime) -> None:
    """What was held while a batch ran counts in all of it, so a role that ends is kept as one that was held."""
    rows = unit.execute(
        select(_GRANTS.c.role, _GRANTS.c.until).where(_GRANTS.c.account_id == account_id)
    ).all()
    ended = {role for role, until in rows if until is None or until > at} - {*kept}
    known = (_FORMER.c.person_id == person_id, _FORMER.c.role.in_(sorted(ended)))
    add_new(unit, _FORMER, [{"person_id": person_id, "role": role, "until": at} for role in sorted(ended)])
    unit.execute(update(_FORMER).where(*known, _FORMER.c.until < at).values(until=at))


def _new_codes(unit: Unit, case_id: str, accounts: Sequence[str], until: datetime) -> bool:
    """Let the holders set a password; False when this request did so before. Codes given earlier count no more."""
    here = select(_CODES.c.account_id).where(_CODES.c.case_id == case_id)
    known = {account for (account,) in unit.execute(here)}
    fresh = [account for account in accounts if account not in known]
    for part in chunks(fresh):
        older = (_CODES.c.account_id.in_(part), _CODES.c.used_at.is_(None))
        unit.execute(update(_CODES).where(*older).values(used_at=until))
    add_new(unit, _CODES, [{"account_id": account, "case_id": case_id, "until": until} for account in fresh])
    return bool(fresh)


def _set(unit: Unit, account_id: str, **values: Any) -> None:
    unit.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.account_id == account_id).values(**values))
