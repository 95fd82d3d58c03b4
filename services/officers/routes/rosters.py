"""The import of a roster: tried without any effect, or taken whole."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from contracts.commands.batch import SubmitRoster
from contracts.policy.model import Text
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.roster.cells import WorkbookError
from services.officers.roster.faults import CellFault
from services.officers.roster.importing import (
    against_stored,
    entries_of,
    known_to,
    own_units,
    roster_digest,
)
from services.officers.roster.rows import Reading, read_rows
from services.officers.routes.batches import seen
from services.officers.routes.caller import Asking, Asks, AtOffice, OpaquePath, answer
from services.officers.routes.tables import repeated
from services.officers.views.base import WRITES, DoneView
from services.officers.views.rosters import RosterView, mark_of, screenful, told
from services.officers.web.media import kind_of
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT_NOWHERE = {"Cache-Control": "no-store"}
_BODY = {
    "requestBody": {"required": True, "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.post(
    "/{batch_id}/roster",
    status_code=201,
    responses={**WRITES, 200: {"model": RosterView, "description": "A dry run"}},
    response_model=DoneView,
    openapi_extra=_BODY,
)
async def roster(
    batch_id: OpaquePath,
    request: Request,
    asks: Asks,
    office: AtOffice,
    dry_run: Annotated[bool, Query(description="Only say what is wrong; nothing is stored")] = True,
) -> Response:
    """Import an .xlsx roster: every faulty cell is named, and with one fault nobody is imported.

    After the nomination window the roster waits until somebody else of the election office lets it in.
    """
    if dry_run:
        reading = await _tried(batch_id, request, asks, office)
        view = RosterView.of(reading, asks.caller.language)
        return JSONResponse(view.model_dump(), headers=_KEPT_NOWHERE)

    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        # A repeat is the same roster again, and by now its people are nominated.
        digest = roster_digest(await request.body())
        known = await repeated(write, office, batch_id, digest)
        if known is not None:
            return answer(known)
        reading = await _read(batch_id, request, asks, office)
        if write.fresh:
            reading.faults += await _stored(batch_id, reading, office)
        if reading.faults:
            raise RefusedError("roster-faulty", extra=screenful([told(fault) for fault in reading.faults]))
        async with office.database.write() as session:
            entries = await entries_of(
                session, office.persons, office.record_keys, batch_id, reading.candidates
            )
        command = SubmitRoster(
            claim=asks.claim(),
            roster_digest=digest,
            entries=entries,
        )
        return answer(await write.send(command))


@router.post(
    "/{batch_id}/roster/marked",
    responses={**WRITES, 200: {"content": {XLSX: {}}, "description": "The workbook with its faults marked"}},
    response_class=Response,
    openapi_extra=_BODY,
)
async def marked(batch_id: OpaquePath, request: Request, asks: Asks, office: AtOffice) -> Response:
    """The caller's own workbook back: every faulty cell coloured, what is wrong as a comment. Nothing is stored."""
    reading = await _tried(batch_id, request, asks, office)
    marks = [mark_of(fault, asks.caller.language) for fault in reading.faults]
    with office.throttle.alone(asks.caller.actor.person_id), refusing():
        body = await office.workbooks.marked(await request.body(), marks)
    named = {"Content-Disposition": 'attachment; filename="roster-marked.xlsx"'}
    return Response(body, media_type=XLSX, headers={**_KEPT_NOWHERE, **named})


async def _tried(batch_id: str, request: Request, asks: Asking, office: Office) -> Reading:
    """The roster with every fault that may be told before it is handed in; that it was tried is noted."""
    reading = await _read(batch_id, request, asks, office)
    reading.faults += await _stored(batch_id, reading, office, own_units(asks.caller.scope))
    tried = (f"rows:{len(reading.candidates)}", f"file:{roster_digest(await request.body())}")
    actor = asks.caller.actor
    await office.journal.note(Note.by(actor, Noted.PREVIEW, batch_id, tier=Tier.INTERNAL, fields=tried))
    return reading


async def _stored(
    batch_id: str, reading: Reading, office: Office, brought_by: frozenset[tuple[str, str]] | None = None
) -> list[CellFault]:
    async with office.database.read() as session:
        return await against_stored(session, office.persons, batch_id, reading.candidates, brought_by)


async def _read(batch_id: str, request: Request, asks: Asking, office: Office) -> Reading:
    asks.insist()
    async with office.database.read() as session:
        batch = await seen(session, asks.caller, batch_id)
        known = await known_to(session, asks.caller.scope, batch)
    kind_of(request.headers, (XLSX,))
    with office.throttle.alone(asks.caller.actor.person_id), refusing():
        book = await office.workbooks.book(await request.body())
    return await asyncio.to_thread(read_rows, book, known, datetime.now(UTC).date())


@contextmanager
def refusing() -> Iterator[None]:
    """A workbook that is refused is answered as what it is."""
    try:
        yield
    except WorkbookError as error:
        raise RefusedError(error.code, Text(zh=error.zh, en=error.en)) from error
