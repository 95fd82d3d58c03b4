"""A roster against what is stored: who is nominated already, and which person each row is."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from contracts import names
from contracts.nominee import RosterEntry
from contracts.policy.model import Text
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.identity import store as people
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.evaluations import Elsewhere, elsewhere
from services.officers.readmodel.tables import BatchRow
from services.officers.roster.columns import COLUMNS
from services.officers.roster.rows import Candidate, CellFault, Known

ELECTION_OFFICE = "ELECTION_OFFICE"


def roster_digest(body: bytes) -> str:
    """SHA-256 of the file as it was sent."""
    return hashlib.sha256(body).hexdigest()


async def known_to(session: Session, scope: Scope, batch: BatchRow) -> Known:
    """What the rows are held against for this caller: the election office enters for every unit."""
    units = await people.nominating_units(session, datetime.now(UTC))
    allowed: dict[str, frozenset[str]] | None = None
    if ELECTION_OFFICE not in scope.roles:
        allowed = {}
        for unit, district in scope.bringing:
            allowed[unit] = allowed.get(unit, frozenset()) | {district}
    return Known(frozenset(batch.districts), units, allowed)


async def already_nominated(
    session: Session, persons: Persons, batch_id: str, candidates: Sequence[Candidate]
) -> list[CellFault]:
    """A fault at the ID number of everybody whom the same unit has nominated in the batch already.

    Another unit may nominate the same person: the eligibility check then merges the two cases.
    """
    known = await persons.known(session, [one.nominee.id_number for one in candidates])
    taken = await cases.nominated(session, batch_id)
    column = next(column for column in COLUMNS if column.key == "id_number")
    return [
        CellFault(
            one.cells["id_number"],
            "id_number",
            Text(
                zh=f"本单位在本批次已推荐此人，办件 {taken[who]}",
                en=f"this unit has nominated the person in this batch already: {taken[who]}",
            ),
            column.expected,
        )
        for one in candidates
        if (who := (known.get(one.nominee.id_number, ""), one.nominating_unit)) in taken
    ]


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
