"""Two identities that are one natural person: their accounts belong to the one that is kept (adr/0030).

All of it runs on a bare connection with both locked, when the record brings what two people decided. What was done
under the other id stays as it is recorded; `Ties.also` makes it count as the same person's.
"""

from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update

from contracts.policy.model import Policy
from services.kit.db import Unit
from services.kit.statements import add_new, chunks
from services.officers.identity import force
from services.officers.identity.bonds.tables import FormerGrantRow, MergedRow, PersonFirmRow
from services.officers.identity.force import Fault
from services.officers.identity.grants import clash
from services.officers.identity.tables import AccountRow

_ACCOUNTS = AccountRow.metadata.tables["accounts"]
_FORMER = FormerGrantRow.metadata.tables["former_grants"]
_FIRMS = PersonFirmRow.metadata.tables["person_firms"]
_MERGED = MergedRow.metadata.tables["merged_persons"]
FAULT = "merge-invalid"


def merging_fault(unit: Unit, kept: str, merged: str, at: datetime, policy: Policy) -> Fault | None:
    """What is wrong with making them one: a chain of merged identities, or roles that one person may not hold."""
    force.lock(unit, {kept, merged})
    both = (kept, merged)
    known = select(_MERGED.c.merged_id).where(or_(_MERGED.c.merged_id.in_(both), _MERGED.c.kept_id == merged))
    if kept == merged or unit.execute(known).first() is not None:
        return Fault(FAULT)
    held = force.held_by(unit, both, at)
    reason = clash([*held[kept], *held[merged]], policy)
    return None if reason is None else Fault("grants-incompatible", reason)


def splitting_fault(unit: Unit, kept: str, merged: str) -> Fault | None:
    """What is wrong with telling them apart again: they are not merged."""
    force.lock(unit, {kept, merged})
    here = select(_MERGED.c.merged_id).where(_MERGED.c.merged_id == merged, _MERGED.c.kept_id == kept)
    return None if unit.execute(here).first() is not None else Fault(FAULT)


def merge(unit: Unit, kept: str, merged: str, at: datetime) -> None:
    """The accounts of the one are the other's, and what bound the one binds the other."""
    theirs = select(_ACCOUNTS.c.account_id).where(_ACCOUNTS.c.person_id == merged)
    accounts = sorted(account for (account,) in unit.execute(theirs))
    row = {"merged_id": merged, "kept_id": kept, "accounts": accounts, "merged_at": at}
    unit.execute(insert(_MERGED), row)
    _give(unit, accounts, kept)
    held = unit.execute(select(_FORMER.c.role, _FORMER.c.until).where(_FORMER.c.person_id == merged)).all()
    add_new(unit, _FORMER, [{"person_id": kept, "role": role, "until": until} for role, until in held])
    for role, until in held:
        own = (_FORMER.c.person_id == kept, _FORMER.c.role == role)
        unit.execute(update(_FORMER).where(*own, _FORMER.c.until < until).values(until=until))
    firms = unit.execute(select(_FIRMS.c.firm).where(_FIRMS.c.person_id == merged)).scalars()
    add_new(unit, _FIRMS, [{"person_id": kept, "firm": firm} for firm in firms])


def split(unit: Unit, kept: str, merged: str) -> None:
    """The accounts go back. What bound both while they were one goes on binding the one that was kept."""
    here = (_MERGED.c.merged_id == merged, _MERGED.c.kept_id == kept)
    accounts = unit.execute(select(_MERGED.c.accounts).where(*here)).scalar_one()
    _give(unit, accounts, merged)
    unit.execute(delete(_MERGED).where(*here))


def forget(unit: Unit) -> None:
    """Before the tables are made anew: every account is again of the identity for which it was opened."""
    for merged, accounts in unit.execute(select(_MERGED.c.merged_id, _MERGED.c.accounts)).all():
        _give(unit, accounts, merged)
    unit.execute(delete(_MERGED))


def _give(unit: Unit, accounts: list[str], person: str) -> None:
    for part in chunks(accounts):
        unit.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.account_id.in_(part)).values(person_id=person))
