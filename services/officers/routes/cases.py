"""Cases of every kind: where they stand, and what happened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request, Response

from contracts.policy.loader import released
from contracts.vocabulary import CaseState, Stage
from services.kit.db import Session
from services.officers.office import Office
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.acquaintance import Acquaintance, Acted
from services.officers.readmodel.reading.cases import CaseFilter, ShownCase
from services.officers.readmodel.reading.concerned import Lookup, Named
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.disclosure import (
    DECISIONS,
    Asked,
    causes_for,
    may_act,
    may_have_shown,
    may_see_dossier,
    secret_stages,
    shown_event,
    shown_payload,
)
from services.officers.readmodel.reading.reads import glance
from services.officers.readmodel.tables import CaseRow, EventRow
from services.officers.routes.caller import AtOffice, Caller, OpaquePath, Permitted, Word
from services.officers.routes.offers import begun_from, of_case
from services.officers.views.base import READS
from services.officers.views.cases import (
    CaseDetail,
    CaseNumberView,
    CaseView,
    EventView,
    OpenTaskView,
    PartView,
    case_fields,
)
from services.officers.views.stages import Known, Place, stages
from services.officers.views.tasks import TaskView, deadline_of
from services.officers.web.etags import of_content, tag, unchanged
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/cases", tags=["cases"])
ENTERED = ("stage-entered",)
LONGEST_CASE = 5000
"""Events of one case that are read at once; a case has a few hundred."""


@router.get("", responses=READS)
async def case_list(
    office: AtOffice,
    who: Permitted,
    kind: Annotated[str, Query(pattern=r"^[a-z\-]{0,31}$")] = "",
    parent: Word = "",
    district: Word = "",
    state: Annotated[CaseState | None, Query()] = None,
    stage: Annotated[Stage | None, Query()] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CaseView | CaseNumberView]:
    """The cases that the caller may see, in the order of their ids; of those they are kept from the number only.

    The names of whom they are about are noted, once for the page, before they are shown.
    """
    (after,) = read_cursor(cursor, "")
    narrowed = CaseFilter(kind, parent, district, state or "", stage or "")
    async with office.database.read() as session:
        rows, last = cut(await cases.cases_after(session, who.scope, narrowed, after, limit + 1), limit)
        lookup = _lookup(office, who)
        named = await lookup.of_cases(session, rows)
    await office.journal.note(*lookup.notes(who.actor, "cases", named))
    return Page(
        items=[listed(shown, named.get(shown.row.case_id), who) for shown in rows],
        next=write_cursor(last.row.case_id) if last else None,
    )


@router.get(
    "/{case_id}",
    responses={**READS, 304: {"description": "Unchanged"}},
    response_model=CaseDetail | CaseNumberView,
)
async def case_detail(
    case_id: OpaquePath, request: Request, response: Response, office: AtOffice, who: Permitted
) -> object:
    """Stage, open tasks with their deadlines explained, decisions with the policy version they rest on.

    That it was read is noted before whom it is about is named.
    """
    async with office.database.read() as session:
        shown = await seen_case(session, who, case_id)
        if shown.recused:
            return CaseNumberView(case_id=case_id)
        standing = await _detail(session, office, who, shown)
        further = await begun_from(office, session, who.scope, shown.row)
    detail = standing.model_copy(update={"acts": [*standing.acts, *further]})
    current = tag(_standing(standing), of_content(detail))
    headers = {"ETag": current, "Cache-Control": "no-store", "Vary": "Authorization, Accept-Language"}
    if unchanged(request.headers, current):
        # They have it already: nothing is shown, and nothing noted.
        return Response(status_code=304, headers=headers)
    if (detail.nominee or detail.dossier) and shown.row.person_id not in who.scope.ids:
        await office.journal.note(glance(who.actor, shown.row, case_id))
    response.headers.update(headers)
    return detail


async def version_of(office: Office, who: Caller, case_id: str) -> str:
    """What stands for the case as this caller sees it now: the tag of its detail."""
    async with office.database.read() as session:
        shown = await seen_case(session, who, case_id)
        return _standing(await _detail(session, office, who, shown))


@router.get("/{case_id}/timeline", responses=READS)
async def timeline(
    case_id: OpaquePath, office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[EventView]:
    """What happened, in order, as far as the caller may see it."""
    (after,) = read_cursor(cursor, 0)
    async with office.database.read() as session:
        shown = await seen_case(session, who, case_id)
        if shown.recused:
            raise RefusedError("conflict-of-interest")
        events = await events_of(session, who, shown)
        rows, last = cut(events[after : after + limit + 1], limit)
        items = await told_events(session, office, who, shown, rows)
    return Page(items=items, next=write_cursor(last.number) if last else None)


def listed(shown: ShownCase, named: Named | None, who: Caller) -> CaseView | CaseNumberView:
    """The row of a list; of a case from which the caller is kept the number only."""
    if shown.recused:
        return CaseNumberView(case_id=shown.row.case_id)
    return CaseView.of(shown, named, who.scope, who.language)


def _standing(detail: CaseDetail) -> str:
    """What stands for the case under a conditional write: that a day passes changes nothing of it."""
    return of_content(detail, but={"open_tasks": {"__all__": {"left"}}, "acts": {"__all__": {"form"}}})


def _lookup(office: Office, who: Caller) -> Lookup:
    return Lookup(office.record_keys, office.persons, who.scope)


async def _detail(session: Session, office: Office, who: Caller, shown: ShownCase) -> CaseDetail:
    row = shown.row
    open_tasks = await tasks.open_of_case(session, who.scope, row.case_id)
    acting = any(may_act(who.scope, Asked.by(task, row)) for task in open_tasks)
    theirs = may_see_dossier(who.scope, row)
    known = acting or theirs
    lookup, now = _lookup(office, who), datetime.now(UTC)
    nominee = await lookup.of_case(session, row) if known else None
    listed = [task.model_dump() for task in open_tasks]
    said = await lookup.of_tasks(session, listed)
    views = [TaskView.of(one, said[one["task_id"]], now, who.language).model_dump() for one in listed]
    causes = causes_for(who.scope, row)
    decisions = await events_of(session, who, shown, DECISIONS)
    return CaseDetail(
        **case_fields(shown, nominee, who.scope, who.language),
        **row.model_dump(include={"round", "content_digest"}),
        held_cause=causes.held,
        ended_cause=causes.ended,
        dossier=Contents(office.record_keys, who.scope).dossier(row) if known else None,
        open_tasks=[
            OpenTaskView(**view, deadline=deadline_of(task))
            for view, task in zip(views, open_tasks, strict=True)
        ],
        stages=dict(await _stages(session, who, shown)),
        decisions=await told_events(session, office, who, shown, decisions),
        reveals=_reveals(who, row),
        sheet=theirs and nominee is not None and _has_sheet(row),
        acts=of_case(who.scope, office.policy, row),
    )


async def _stages(session: Session, who: Caller, shown: ShownCase) -> Mapping[str, Place]:
    row = shown.row
    procedure = released(row.policy).procedures.get(row.kind)
    codes = [one.code.value for one in procedure.stages] if procedure is not None else []
    known = Known(
        entered={str(one.payload["stage"]) for one in await events_of(session, who, shown, ENTERED)},
        worked=await tasks.stages_done(session, who.scope, row.case_id),
        told=who.scope.of_team(row.district, row.person_id),
        secret=secret_stages(who.scope),
    )
    places = stages(codes, row.stage, ended=row.ended_at is not None, known=known)
    # A stage of which nothing is told is not named: what no case of the kind has had yet tells nothing of this one.
    return {code: place for code, place in places.items() if place not in {"ahead", "unsaid"}}


def _has_sheet(row: CaseRow) -> bool:
    procedure = released(row.policy).procedures.get(row.kind)
    return procedure is not None and bool(procedure.sheet)


def _reveals(who: Caller, row: CaseRow) -> list[PartView]:
    disclosure = released(row.policy).disclosure
    shown = may_have_shown(who.scope, row, disclosure)
    return [
        PartView(code=one.code, name=one.name, tier=one.tier)
        for one in disclosure.personal
        if one.code in shown
    ]


class ShownEvent(NamedTuple):
    """An event that the caller may see, numbered among those that are shown: a gap would tell of what is hidden."""

    number: int
    row: EventRow
    payload: Mapping[str, Any]


async def told_events(
    session: Session, office: Office, who: Caller, shown: ShownCase, events: Sequence[ShownEvent]
) -> list[EventView]:
    """The events with who acted in them, as far as the caller may know them."""
    acted = [Acted(shown.row.case_id, one.row.person_id, one.row.role) for one in events]
    acquaintance = Acquaintance(office.persons, who.scope)
    known = await acquaintance.named(session, {shown.row.case_id: shown.row}, acted)
    return [
        EventView.of(one.row, one.number, one.payload, known.get(by), who.language)
        for one, by in zip(events, acted, strict=True)
    ]


async def events_of(
    session: Session, who: Caller, shown: ShownCase, types: tuple[str, ...] = ()
) -> list[ShownEvent]:
    """The case's events that this caller may see, and of these types when any are named."""
    found = await cases.timeline(session, shown.row.case_id, 0, LONGEST_CASE, types)
    own = frozenset(await tasks.ids_of_case(session, who.scope, shown.row.case_id))
    seen = [
        row for row in found if shown_event(who.scope, shown.row, (row.type, row.version), row.payload, own)
    ]
    return [
        ShownEvent(number, row, shown_payload(who.scope, shown.row, row.payload, own))
        for number, row in enumerate(seen, 1)
    ]


async def seen_case(session: Session, who: Caller, case_id: str) -> ShownCase:
    shown = await cases.case(session, who.scope, case_id)
    if shown is None:
        raise RefusedError("unknown-case")
    return shown
