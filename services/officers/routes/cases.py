"""Cases: where they stand, what happened, and the acts that belong to no task."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from contracts import names
from contracts.commands.base import Command
from contracts.commands.case import RegisterReport, Withdraw
from contracts.events.review import ReportContent
from contracts.policy import loader
from contracts.vocabulary import CaseState, Stage
from services.kit.db import Session
from services.officers.desk.desk import Errand
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.cases import CaseFilter, ShownCase
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.disclosure import DECISIONS, may_act, may_see_dossier, shown_event
from services.officers.readmodel.tables import EventRow
from services.officers.routes.caller import Asks, AtOffice, Caller, CaseReader, OpaquePath, answer
from services.officers.routes.tasks import Word
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.cases import (
    CaseDetail,
    CaseNumberView,
    CaseView,
    EventView,
    NoticeWindowView,
    OpenTaskView,
    ReportBody,
    WithdrawalBody,
    case_fields,
)
from services.officers.views.tasks import TaskView, deadline_of
from services.officers.web.etags import check_match, tag, unchanged
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/cases", tags=["cases"])
LONGEST_CASE = 5000
"""Events of one case that are read at once; a case has a few hundred."""


@router.get("", responses=READS)
async def case_list(
    office: AtOffice,
    who: CaseReader,
    batch: Word = "",
    district: Word = "",
    state: Annotated[CaseState | None, Query()] = None,
    stage: Annotated[Stage | None, Query()] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CaseView]:
    """The cases that the caller may see, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    narrowed = CaseFilter(batch, district, state.value if state else "", stage.value if stage else "")
    async with office.database.read() as session:
        rows, last = cut(await cases.cases_after(session, who.scope, narrowed, after, limit + 1), limit)
    return Page(
        items=[CaseView.of(shown) for shown in rows], next=write_cursor(last.row.case_id) if last else None
    )


@router.get(
    "/{case_id}",
    responses={**READS, 304: {"description": "Unchanged"}},
    response_model=CaseDetail | CaseNumberView,
)
async def case_detail(
    case_id: OpaquePath, request: Request, response: Response, office: AtOffice, who: CaseReader
) -> object:
    """Stage, open tasks with their deadlines explained, decisions with the policy version they rest on."""
    async with office.database.read() as session:
        shown = await _seen(session, who, case_id)
        if await cases.recused(session, case_id, who.actor.person_id):
            return CaseNumberView(case_id=case_id)
        current = tag(shown.row.sequence, who.language)
        headers = {"ETag": current, "Cache-Control": "no-store", "Vary": "Authorization, Accept-Language"}
        if unchanged(request.headers, current):
            return Response(status_code=304, headers=headers)
        detail = await _detail(session, Contents(office.keyring, who.scope), who, shown)
    response.headers.update(headers)
    return detail


@router.get("/{case_id}/timeline", responses=READS)
async def timeline(
    case_id: OpaquePath, office: AtOffice, who: CaseReader, cursor: Cursor = "", limit: Limit = 50
) -> Page[EventView]:
    """What happened, in order, as far as the caller may see it."""
    (after,) = read_cursor(cursor, 0)
    async with office.database.read() as session:
        shown = await _seen(session, who, case_id)
        await _not_recused(session, who, case_id)
        events = await _events(session, who, shown, after)
    rows, last = cut(events[: limit + 1], limit)
    return Page(items=[EventView.of(row) for row in rows], next=write_cursor(last.sequence) if last else None)


@router.post("/{case_id}/withdrawal", responses=WRITES, response_model=DoneView)
async def withdraw(
    case_id: OpaquePath, body: WithdrawalBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Withdraw the nomination: the nominee, or the nominating unit with the nominee's signed paper."""

    def command(head: dict[str, Any]) -> Command:
        return Withdraw(**head, reason=body.reason, document_digest=body.document_digest)

    return await _send(case_id, request, asks, office, command)


@router.post("/{case_id}/reports", status_code=201, responses=WRITES, response_model=DoneView)
async def report(
    case_id: OpaquePath, body: ReportBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Register a report (举报) received during the public notice."""

    def command(head: dict[str, Any]) -> Command:
        content = ReportContent(**body.content.model_dump())
        return RegisterReport(**head, signed=body.signed, channel=body.channel, content=content)

    return await _send(case_id, request, asks, office, command, status=201)


async def _send(
    case_id: str, request: Request, asks: Asks, office: AtOffice, make: Any, status: int = 200
) -> Response:
    async def prepare() -> Errand:
        async with office.database.read() as session:
            shown = await _seen(session, asks.caller, case_id)
            await _not_recused(session, asks.caller, case_id)
        check_match(request.headers, shown.row.sequence)
        head = {"command_id": asks.ask.command_id, "actor": asks.caller.actor, "body_digest": asks.ask.digest}
        return Errand(names.nomination_workflow_id(case_id), make(head))

    return answer(await office.desk.send(asks.ask, prepare, status))


async def _detail(session: Session, contents: Contents, who: Caller, shown: ShownCase) -> CaseDetail:
    row, policy = shown.row, loader.released(shown.row.policy)
    open_tasks = await tasks.open_of_case(session, who.scope, row.case_id)
    acting = any(may_act(who.scope, task, row) for task in open_tasks)
    known = acting or may_see_dossier(who.scope, row)
    team = who.scope.of_team(row.district, row.person_id)
    posted = row.notice_start is not None or row.notice_provisional
    window = NoticeWindowView(start=row.notice_start, end=row.notice_end, provisional=row.notice_provisional)
    return CaseDetail(
        **case_fields(shown),
        round=row.round,
        veto=row.veto,
        late=row.late,
        opinion=row.opinion if team else None,
        held_cause=row.held_cause,
        ended_cause=row.ended_cause,
        election_at=row.election_at,
        content_digest=row.content_digest,
        nominee=contents.nominee(row, acting=acting) if known else None,
        notice=window if posted else None,
        open_tasks=[
            OpenTaskView(
                **TaskView.of(task.model_dump(), policy, who.language).model_dump(),
                deadline=deadline_of(task),
            )
            for task in open_tasks
        ],
        decisions=[EventView.of(event) for event in await _events(session, who, shown, 0, DECISIONS)],
    )


async def _events(
    session: Session, who: Caller, shown: ShownCase, after: int, types: tuple[str, ...] = ()
) -> list[EventRow]:
    """The case's events after a sequence that this caller may see."""
    found = await cases.timeline(session, shown.row.case_id, after, LONGEST_CASE, types)
    own = frozenset(await tasks.ids_of_case(session, who.scope, shown.row.case_id))
    return [row for row in found if shown_event(who.scope, shown.row, row.type, row.payload, own)]


async def _seen(session: Session, who: Caller, case_id: str) -> ShownCase:
    shown = await cases.case(session, who.scope, case_id)
    if shown is None:
        raise RefusedError("unknown-case")
    return shown


async def _not_recused(session: Session, who: Caller, case_id: str) -> None:
    if await cases.recused(session, case_id, who.actor.person_id):
        raise RefusedError("conflict-of-interest")
