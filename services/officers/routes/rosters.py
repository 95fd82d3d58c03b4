"""The import of a roster: tried without any effect, or taken whole."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from contracts.commands.batch import SubmitRoster
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.roster.importing import already_nominated, entries_of, known_to, roster_digest
from services.officers.roster.rows import Candidate, CellFault, read_rows
from services.officers.roster.workbook import WorkbookError, read_workbook
from services.officers.routes.batches import seen
from services.officers.routes.caller import Asking, Asks, AtOffice, OpaquePath, answer
from services.officers.views.base import WRITES, DoneView
from services.officers.views.batches import CellFaultView, RosterView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACT = "submit-roster"
MOST_FAULTS = 500
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
        candidates, faults = await _read(batch_id, request, asks, office)
        language = asks.caller.language
        errors = [CellFaultView.of(fault, language) for fault in faults[:MOST_FAULTS]]
        view = RosterView(valid=not faults, rows=len(candidates), errors=errors)
        return JSONResponse(view.model_dump(), headers={"Cache-Control": "no-store"})

    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        # A repeat is the same roster again, and by now its people are nominated.
        candidates, faults = await _read(batch_id, request, asks, office, again=not write.fresh)
        if faults:
            raise RefusedError("roster-faulty", extra={"errors": [told(f) for f in faults[:MOST_FAULTS]]})
        async with office.database.write() as session:
            entries = await entries_of(session, office.persons, office.record_keys, batch_id, candidates)
        command = SubmitRoster(
            claim=asks.claim(*office.policy.askers(ACT)),
            roster_digest=roster_digest(await request.body()),
            entries=entries,
        )
        return answer(await write.send(command))


async def _read(
    batch_id: str, request: Request, asks: Asking, office: Office, *, again: bool = False
) -> tuple[list[Candidate], list[CellFault]]:
    asks.may(*office.policy.askers(ACT))
    async with office.database.read() as session:
        batch = await seen(session, asks.caller, batch_id)
        known = await known_to(session, asks.caller.scope, batch)
    if request.headers.get("content-type", "").partition(";")[0].strip() != XLSX:
        raise RefusedError("content-type")
    try:
        cells = await asyncio.to_thread(read_workbook, await request.body())
    except WorkbookError as error:
        raise RefusedError(error.code, error.text) from error
    reading = await asyncio.to_thread(read_rows, cells, known, datetime.now(UTC).date())
    if again:
        return reading.candidates, reading.faults
    async with office.database.read() as session:
        repeated = await already_nominated(session, office.persons, batch_id, reading.candidates)
    return reading.candidates, [*reading.faults, *repeated]


def told(fault: CellFault) -> dict[str, object]:
    """A fault as a problem document tells it, in both languages."""
    return {
        "cell": fault.cell,
        "column": fault.column,
        "problem": fault.problem,
        "expected": fault.expected,
    }
