"""The integrity index: entered or imported into a batch, and the history of a person or an enterprise."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from contracts.claim import Claim
from contracts.commands.batch import ImportIndexes
from contracts.matter import IndexEntry, Reading
from contracts.names import integrity_id
from contracts.vocabulary import Subject
from services.officers.identity.persons import Identity
from services.officers.identity.scope import AUDITOR
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import integrity
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, Caller, holder
from services.officers.routes.tables import people_of, take_in
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.integrity import IndexesBody, IndexRow, IntegrityView, ReadingView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["integrity"])
ACT = "import-indexes"
Keeper = Annotated[Caller, Depends(holder("ELECTION_OFFICE", AUDITOR))]
"""A file is of no one district: whoever reads it answers for all of them."""


@router.post("/batches/{batch_id}/indexes", status_code=201, responses=WRITES, response_model=DoneView)
async def indexes(
    batch_id: Annotated[str, Path(pattern=OPAQUE, max_length=121)],
    body: IndexesBody,
    asks: Asks,
    office: AtOffice,
) -> object:
    """Enter one index, or import a table: every faulty cell is named, and with one fault nothing is taken."""

    async def made(claim: Claim, digest: str, rows: Sequence[IndexRow]) -> ImportIndexes:
        return ImportIndexes(claim=claim, table_digest=digest, entries=await _entries(office, rows))

    return await take_in(office, asks, batch_id, ACT, body, body.rows, made)


@router.get("/integrity", responses=READS)
async def history(
    office: AtOffice,
    who: Keeper,
    person_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
    credit_code: Annotated[str, Query(pattern=r"^[0-9A-Z]{18}$|^$", max_length=18)] = "",
) -> IntegrityView:
    """What was ever measured of a person or an enterprise, by whom and when, and which vetoes were confirmed."""
    if bool(person_id) is bool(credit_code):
        raise RefusedError("invalid", "person_id or credit_code, one of them")
    subject = Subject.PERSON if person_id else Subject.ENTERPRISE
    ident = integrity_id(subject, person_id or credit_code)
    async with office.database.read() as session:
        found = await integrity.file(session, office.record_keys, ident)
    if found is None:
        raise RefusedError("unknown-case")
    await office.journal.note(
        Note.by(who.actor, Noted.READ, ident, case_id=ident, subject=person_id, tier=Tier.RESTRICTED)
    )
    return IntegrityView(
        file=ident,
        subject=found.subject,
        readings=[ReadingView.of(one, office.policy.version, who.language) for one in found.readings],
        vetoed_items=list(found.items),
    )


async def _entries(office: Office, rows: Sequence[IndexRow]) -> tuple[IndexEntry, ...]:
    """The table as the command carries it."""
    people = [Identity(row.cells()["name"], row.id_number) for row in rows if row.id_number]
    ids = await people_of(office, people)
    return tuple(_entry(row, ids.get(row.id_number)) for row in rows)


def _entry(row: IndexRow, person_id: str | None) -> IndexEntry:
    subject = Subject.ENTERPRISE if person_id is None else Subject.PERSON
    return IndexEntry(
        subject=subject,
        file=integrity_id(subject, person_id or row.credit_code),
        person_id=person_id,
        reading=Reading(index=row.index, assessed_on=row.assessed_on, source=row.source),
    )
