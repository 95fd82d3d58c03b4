"""The integrity index: entered or imported into a batch, and the history of a person or an enterprise."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from contracts.case import CaseKind
from contracts.claim import Claim
from contracts.commands.batch import ImportIndexes
from contracts.matter import IndexEntry, Reading
from contracts.names import integrity_id
from contracts.policy.model import Text
from contracts.vocabulary import Subject
from services.kit.db import Session
from services.officers.identity.persons import Identity
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import cases, integrity
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes.caller import OPAQUE, Asking, Asks, AtOffice, Caller, Permitted, answer
from services.officers.routes.rosters import refusing
from services.officers.routes.tables import people_of, repeated, take_in
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.integrity import IndexesBody, IndexRow, IntegrityView, ReadingView
from services.officers.views.rosters import screenful, told
from services.officers.watching.indexfile import IndexLine, read_indexes
from services.officers.watching.intake import CSV, XLSX, rows_of
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["integrity"])
FILES = (XLSX, CSV)
_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILES},
    }
}
_ONE = Text(
    zh="person_id、credit_code 与 case_id 须填且只填一个", en="person_id, credit_code or case_id, one of them"
)


@router.post("/batches/{batch_id}/indexes", status_code=201, responses=WRITES, response_model=DoneView)
async def indexes(
    batch_id: Annotated[str, Path(pattern=OPAQUE, max_length=121)],
    body: IndexesBody,
    asks: Asks,
    office: AtOffice,
) -> object:
    """Enter one index, or import a table: every faulty cell is named, and with one fault nothing is taken."""

    async def made(claim: Claim, digest: str, rows: Sequence[IndexRow]) -> ImportIndexes:
        return ImportIndexes(
            claim=claim, table_digest=digest, entries=await _entries(office, [_line(row) for row in rows])
        )

    return await take_in(office, asks, batch_id, body, body.rows, made)


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
        digest = hashlib.sha256(body).hexdigest()
        again = await repeated(write, office, batch_id, digest)
        if again is not None:
            return answer(again)
        asks.insist()
        write.insist()
        lines = await _filed(body, request, asks, office)
        command = ImportIndexes(
            claim=asks.claim(), table_digest=digest, entries=await _entries(office, lines)
        )
        return answer(await write.send(command))


async def _filed(body: bytes, request: Request, asks: Asking, office: Office) -> list[IndexLine]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in FILES:
        raise RefusedError("content-type")
    with office.throttle.alone(asks.caller.actor.person_id), refusing():
        cells = await rows_of(kind, body, office.workbooks)
    today = datetime.now(UTC).date()
    reading = await asyncio.to_thread(read_indexes, cells, office.policy.earliest_paper, today)
    if reading.faults or not reading.lines:
        raise RefusedError("roster-faulty", extra=screenful([told(one) for one in reading.faults]))
    return reading.lines


@router.get("/integrity", responses=READS)
async def history(
    office: AtOffice,
    who: Permitted,
    person_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
    credit_code: Annotated[str, Query(pattern=r"^[0-9A-Z]{18}$|^$", max_length=18)] = "",
    case_id: Annotated[
        str,
        Query(
            pattern=f"{OPAQUE}|^$",
            max_length=121,
            description="Of the person whom the case is about, or the file itself",
        ),
    ] = "",
) -> IntegrityView:
    """What was ever measured of a person or an enterprise, by whom and when, and which vetoes were confirmed."""
    if sum(map(bool, (person_id, credit_code, case_id))) != 1:
        raise RefusedError("invalid", _ONE)
    async with office.database.read() as session:
        ident = await _ident(session, who, person_id, credit_code, case_id)
        shown = await cases.case(session, who.scope, ident)
        if shown is None or shown.row.kind != CaseKind.INTEGRITY:
            raise RefusedError("unknown-case")
        if shown.recused or shown.row.person_id in who.actor.ids:
            raise RefusedError("conflict-of-interest")
        found = await integrity.file(session, office.record_keys, shown.row)
    concerned = shown.row.person_id
    await office.journal.note(
        Note.by(who.actor, Noted.READ, ident, case_id=ident, subject=concerned, tier=Tier.RESTRICTED)
    )
    return IntegrityView(
        file=ident,
        subject=found.subject,
        readings=[ReadingView.of(one, office.policy.version, who.language) for one in found.readings],
        vetoed_items=list(found.items),
    )


async def _ident(session: Session, who: Caller, person_id: str, credit_code: str, case_id: str) -> str:
    """Under which number the file is kept. RefusedError for a case that the caller does not see, or is kept from."""
    if credit_code:
        return integrity_id(Subject.ENTERPRISE, credit_code)
    if not case_id:
        return integrity_id(Subject.PERSON, person_id)
    shown = await cases.case(session, who.scope, case_id)
    if shown is None:
        raise RefusedError("unknown-case")
    if shown.recused:
        raise RefusedError("conflict-of-interest")
    if shown.row.kind == CaseKind.INTEGRITY:
        return case_id
    return integrity_id(Subject.PERSON, shown.row.person_id)


def _line(row: IndexRow) -> IndexLine:
    return IndexLine(
        name=row.cells()["name" if row.id_number else "firm"],
        id_number=row.id_number,
        credit_code=row.credit_code,
        index=row.index,
        assessed_on=row.assessed_on,
        source=row.source,
    )


async def _entries(office: Office, lines: Sequence[IndexLine]) -> tuple[IndexEntry, ...]:
    """The table as the command carries it."""
    people = [Identity(line.name, line.id_number) for line in lines if line.id_number]
    ids = await people_of(office, people)
    return tuple(_entry(line, ids.get(line.id_number)) for line in lines)


def _entry(line: IndexLine, person_id: str | None) -> IndexEntry:
    subject = Subject.ENTERPRISE if person_id is None else Subject.PERSON
    return IndexEntry(
        subject=subject,
        file=integrity_id(subject, person_id or line.credit_code),
        person_id=person_id,
        reading=Reading(index=line.index, assessed_on=line.assessed_on, source=line.source),
    )
