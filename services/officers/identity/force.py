"""Whether a change of accounts can take force: asked when it is asked for, and again when the record brings it.

Between the two, others may have been approved. All of it runs on a bare connection with the natural persons locked,
so that of two changes at one instant the second sees what the first one did, on PostgreSQL too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from contracts.access import Given
from contracts.actor import Grant
from contracts.policy.model import Policy, Text
from services.kit.db import Unit
from services.kit.statements import chunks
from services.officers.identity.grants import clash
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.identity.tables import AccountRow, CodeRow, GrantRow

ADMINISTRATORS = ("SYS_ADMIN", "SECURITY_ADMIN", "AUDITOR")
"""Of each of them somebody must remain: without the one nobody asks for accounts, without another nobody approves."""

LOCK = 0x71785F706572736F
"""Sets the keys of persons apart from other advisory locks."""

_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(person, $2)) FROM unnest($1::text[]) AS held (person)"
_ACCOUNTS = AccountRow.metadata.tables["accounts"]
_GRANTS = GrantRow.metadata.tables["grants"]
_LINKS = ProviderLinkRow.metadata.tables["provider_links"]
_CODES = CodeRow.metadata.tables["codes"]


@dataclass(frozen=True)
class Fault:
    """Why a change cannot take force, as a code of the table of problems."""

    code: str
    said: Text | None = None


@dataclass(frozen=True)
class Wanted:
    """An account that is to be opened, as far as it can meet others."""

    account_id: str
    person_id: str
    login: str
    grants: Sequence[Given]


def opening_faults(unit: Unit, wanted: Sequence[Wanted], at: datetime, policy: Policy) -> dict[str, Fault]:
    """What is wrong with accounts to be opened, by their ids: those before them in the list count as opened."""
    lock(unit, {one.person_id for one in wanted})
    taken = _taken(unit, {one.login for one in wanted})
    held = held_by(unit, {one.person_id for one in wanted}, at)
    faults: dict[str, Fault] = {}
    for one in wanted:
        together = [*held[one.person_id], *running(one.grants, at)]
        reason = clash(together, policy)
        if taken.get(one.login, one.account_id) != one.account_id:
            faults[one.account_id] = Fault("login-taken")
        elif reason is not None:
            faults[one.account_id] = Fault("grants-incompatible", reason)
        else:
            taken[one.login] = one.account_id
            held[one.person_id] = together
    return faults


def granting_fault(
    unit: Unit,
    account_id: str,
    person_id: str,
    grants: Sequence[Given],
    at: datetime,
    policy: Policy,
    *,
    asked: bool = False,
) -> Fault | None:
    """What is wrong with giving an account these grants instead of those it has."""
    lock(unit, {person_id})
    given = running(grants, at)
    others = held_by(unit, {person_id}, at, without=account_id)[person_id]
    reason = clash([*others, *given], policy)
    if reason is not None:
        return Fault("grants-incompatible", reason)
    kept = {one.grant.role for one in grants if one.until is None}
    return leaving_fault(unit, account_id, kept, at, asked=asked)


def enabling_fault(unit: Unit, account_id: str, person_id: str, at: datetime, policy: Policy) -> Fault | None:
    """What is wrong with letting an account sign in again with what it was granted."""
    lock(unit, {person_id})
    rows = unit.execute(select(_GRANTS).where(_GRANTS.c.account_id == account_id, _running(at)))
    own = [Grant(role=row.role, unit=row.unit, district=row.district) for row in rows]
    others = held_by(unit, {person_id}, at, without=account_id)[person_id]
    reason = clash([*others, *own], policy)
    return None if reason is None else Fault("grants-incompatible", reason)


def leaving_fault(
    unit: Unit, account_id: str, kept: Collection[str], at: datetime, *, asked: bool = False
) -> Fault | None:
    """Whether the account is the last through which one of the administrators acts, and is to be so no more.

    Somebody remains only where the role is held for good by an account whose holder has come: one that ends, or of
    which nobody has a password, leaves nobody. `kept` are the roles that the account is to hold for good. When it is
    `asked` for, who remains must be able to sign in as well; what the record brings is held against the record alone.
    """
    remains = (_GRANTS.c.until.is_(None), _came(at), *((_signs_in(),) if asked else ()))
    here = (_GRANTS.c.role.in_(ADMINISTRATORS), _running(at), _ACCOUNTS.c.disabled.is_(False))
    rows = unit.execute(
        select(_GRANTS.c.role, _GRANTS.c.account_id, and_(*remains))
        .join(_ACCOUNTS, _ACCOUNTS.c.account_id == _GRANTS.c.account_id)
        .where(*here)
        .with_for_update()
    ).all()
    lost = {role for role, holder, _ in rows if holder == account_id} - {*kept}
    left = {role for role, holder, stays in rows if holder != account_id and stays}
    last = sorted(lost - left)
    if not last:
        return None
    roles = "、".join(last)
    return Fault(
        "last-administrator", Text(zh=f"这是最后一个：{roles}", en=f"this is the last one: {', '.join(last)}")
    )


def lock(unit: Unit, person_ids: Collection[str]) -> None:
    """Hold these natural persons, in one order, until the unit ends. SQLite has one writer and needs no more.

    Not by their rows: whoever locks a row on PostgreSQL needs the right to change it, and nobody changes a person.
    """
    if unit.dialect.name == "postgresql" and person_ids:
        unit.exec_driver_sql(_HOLD, (sorted(person_ids), LOCK))


def held_by(
    unit: Unit, person_ids: Collection[str], at: datetime, without: str = ""
) -> dict[str, list[Grant]]:
    """By person, what runs at an instant over all their accounts that are not disabled, `without` one of them."""
    found: dict[str, list[Grant]] = {person: [] for person in person_ids}
    for part in chunks(sorted(person_ids)):
        rows = unit.execute(
            select(_ACCOUNTS.c.person_id, _GRANTS.c.role, _GRANTS.c.unit, _GRANTS.c.district)
            .join(_ACCOUNTS, _ACCOUNTS.c.account_id == _GRANTS.c.account_id)
            .where(
                _ACCOUNTS.c.person_id.in_(part),
                _ACCOUNTS.c.disabled.is_(False),
                _ACCOUNTS.c.account_id != without,
                _running(at),
            )
        )
        for person, role, of_unit, district in rows:
            found[person].append(Grant(role=role, unit=of_unit, district=district))
    return found


def running(grants: Sequence[Given], at: datetime) -> list[Grant]:
    """Those of the grants that run at an instant."""
    return [one.grant for one in grants if one.until is None or one.until > at]


def _running(at: datetime) -> Any:
    return or_(_GRANTS.c.until.is_(None), _GRANTS.c.until > at)


def _came(at: datetime) -> Any:
    """Whether the holder had set a password by then; of the first accounts, which no record opened, it is believed.

    Told by the codes, which stay as they are when the tables are made anew: what was left out then is left out again.
    """
    # A code that another took the place of is used up no earlier than its own time was over.
    by_holder = or_(_CODES.c.until.is_(None), _CODES.c.used_at < _CODES.c.until)
    used = select(_CODES.c.case_id).where(
        _CODES.c.account_id == _ACCOUNTS.c.account_id, _CODES.c.used_at <= at, by_holder
    )
    return or_(_ACCOUNTS.c.opened_by == "", used.exists())


def _signs_in() -> Any:
    link = select(_LINKS.c.account_id).where(_LINKS.c.account_id == _ACCOUNTS.c.account_id)
    return or_(_ACCOUNTS.c.password_hash.is_not(None), link.exists())


def _taken(unit: Unit, logins: Collection[str]) -> dict[str, str]:
    """By login the account that has it."""
    found: dict[str, str] = {}
    for part in chunks(sorted(logins)):
        wanted = select(_ACCOUNTS.c.login, _ACCOUNTS.c.account_id).where(_ACCOUNTS.c.login.in_(part))
        found |= {row.login: row.account_id for row in unit.execute(wanted)}
    return found
