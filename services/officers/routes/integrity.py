"""The integrity index: entered or imported into a batch, and the history of a person or an enterprise."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from contracts.canonical import digest_of
from contracts.commands.batch import ImportIndexes
from contracts.matter import IndexEntry, Reading
from contracts.names import integrity_id
from contracts.vocabulary import Subject
from services.officers.identity.persons import Identity
from services.officers.identity.scope import AUDITOR
from services.officers.office import Office
from services.officers.readmodel.reading import integrity
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, Caller, answer, holder
from services.officers.routes.rosters import refusing
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.integrity import IndexesBody, IndexRow, IntegrityView, ReadingView
from services.officers.views.rosters import row_faults, screenful, told
from services.officers.watching.indexfile import IndexLine, read_indexes
from services.officers.watching.intake import CSV, XLSX, rows_of
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["integrity"])
ACT = "import-indexes"
FILES = (XLSX, CSV)
_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILES},
    }
}
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
    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        roles = office.policy.askers(ACT)
        if write.fresh:
            asks.may(*roles)
            faults = row_faults([row.cells() for row in body.rows], datetime.now(UTC).date())
            if faults:
                raise RefusedError("roster-faulty", extra=screenful(faults))
        command = ImportIndexes(
            claim=asks.claim(*roles),
            table_digest=digest_of(body.model_dump(mode="json")),
            entries=await _entries(office, [_line(row) for row in body.rows]),
        )
        return answer(await write.send(command))


@router.post(
    "/batches/{batch_id}/indexes/file",
    status_code=201,
    responses=WRITES,
    response_model=DoneView,
    openapi_extra=_BODY,
)
async def index_file(
    batch_id: Annotated[str, Path(pattern=OPAQUE, max_length=121)],
    request: Request,
    asks: Asks,
    office: AtOffice,
) -> object:
    """Import a table of indexes as .xlsx or .csv: every faulty cell is named, and with one fault nothing is taken."""
    body = await request.body()
    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        roles = office.policy.askers(ACT)
        if write.fresh:
            asks.may(*roles)
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind not in FILES:
            raise RefusedError("content-type")
        with refusing():
            cells = await rows_of(kind, body, office.workbooks)
        earliest, today = office.policy.earliest_paper, datetime.now(UTC).date()
        reading = await asyncio.to_thread(read_indexes, cells, earliest, today)
        if reading.faults or not reading.lines:
            raise RefusedError("roster-faulty", extra=screenful([told(one) for one in reading.faults]))
        command = ImportIndexes(
            claim=asks.claim(*roles),
            table_digest=hashlib.sha256(body).hexdigest(),
            entries=await _entries(office, reading.lines),
        )
        return answer(await write.send(command))


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
    return IntegrityView(
        file=ident,
        subject=found.subject,
        readings=[ReadingView.of(one, office.policy.version, who.language) for one in found.readings],
        vetoed_items=list(found.items),
    )


def _line(row: IndexRow) -> IndexLine:
    fields = ("id_number", "credit_code", "index", "assessed_on", "source")
    name = row.cells()["name" if row.id_number else "firm"]
    return IndexLine(name=name, **{field: getattr(row, field) for field in fields})


async def _entries(office: Office, lines: Sequence[IndexLine]) -> tuple[IndexEntry, ...]:
    """The table as the command carries it; whoever is new becomes a person."""
    people = [Identity(line.name, line.id_number) for line in lines if line.id_number]
    async with office.database.write() as session:
        ids = await office.persons.ensure(session, people)
        for one in people:
            await office.persons.check_name(session, ids[one.id_number], one.name)
    return tuple(_entry(line, ids.get(line.id_number)) for line in lines)


def _entry(line: IndexLine, person_id: str | None) -> IndexEntry:
    subject = Subject.ENTERPRISE if person_id is None else Subject.PERSON
    return IndexEntry(
        subject=subject,
        file=integrity_id(subject, person_id or line.credit_code),
        person_id=person_id,
        reading=Reading(index=line.index, assessed_on=line.assessed_on, source=line.source),
    )
