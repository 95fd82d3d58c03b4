"""What somebody has begun to write in a task: kept for that account alone, so that no closed window loses it."""

from fastapi import APIRouter, Response

from services.kit.db import Session
from services.officers.drafts.drafts import Written
from services.officers.readmodel.reading import tasks
from services.officers.readmodel.reading.disclosure import Asked, in_whose_place, may_act
from services.officers.readmodel.reading.tasks import SeenTask
from services.officers.routes.caller import AtOffice, Caller, OpaquePath, Permitted
from services.officers.views.base import READS, problems
from services.officers.views.drafts import DraftBody, DraftView, SavedView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/tasks", tags=["tasks"])
SAVES = {**READS, **problems(409, 413, 415)}


@router.put("/{task_id}/draft", responses=SAVES)
async def save_draft(
    task_id: OpaquePath, body: DraftBody, office: AtOffice, who: Permitted, response: Response
) -> SavedView:
    """Keep what is written so far, in place of what was kept before. Whoever may not act here has nothing to keep."""
    response.headers["Cache-Control"] = "no-store"
    async with office.database.write() as session:
        found, place = await _theirs(session, who, task_id)
        told = Written(body.seen, body.content, place)
        kept = await office.drafts.save(session, who.actor, found.case, found.task, told)
    return SavedView.of(kept, found.task)


@router.get("/{task_id}/draft", responses=READS)
async def read_draft(task_id: OpaquePath, office: AtOffice, who: Permitted, response: Response) -> DraftView:
    """What one had written, with whether the task has changed since."""
    response.headers["Cache-Control"] = "no-store"
    async with office.database.read() as session:
        found, place = await _theirs(session, who, task_id)
        draft = await office.drafts.of(session, who.actor, found.task, place)
    if draft is None:
        raise RefusedError("unknown-draft")
    return DraftView.of(draft, found.task)


@router.delete("/{task_id}/draft", status_code=204, responses={**READS, **problems(415)})
async def forget_draft(task_id: OpaquePath, office: AtOffice, who: Permitted) -> Response:
    """Forget what one had written; where nothing was, nothing is forgotten."""
    async with office.database.write() as session:
        await _seen(session, who, task_id)
        await office.drafts.forget(session, who.actor, task_id)
    return Response(status_code=204)


async def _theirs(session: Session, who: Caller, task_id: str) -> tuple[SeenTask, str]:
    """The task, in which the caller may act now, and in whose place: empty for themselves. RefusedError otherwise."""
    found = await _seen(session, who, task_id)
    if not may_act(who.scope, Asked.by(found.task, found.case)):
        raise RefusedError("wrong-role")
    if found.task.state != "open":
        raise RefusedError("task-closed")
    place = in_whose_place(who.scope, found.task, found.case)
    if place is None:
        raise RefusedError("claimed-by-other")
    return found, place


async def _seen(session: Session, who: Caller, task_id: str) -> SeenTask:
    found = await tasks.task(session, who.scope, task_id)
    if found is None:
        raise RefusedError("unknown-task")
    if found.recused:
        raise RefusedError("conflict-of-interest")
    return found
