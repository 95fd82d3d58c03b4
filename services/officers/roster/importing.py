"""A roster against what is stored: who is nominated already, and which person each row is."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from contracts import names
from contracts.nominee import RosterEntry
from contracts.policy.model import Text
from contracts.signs import name_key
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.identity import store as people
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.evaluations import Elsewhere, elsewhere
from services.officers.readmodel.tables import BatchRow
from services.officers.roster.faults import ONCE, REMOVE_ROW, CellFault
from services.officers.roster.matching import Known
from services.officers.roster.rows import Candidate

ELECTION_OFFICE = "ELECTION_OFFICE"
_OTHER_NAME = Text(
    zh="该身份证号已登记为另一姓名：请核对身份证上的姓名和号码；如确系更名，请联系选举工作机构",
    en="the ID number is registered under another name: compare both with the card; "
    "after a change of name ask the election office",
)


def roster_digest(body: bytes) -> str:
    """SHA-256 of the file as it was sent."""
    return hashlib.sha256(body).hexdigest()


def own_units(scope: Scope) -> frozenset[tuple[str, str]] | None:
    """The units, each with its district, for which the caller nominates; None for the election office, which enters for
    every one."""
    return None if ELECTION_OFFICE in scope.roles else scope.bringing


async def known_to(session: Session, scope: Scope, batch: BatchRow) -> Known:
    """What the rows are held against for this caller: the election office enters for every unit."""
    units = await people.nominating_units(session, datetime.now(UTC))
    allowed: dict[str, frozenset[str]] | None = None
    if ELECTION_OFFICE not in scope.roles:
        allowed = {}
        for unit, district in scope.bringing:
            allowed[unit] = allowed.get(unit, frozenset()) | {district}
    return Known(frozenset(batch.districts), units, allowed)


async def against_stored(
    session: Session,
    persons: Persons,
    batch_id: str,
    candidates: Sequence[Candidate],
    brought_by: frozenset[tuple[str, str]] | None = None,
) -> list[CellFault]:
    """Faults that only what is stored can tell, of everybody who is known by their ID number.

    At the number of whoever the same unit has nominated in the batch already (another unit may: the eligibility
    check then merges the two cases); at the name of whoever is registered under another one. With `brought_by` only
    of whom these units nominated before, in whatever batch: a trial tells nothing of others' people (faults M2).
    """
    known = await persons.known(session, [one.nominee.id_number for one in candidates])
    if brought_by is not None:
        theirs = await cases.brought(session, sorted(set(known.values())), brought_by)
        known = {number: person for number, person in known.items() if person in theirs}
    taken = await cases.nominated(session, batch_id)
    names = await persons.names(session, sorted(set(known.values())))
    faults = []
    for one in candidates:
        person = known.get(one.nominee.id_number, "")
        case = taken.get((person, one.nominating_unit))
        if case is not None:
            there = Text(
                zh=f"本单位在本批次已推荐此人，办件 {case}",
                en=f"this unit has nominated the person in this batch already: {case}",
            )
            faults.append(one.fault("id_number", there, ONCE, REMOVE_ROW))
        if person in names and name_key(names[person]) != name_key(one.nominee.name):
            faults.append(one.fault("name", _OTHER_NAME))
    return faults


async def entries_of(
    session: Session, persons: Persons, keyring: Keyring, batch_id: str, candidates: Sequence[Candidate]
) -> tuple[RosterEntry, ...]:
    """The roster as commands carry it, with what is on record of each person elsewhere; whoever is new becomes one."""
    identities = [Identity(one.nominee.name, one.nominee.id_number) for one in candidates]
    ids = await persons.ensure(session, identities)
    known = await elsewhere(session, keyring, batch_id, ids.values())
    nowhere = Elsewhere()
    return tuple(
        RosterEntry(
            case_id=names.nomination_id(batch_id, ids[one.nominee.id_number], one.nominating_unit),
            person_id=ids[one.nominee.id_number],
            district=one.district,
            seat=one.seat,
            nominating_unit=one.nominating_unit,
            nominee=one.nominee,
            evaluation=known.get(ids[one.nominee.id_number], nowhere).evaluation,
            sisters=tuple(known.get(ids[one.nominee.id_number], nowhere).sisters),
        )
        for one in candidates
    )
