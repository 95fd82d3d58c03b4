"""Tasks: what is being decided, and the acts through which people decide."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from contracts.commands.case import (
    ClaimTask,
    DeclareConflict,
    PassOn,
    ReassignTask,
    ReleaseTask,
)
from contracts.policy import loader
from contracts.vocabulary import TaskState
from services.kit.db import Session
from services.officers.desk.completing import Said
from services.officers.desk.others import about, holders, known
from services.officers.identity import freshness
from services.officers.journal.notes import Noted
from services.officers.office import Office
from services.officers.readmodel.reading import tasks
from services.officers.readmodel.reading.acting import Seen, Wanted, What
from services.officers.readmodel.reading.concerned import Lookup
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.disclosure import (
    Asked,
    has_at_hand,
    may_act,
    may_see_dossier,
)
from services.officers.readmodel.reading.reads import glance
from services.officers.readmodel.tables import CaseRow, TaskRow
from services.officers.routes.caller import (
    Asking,
    Asks,
    AtOffice,
    Caller,
    OpaquePath,
    Permitted,
    answer,
)
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.tasks import (
    AbsenceBody,
    ConflictBody,
    OutcomeBody,
    ReassignBody,
    TaskDetail,
    TaskView,
)
from services.officers.web.etags import check_match, of_content, of_version, tag, unchanged
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/tasks", tags=["tasks"])


@router.get("/{task_id}", responses={**READS, 304: {"description": "Unchanged"}}, response_model=TaskDetail)
async def task_detail(
    task_id: OpaquePath, request: Request, response: Response, office: AtOffice, who: Permitted
) -> object:
    """A task with everything that whoever acts must have seen; its ETag may be sent as If-Match.

    What is personal in it is noted before it is shown. A closed task shows the answer, and nothing else in clear; of
    one that a colleague has claimed nothing is.
    """
    async with office.database.read() as session:
        case, task = await _seen(session, who, task_id)
        asked = may_act(who.scope, Asked.by(task, case))
        acting = asked if task.state != TaskState.OPEN else has_at_hand(who.scope, task, case)
        contents = Contents(office.record_keys, who.scope)
        if acting:
            content = await contents.of_task(session, case, task)
        else:
            known = asked or may_see_dossier(who.scope, case)
            content = {"dossier": contents.dossier(case) if known else None}
        policy = loader.released(task.policy)
        beside = await tasks.side_by_side(session, task) if policy.task(task.kind).people > 1 else ()
        rows = [one.model_dump() for one in (task, *beside)]
        said = await Lookup(office.record_keys, office.persons, who.scope).of_tasks(session, rows)
    now = datetime.now(UTC)
    view, *others = (TaskView.of(row, said[row["task_id"]], now, who.language) for row in rows)
    mine = who.scope.people | who.scope.ids
    signed = any(one.signed_by in mine for one in beside if one.state == TaskState.DONE)
    acts = acting and task.state == TaskState.OPEN and not signed
    detail = TaskDetail.full(task, policy, view, content, others, may_act=acts)
    current = tag(of_version(office.digest_secret, task_id, task.version), of_content(detail))
    headers = {"ETag": current, "Cache-Control": "no-store", "Vary": "Authorization, Accept-Language"}
    if unchanged(request.headers, current):
        # They have it already: nothing is shown, and nothing noted.
        return Response(status_code=304, headers=headers)
    notes = contents.reads.notes(who.actor, Noted.READ, task_id)
    if not notes and (view.nominee or content["dossier"]) and case.person_id not in who.scope.ids:
        notes = (glance(who.actor, case, task_id),)
    await office.journal.note(*notes)
    response.headers.update(headers)
    return detail


@router.post("/{task_id}/outcome", responses=WRITES, response_model=DoneView)
async def complete(
    task_id: OpaquePath, body: OutcomeBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Complete the task with this outcome, form and reason, having seen the content of this digest."""

    def insist(seen: Seen) -> None:
        _insist_unchanged(request, task_id, seen, office)
        asks.caller.shown_within(freshness.for_task(loader.released(seen.policy), seen.task))

    said = Said(task_id, body.outcome, body.seen, body.form, body.reason)
    return answer(await office.completing.complete(asks.ask, asks.caller.scope, said, asks.claim, insist))


@router.post("/{task_id}/claim", responses=WRITES, response_model=DoneView)
async def claim(task_id: OpaquePath, request: Request, asks: Asks, office: AtOffice) -> object:
    """Take the task for oneself; of two claims one wins."""
    return await _send(ClaimTask(claim=asks.claim(), task_id=task_id), request, asks, office)


@router.post("/{task_id}/release", responses=WRITES, response_model=DoneView)
async def release(task_id: OpaquePath, request: Request, asks: Asks, office: AtOffice) -> object:
    """Give a claimed task back."""
    return await _send(ReleaseTask(claim=asks.claim(), task_id=task_id), request, asks, office)


@router.post("/{task_id}/reassign", responses=WRITES, response_model=DoneView)
async def reassign(
    task_id: OpaquePath, body: ReassignBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Give the task to a named person."""
    async with office.desk.asked(asks.ask, _task(task_id, asks)) as write:
        if write.fresh:
            _insist_unchanged(request, task_id, write.seen, office)
        command = ReassignTask(
            claim=asks.claim(), task_id=task_id, person_id=body.person_id, reason=body.reason
        )
        if write.fresh:
            command = about(command, await known(office.database, [body.person_id]))
        return answer(await write.send(command))


@router.post("/{task_id}/conflict", responses=WRITES, response_model=DoneView)
async def conflict(
    task_id: OpaquePath, body: ConflictBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Declare that one may not act on this case; from then on one sees its number only."""
    async with office.desk.asked(asks.ask, _task(task_id, asks)) as write:
        if write.fresh:
            _insist_unchanged(request, task_id, write.seen, office)
        command = DeclareConflict(claim=asks.claim(), task_id=task_id, ground=body.ground, reason=body.reason)
        if write.fresh:
            me = asks.caller.actor.person_id
            command = about(command, await holders(office.database, office.policy, write.seen.asked, me))
        return answer(await write.send(command))


@router.post("/{task_id}/pass-on", responses=WRITES, response_model=DoneView)
async def pass_on(
    task_id: OpaquePath, body: AbsenceBody, request: Request, asks: Asks, office: AtOffice
) -> object:
    """Say that one is absent: the next who may act gets the task, or the level above names somebody."""
    async with office.desk.asked(asks.ask, _task(task_id, asks)) as write:
        if write.fresh:
            _insist_unchanged(request, task_id, write.seen, office)
        command = PassOn(claim=asks.claim(), task_id=task_id, reason=body.reason)
        if write.fresh:
            me = asks.caller.actor.person_id
            command = about(command, await holders(office.database, office.policy, write.seen.asked, me))
        return answer(await write.send(command))


async def _send(command: ClaimTask | ReleaseTask, request: Request, asks: Asking, office: Office) -> object:
    async with office.desk.asked(asks.ask, _task(command.task_id, asks)) as write:
        if write.fresh:
            _insist_unchanged(request, command.task_id, write.seen, office)
        return answer(await write.send(command))


def _insist_unchanged(request: Request, task_id: str, seen: Seen, office: Office) -> None:
    """RefusedError `stale-digest` when the write hangs on another version of the task."""
    check_match(request.headers, of_version(office.digest_secret, task_id, seen.version))


def _task(task_id: str, asks: Asking) -> Wanted:
    return Wanted(What.TASK, task_id, asks.caller.scope)


async def _seen(session: Session, who: Caller, task_id: str) -> tuple[CaseRow, TaskRow]:
    """The task and its case; `unknown-task` alike for none and for another district's."""
    seen = await tasks.task(session, who.scope, task_id)
    if seen is None:
        raise RefusedError("unknown-task")
    if seen.recused:
        raise RefusedError("conflict-of-interest")
    return seen.case, seen.task
