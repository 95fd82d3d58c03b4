"""Acts on a batch that a form is filled in for: calling the election, loading a calendar year."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.console import acting
from services.console.acting import Act
from services.console.api import Problem, RefusedError, Reply
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.batch_acts import ACTS
from services.console.wording import say

router = APIRouter()


@router.get("/batches/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record: the page asks again by itself until it is."""
    return await acting.recorded(found, command_id, "/batches/{case_id}")


@router.get("/batches/{batch_id}/do/{name}")
async def form(batch_id: str, name: str, found: WhoAsks) -> Response:
    """The form of the act."""
    return await acting.form(found, await _act(found, batch_id, name), {})


@router.post("/batches/{batch_id}/do/{name}")
async def done(batch_id: str, name: str, found: WhoAsks) -> Response:
    """Check what was typed; and ask for it when the page that shows it is signed."""

    def then(reply: Reply) -> Response:
        if reply.status == 202:
            return found.go(f"/batches/recording/{reply.body['command_id']}")
        return found.go(f"/batches/{batch_id}")

    return await acting.sent(found, await _act(found, batch_id, name), then)


async def _act(found: Asked, batch_id: str, name: str) -> Act:
    if name not in ACTS:
        raise RefusedError(Problem(404, "not-found"))
    act = ACTS[name]
    return Act(
        address=f"/batches/{batch_id}/do/{name}",
        title=say(found.language, f"batches.do.{name}"),
        back=f"/batches/{batch_id}",
        about=(await found.api.read(f"/batches/{batch_id}"))["title"],
        path=act.path(batch_id),
        schema=act.schema,
        body=act.body,
        wrong=act.wrong,
    )
