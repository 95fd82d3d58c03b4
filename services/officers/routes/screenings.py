"""Lists come in, whole or not at all; what they say of people goes out to those who may look into it."""

import asyncio
import hashlib
from datetime import datetime, timedelta, timezone
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from contracts.case import CaseKind
from contracts.commands.screening import ImportList
from contracts.listed import ListFile, Mode, Provenance
from contracts.policy import loader
from services.kit.db import Session
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.routes.caller import Asking, Asks, AtOffice, Caller, OpaquePath, Permitted, answer
from services.officers.routes.rights import RULES
from services.officers.routes.rosters import refusing
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.rosters import SCREEN, CellFaultView, screenful, told
from services.officers.views.screenings import ListView, MatchView, NamesakeView
from services.officers.views.texts import Line
from services.officers.watching.entries import entries_digest
from services.officers.watching.intake import JSON, KINDS, SCHEMA, rows_of
from services.officers.watching.rows import Bounds, ListReading, read_list
from services.officers.web.days import PastDay
from services.officers.web.media import kind_of
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/screenings", tags=["screenings"])
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS},
            JSON: {"schema": SCHEMA},
        },
    }
}
ListCode = Annotated[str, Path(pattern=r"^[a-z][a-z\-]{0,40}$", max_length=41)]
Said = Annotated[Line, Query()]


@router.post(
    "/{case_id}/lists/{list_code}",
    status_code=201,
    responses={**WRITES, 200: {"model": ListView, "description": "A dry run"}},
    response_model=DoneView,
    openapi_extra=_BODY,
)
async def import_list(
    case_id: OpaquePath,
    list_code: ListCode,
    request: Request,
    asks: Asks,
    office: AtOffice,
    issuer: Said,
    document_no: Said,
    as_of: Annotated[PastDay, Query(description="The day for which the issuer says that the list holds")],
    mode: Annotated[Mode, Query(description="A whole list, or what came and went since")] = "full",
    dry_run: Annotated[bool, Query(description="Only say what is wrong; nothing is stored")] = True,
) -> Response:
    """Import a list as .xlsx, .csv or JSON: every faulty cell is named, and with one fault nothing is taken."""
    body = await request.body()
    if dry_run:
        reading = await _read(case_id, list_code, body, request, asks, office, mode, issuer)
        errors = [CellFaultView.of(one, asks.caller.language) for one in reading.faults[:SCREEN]]
        view = ListView(
            valid=not errors,
            entries=len(reading.lines),
            masked=sum(line.masked for line in reading.lines),
            entries_digest=entries_digest(reading.lines),
            faults=len(reading.faults),
            more=len(reading.faults) - len(errors),
            errors=errors,
        )
        return JSONResponse(view.model_dump(mode="json"), headers={"Cache-Control": "no-store"})

    async with office.desk.asked(asks.ask, Wanted(What.CASE, case_id, asks.caller.scope)) as write:
        reading = await _read(case_id, list_code, body, request, asks, office, mode, issuer)
        if reading.faults:
            raise RefusedError("list-faulty", extra=screenful([told(one) for one in reading.faults]))
        digest = hashlib.sha256(body).hexdigest()
        async with office.database.write() as session:
            # What is kept counts only once the record names it; a file that no book comes to name is dropped again.
            await office.lists.keep(session, list_code, digest, reading.lines)
        file = ListFile(
            list=list_code,
            mode=mode,
            file_digest=digest,
            entries_digest=entries_digest(reading.lines),
            entries=len(reading.lines),
            masked=sum(line.masked for line in reading.lines),
            provenance=Provenance(issuer=issuer, document_no=document_no, as_of=as_of),
        )
        command = ImportList(claim=asks.claim(), file=file)
        return answer(await write.send(command))


async def _read(
    case_id: str,
    list_code: str,
    body: bytes,
    request: Request,
    asks: Asking,
    office: Office,
    mode: Mode,
    issuer: str,
) -> ListReading:
    asks.insist()
    async with office.database.read() as session:
        shown = await _seen(session, asks.caller, case_id)
    policy = loader.released(shown.row.policy)
    try:
        watched = policy.watched(list_code)
    except KeyError as error:
        raise RefusedError("unknown-list") from error
    kind = kind_of(request.headers, KINDS)
    zone = timezone(timedelta(hours=policy.calendar.utc_offset_hours))
    today = datetime.now(zone).date()
    bounds = Bounds(watched, mode, issuer, policy.earliest_paper, today)
    with office.throttle.alone(asks.caller.actor.person_id), refusing():
        cells = await rows_of(kind, body, office.workbooks)
    return await asyncio.to_thread(read_list, cells, bounds)


@router.get("/{case_id}/matches", responses=READS)
async def match_list(case_id: OpaquePath, office: AtOffice, who: Permitted) -> list[MatchView]:
    """Matches of the book, those that ended included, of the cases that the caller may see."""
    async with office.database.read() as session:
        await _seen(session, who, case_id)
        events = await office.matches.of_book(session, case_id, who.scope)
        concerned = await cases.concerned_in(session, {str(said.plain["case_id"]) for said in events})
    looks = RULES["POST /screenings/{case_id}/doubts"].lets(who.scope, office.policy)
    if looks:
        await office.journal.note(*(_entry_read(who, case_id, *one) for one in sorted(concerned.items())))
    return [MatchView(**{**said.plain, "entry": said.entry if looks else None}) for said in events]


@router.get("/{case_id}/namesakes/{about}", responses=READS)
async def namesake_list(
    case_id: OpaquePath, about: OpaquePath, office: AtOffice, who: Permitted
) -> list[NamesakeView]:
    """Entries with the name of a case's person or firm and another number: a warning, never a match."""
    async with office.database.read() as session:
        book = await _seen(session, who, case_id)
        shown = await cases.case(session, who.scope, about)
        # Nobody looks into their own case by an office that they hold.
        if shown is None or shown.recused or not who.scope.of_team(shown.row.district, shown.row.person_id):
            raise RefusedError("unknown-case")
    found = await office.matches.namesakes(book.row, shown.row)
    await office.journal.note(_entry_read(who, case_id, about, shown.row.person_id))
    return [NamesakeView(**one) for one in found]


def _entry_read(who: Caller, book: str, case_id: str, concerned: str) -> Note:
    return Note.by(
        who.actor,
        Noted.READ,
        book,
        case_id=case_id,
        subject=concerned,
        tier=Tier.RESTRICTED,
        fields=("findings:entry",),
    )


async def _seen(session: Session, who: Caller, case_id: str) -> ShownCase:
    shown = await cases.case(session, who.scope, case_id)
    if shown is None or shown.row.kind != CaseKind.SCREENING:
        raise RefusedError("unknown-case")
    return shown
