"""Batches: opened by the election office, filled by rosters, told of the election and of new calendars."""

import hashlib
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from contracts import names
from contracts.commands.base import Command
from contracts.commands.batch import CallElection, LoadCalendar, OpenBatch
from contracts.policy import loader
from services.kit.db import Session
from services.officers.desk.desk import Errand
from services.officers.desk.idempotency import Reply
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.readmodel.tables import BatchRow
from services.officers.routes.caller import Asking, Asks, AtOffice, Caller, CaseReader, OpaquePath, answer
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.batches import (
    BatchBody,
    BatchDetail,
    BatchOpenedView,
    BatchView,
    CalendarBody,
    ElectionBody,
)
from services.officers.web.etags import check_match, tag, unchanged
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])
ELECTION_OFFICE = "ELECTION_OFFICE"


@router.post("", status_code=201, responses=WRITES, response_model=BatchOpenedView)
async def open_batch(body: BatchBody, asks: Asks, office: AtOffice) -> object:
    """Open a batch: policy version, districts and cut-off date are frozen (ST00)."""
    batch_id = "b" + hashlib.sha256(asks.ask.command_id.encode()).hexdigest()[:16]

    async def prepare() -> OpenBatch:
        asks.may(ELECTION_OFFICE)
        if body.policy not in loader.versions():
            raise RefusedError("unknown-policy")
        if len(set(body.districts)) < len(body.districts):
            raise RefusedError("invalid", "districts: a code is repeated")
        return OpenBatch(
            command_id=asks.ask.command_id,
            actor=asks.acting(ELECTION_OFFICE),
            body_digest=asks.ask.digest,
            batch_id=batch_id,
            title=body.title,
            districts=tuple(body.districts),
            policy=body.policy,
            policy_digest=loader.digest(body.policy),
            cut_off=body.cut_off,
        )

    return answer(await office.desk.open_batch(asks.ask, prepare))


@router.get("", responses=READS)
async def batch_list(
    office: AtOffice, who: CaseReader, cursor: Cursor = "", limit: Limit = 50
) -> Page[BatchView]:
    """The batches that concern the caller, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await cases.batches_after(session, who.scope, after, limit + 1), limit)
    return Page(items=[BatchView.of(row) for row in rows], next=write_cursor(last.batch_id) if last else None)


@router.get("/{batch_id}", responses={**READS, 304: {"description": "Unchanged"}}, response_model=BatchDetail)
async def batch_detail(
    batch_id: OpaquePath, request: Request, response: Response, office: AtOffice, who: CaseReader
) -> object:
    """A batch and how many of its cases stand where."""
    async with office.database.read() as session:
        row = await seen(session, who, batch_id)
        counted = await cases.figures(session, who.scope, batch_id)
    figures = hashlib.sha256(repr(counted).encode()).hexdigest()[:12]
    current = tag(row.sequence, figures)
    headers = {"ETag": current, "Cache-Control": "no-store", "Vary": "Authorization"}
    if unchanged(request.headers, current):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return BatchDetail(**BatchView.of(row).model_dump(), cases=counted)


@router.post("/{batch_id}/election", responses=WRITES, response_model=DoneView)
async def call_election(
    batch_id: OpaquePath, body: ElectionBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Set or move the election for every case of the batch."""

    def make(head: dict[str, Any]) -> Command:
        return CallElection(**head, election_at=body.election_at)

    return await _send(batch_id, request, asks, office, make)


@router.post("/{batch_id}/calendars", responses=WRITES, response_model=DoneView)
async def load_calendar(
    batch_id: OpaquePath, body: CalendarBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Load a newly published calendar year; provisional deadlines become real."""

    def make(head: dict[str, Any]) -> Command:
        year = body.calendar_year()
        if any(day.year != body.year for day in (*year.holidays, *year.make_up)):
            raise RefusedError("invalid", f"every day must lie in {body.year}")
        if set(year.holidays) & set(year.make_up):
            raise RefusedError("invalid", "make_up: a day is a holiday as well")
        if any(day.weekday() < 5 for day in year.make_up):
            raise RefusedError("invalid", "make_up: a make-up day falls on a weekend")
        return LoadCalendar(**head, year=year)

    return await _send(batch_id, request, asks, office, make)


async def _send(
    batch_id: str,
    request: Request,
    asks: Asking,
    office: Office,
    make: Callable[[dict[str, Any]], Command],
) -> Response:
    async def prepare() -> Errand:
        asks.may(ELECTION_OFFICE)
        async with office.database.read() as session:
            row = await seen(session, asks.caller, batch_id)
        check_match(request.headers, row.sequence)
        head = {
            "command_id": asks.ask.command_id,
            "actor": asks.acting(ELECTION_OFFICE),
            "body_digest": asks.ask.digest,
        }
        return Errand(names.batch_workflow_id(batch_id), make(head))

    reply: Reply = await office.desk.send(asks.ask, prepare)
    return answer(reply)


async def seen(session: Session, who: Caller, batch_id: str) -> BatchRow:
    """The batch, or RefusedError `unknown-batch` when there is none for this caller."""
    row = await cases.batch(session, who.scope, batch_id)
    if row is None:
        raise RefusedError("unknown-batch")
    return row
