"""Who has a task: taking it, giving it back, giving it to somebody else, and keeping away from the case."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from contracts.words.loader import words
from services.console.api import Problem
from services.console.asked import Asked, WhoAsks

router = APIRouter()
Text = Annotated[str, Form()]


@router.post("/tasks/{task_id}/claim")
async def claim(task_id: str, found: WhoAsks, key: Text = "") -> Response:
    """Take the task; when somebody was quicker, the page says so."""
    return await _act(found, task_id, "claim", None, key)


@router.post("/tasks/{task_id}/release")
async def release(task_id: str, found: WhoAsks, key: Text = "") -> Response:
    """Give it back."""
    return await _act(found, task_id, "release", None, key)


@router.get("/tasks/{task_id}/reassign")
async def reassign_form(task_id: str, found: WhoAsks) -> Response:
    """The colleagues who hold the task's role there, by name."""
    return await _reassign(found, task_id)


@router.post("/tasks/{task_id}/reassign")
async def reassign(
    task_id: str, found: WhoAsks, person_id: Text = "", reason: Text = "", key: Text = ""
) -> Response:
    """Give it to a named person."""
    if not person_id or not reason.strip():
        return await _reassign(found, task_id, person_id=person_id, reason=reason, lacking=True)
    said = {"person_id": person_id, "reason": reason.strip()}
    reply = await found.api.send("POST", f"/tasks/{task_id}/reassign", said, key=key)
    if reply.problem is not None:
        return await _reassign(found, task_id, person_id=person_id, reason=reason, problem=reply.problem)
    return found.go(f"{found.tasks_address}#{task_id}")


@router.post("/tasks/{task_id}/pass-on")
async def pass_on(task_id: str, found: WhoAsks, reason: Text = "", key: Text = "") -> Response:
    """Let the next who may act have it: nothing keeps one from the case, one is only not there."""
    return await _act(found, task_id, "pass-on", {"reason": reason.strip()}, key)


@router.get("/tasks/{task_id}/recuse")
async def recuse_form(task_id: str, found: WhoAsks) -> Response:
    """The form, without the file: whoever must keep away has not opened it."""
    return _recuse(found, task_id)


@router.post("/tasks/{task_id}/recuse")
async def recuse(
    task_id: str, found: WhoAsks, ground: Text = "", reason: Text = "", key: Text = ""
) -> Response:
    """Declare it; from then on one sees the number only."""
    if not ground or not reason.strip():
        return _recuse(found, task_id, ground=ground, reason=reason, lacking=True)
    said = {"ground": ground, "reason": reason.strip()}
    reply = await found.api.send("POST", f"/tasks/{task_id}/conflict", said, key=key)
    if reply.problem is not None:
        return _recuse(found, task_id, ground=ground, reason=reason, problem=reply.problem)
    return found.page("tasks/recused.html", task_id=task_id)


async def _reassign(
    found: Asked,
    task_id: str,
    *,
    person_id: str = "",
    reason: str = "",
    lacking: bool = False,
    problem: Problem | None = None,
) -> Response:
    task = await found.api.read(f"/tasks/{task_id}")
    asked = {"role": task["role"], "unit": task["unit"], "district": task["district"]}
    people = await found.api.read("/people", **asked, limit=200)
    return found.page(
        "tasks/reassign.html",
        422 if lacking else problem.status if problem else 200,
        task=task,
        people=[one for one in people["items"] if one["person_id"] != task["claimed_by"]],
        person_id=person_id,
        reason=reason,
        lacking=lacking,
        problem=problem,
        key=found.key(),
    )


def _recuse(
    found: Asked,
    task_id: str,
    *,
    ground: str = "",
    reason: str = "",
    lacking: bool = False,
    problem: Problem | None = None,
) -> Response:
    return found.page(
        "tasks/recuse.html",
        422 if lacking else problem.status if problem else 200,
        task_id=task_id,
        grounds=list(words("ground")),
        ground=ground,
        reason=reason,
        lacking=lacking,
        problem=problem,
        key=found.key(),
    )


async def _act(found: Asked, task_id: str, act: str, body: dict[str, Any] | None, key: str) -> Response:
    reply = await found.api.send("POST", f"/tasks/{task_id}/{act}", body, key=key)
    if reply.problem is not None:
        return found.refusal(reply.problem, f"/tasks/{task_id}", "task.back_to")
    return found.go(f"/tasks/{task_id}" if act == "claim" else f"{found.tasks_address}#{task_id}")
