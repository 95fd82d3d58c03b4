"""After an act: that it is being recorded, that it is done, and what comes next."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.api import RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches

router = APIRouter()


@router.get("/tasks/{task_id}/recording/{command_id}")
async def recording(task_id: str, command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record: the page asks again by itself until it is."""
    reply = await found.api.send("GET", f"/commands/{command_id}")
    if reply.problem is not None and reply.problem.status != 503:
        raise RefusedError(reply.problem)
    if reply.status == 200:
        return found.go(f"/tasks/{task_id}/done")
    return found.page("tasks/recording.html", 202, task_id=task_id)


@router.get("/tasks/{task_id}/done")
async def done(task_id: str, found: WhoAsks) -> Response:
    """It is on the record; the next one that is due stands ready."""
    read = await found.api.read(f"/tasks/{task_id}")
    return found.page("tasks/done.html", task=read, following=await following(found, read))


async def following(found: Asked, read: dict[str, Any]) -> dict[str, Any] | None:
    """The next due task of the same kind, else the next of any; None when nothing waits."""
    for narrowed in ({"kind": read["kind"]}, {}):
        listed = await found.api.read("/tasks", **narrowed, limit=2)
        others = [one for one in listed["items"] if one["task_id"] != read["task_id"]]
        if others:
            return dict(others[0])
    return None
