"""A task: what is being decided on the left, the act on the right, and the page that is checked before it is signed."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import AWAY, Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.deciding import OURS, Typed, refused, sheet, shown, typed, wrong
from services.console.facts import changes, flat
from services.console.forms.draw import Known
from services.console.moments import typed_now
from services.console.papers import kept, with_papers
from services.console.picking import PickedForm, picked
from services.console.wording import say

router = APIRouter()
WAS = "was"
"""The purpose under which a page keeps what it has shown, so that a change of it can be told."""
STALE, FRESH, INVALID, CLOSED = "stale-digest", "stale-authentication", "form-invalid", "task-closed"


@router.get("/tasks/{task_id}")
async def task(task_id: str, found: WhoAsks) -> Response:
    """The task, with the draft that was begun in it, if any."""
    read = await found.api.read(f"/tasks/{task_id}")
    draft = await _draft(found, read)
    what = typed(read, draft["content"]) if draft else Typed()
    return await task_page(found, read, what, draft=draft)


@router.post("/tasks/{task_id}/edit")
async def edit(task_id: str, found: WhoAsks) -> Response:
    """The task with what was typed: back from the check, after signing in again, or for another item of a list."""
    read = await found.api.read(f"/tasks/{task_id}")
    return await task_page(found, read, typed(read, await found.posted()))


@router.post("/tasks/{task_id}/check")
async def check(task_id: str, found: WhoAsks) -> Response:
    """What will be on the record, in words; or what is wrong with it, all at once."""
    read = await found.api.read(f"/tasks/{task_id}")
    outcome = (await found.posted()).get("outcome", "")
    sent = await with_papers(found, read["case_id"], task_id, outcome)
    posted = sent.typed
    what = typed(read, posted)
    if "save" in posted:
        problem = await _save(found, task_id, posted)
        if problem is not None:
            return await task_page(found, read, what, problem.status, problem=problem)
        return found.go(f"/tasks/{task_id}")
    if what.asks_for_items:
        return await task_page(found, read, what)
    if read["content_digest"] != posted.get("seen"):
        return await stale_page(found, read, what, posted)
    errors = {**wrong(read, what), **sent.faults}
    if errors:
        return await task_page(found, read, what, 422, errors=errors)
    return await check_page(found, read, what, posted)


@router.post("/tasks/{task_id}/draft")
async def draft(task_id: str, found: WhoAsks) -> Response:
    """Keep what is written so far; a script asks for it now and then."""
    problem = await _save(found, task_id, await found.posted())
    return Response(status_code=problem.status if problem else 204)


@router.post("/tasks/{task_id}/draft/forget")
async def forget(task_id: str, found: WhoAsks) -> Response:
    """Forget what was begun: the task stands there empty again."""
    reply = await found.api.send("DELETE", f"/tasks/{task_id}/draft")
    if reply.problem is not None and reply.problem.status != 404:
        return found.refusal(reply.problem, f"/tasks/{task_id}", "task.back_to")
    return found.go(f"/tasks/{task_id}")


@router.post("/tasks/{task_id}/submit")
async def submit(task_id: str, found: WhoAsks) -> Response:
    """Sign what was checked, under the digest and the key of the page: however often it is sent, it is done once."""
    posted = await found.posted()
    read = await found.api.read(f"/tasks/{task_id}")
    what = typed(read, posted)
    said = {"outcome": what.outcome, "form": what.form, "reason": what.reason, "seen": posted.get("seen", "")}
    reply = await found.api.send("POST", f"/tasks/{task_id}/outcome", said, key=posted.get("key", ""))
    if reply.problem is not None:
        return await _refused(found, read, what, posted, reply.problem)
    if reply.status == 202:
        return found.go(f"/tasks/{task_id}/recording/{reply.body['command_id']}")
    return found.go(f"/tasks/{task_id}/done")


async def _refused(
    found: Asked, read: Mapping[str, Any], what: Typed, posted: Mapping[str, str], problem: Problem
) -> Response:
    """Nothing that was typed is lost, whatever the API said."""
    match problem.code:
        case "stale-digest":
            return await stale_page(found, read, what, posted)
        case "stale-authentication":
            return found.page("sign_in/again.html", 401, kept=found.kept(posted), problem=None)
        case _ if problem.extra.get("errors"):
            errors = refused(problem.extra["errors"])
            return await task_page(found, read, what, problem.status, problem=problem, errors=errors)
        case _ if problem.status == 503 or problem.code == AWAY:
            return await check_page(found, read, what, posted, problem)
    return await task_page(found, read, what, problem.status, problem=problem)


async def task_page(
    found: Asked,
    read: Mapping[str, Any],
    what: Typed,
    status: int = 200,
    *,
    problem: Problem | None = None,
    draft: Mapping[str, Any] | None = None,
    changed: Any = None,
    errors: Mapping[str, Text] | None = None,
) -> Response:
    """The page, with what was typed so far."""
    reader = await found.reader(read["policy"])
    sections, replies = reader.sections(read["content"]), reader.replies(read["content"])
    labels = {name: say(found.language, f"task.{name}") for name in ("outcome", "reason")}
    drawn = (
        sheet(
            read,
            what,
            reader,
            labels,
            errors or {},
            await _picked(found, read, what),
            typed_now(found.console.now()),
        )
        if read["may_act"]
        else None
    )
    return found.page(
        "tasks/task.html",
        status,
        task=read,
        sections=sections,
        replies=replies,
        paper=read["content"].get("paper"),
        sheet=drawn,
        hidden={
            "seen": read["content_digest"],
            "key": found.key(),
            "was": found.console.seal.close(WAS, flat([*sections, *replies])),
            RETURN: f"/tasks/{read['task_id']}/edit",
            **kept(what.posted),
        },
        # What stands beside its field is not said a second time; what has no field here is not lost.
        problem=None if errors and drawn is not None and drawn.mistakes else problem,
        draft=draft,
        changed=changed,
    )


async def stale_page(
    found: Asked, read: Mapping[str, Any], what: Typed, posted: Mapping[str, str]
) -> Response:
    """Another content than the one that was seen: what changed, and what was typed. Only this look takes it over."""
    reader = await found.reader(read["policy"])
    before = found.console.seal.open(WAS, posted.get("was", "")) or []
    now = [*reader.sections(read["content"]), *reader.replies(read["content"])]
    changed = changes(before, now)
    return await task_page(found, read, what, 412, changed=changed)


async def check_page(
    found: Asked,
    read: Mapping[str, Any],
    what: Typed,
    posted: Mapping[str, str],
    problem: Problem | None = None,
) -> Response:
    """What is signed by the next press, and nothing besides."""
    reader = await found.reader(read["policy"])
    return found.page(
        "tasks/check.html",
        problem.status if problem else 200,
        task=read,
        what=what,
        outcome=read["names"].get(what.outcome, what.outcome),
        facts=shown(read, what, reader, await _picked(found, read, what)),
        answered=reader.signed(read["content"]),
        typed=[(name, value) for name, value in posted.items() if name != "save"],
        problem=problem,
    )


async def _picked(found: Asked, read: Mapping[str, Any], what: Typed) -> dict[str, Known]:
    """By outcome, the answers that are chosen from lists."""
    return {
        outcome: await picked(
            found,
            PickedForm(
                hints,
                what.posted,
                what.form if outcome == what.outcome else {},
                case_id=read["case_id"],
                content=read["content"],
                prefix=outcome,
            ),
        )
        for outcome, hints in read["hints"].items()
    }


async def _draft(found: Asked, read: Mapping[str, Any]) -> dict[str, Any] | None:
    """What one had begun to write; None where nothing is kept, or nothing can be.

    RefusedError when nobody knows: over an empty form one would write anew, and what was kept would be lost.
    """
    if not read["may_act"]:
        return None
    reply = await found.api.send("GET", f"/tasks/{read['task_id']}/draft")
    if reply.problem is not None and reply.problem.status != 404:
        raise RefusedError(reply.problem)
    return reply.body if reply.problem is None else None


async def _save(found: Asked, task_id: str, posted: Mapping[str, str]) -> Problem | None:
    content = {name: value for name, value in posted.items() if name not in OURS and value}
    body = {"seen": posted.get("seen", ""), "content": content}
    return (await found.api.send("PUT", f"/tasks/{task_id}/draft", body)).problem
