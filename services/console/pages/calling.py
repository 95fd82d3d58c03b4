"""Acts on a batch that a form is filled in for: calling the election, loading a calendar year."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks, WhoWatches
from services.console.batch_acts import ACTS, BatchAct
from services.console.facts import filled
from services.console.forms.draw import draw
from services.console.forms.fields import mistakes
from services.console.forms.read import read
from services.console.pages.batches import after_refusal

router = APIRouter()


@router.get("/batches/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record: the page asks again by itself until it is."""
    reply = await found.api.send("GET", f"/commands/{command_id}")
    if reply.problem is not None and reply.problem.status != 503:
        raise RefusedError(reply.problem)
    if reply.status == 200:
        return found.go(f"/batches/{reply.body['case_id']}")
    return found.page("tasks/recording.html", 202)


@router.get("/batches/{batch_id}/do/{name}")
async def form(batch_id: str, name: str, found: WhoAsks) -> Response:
    """The form of the act."""
    return await _form(found, batch_id, name, {})


@router.post("/batches/{batch_id}/do/{name}")
async def done(batch_id: str, name: str, found: WhoAsks) -> Response:
    """Check what was typed; and ask for it when the page that shows it is signed."""
    act, posted = _act(name), await found.posted()
    value = read(act.schema, posted)
    errors = act.wrong(value)
    if errors or "change" in posted:
        return await _form(found, batch_id, name, value, errors=None if "change" in posted else errors)
    if "sign" not in posted:
        shown = [(one.label, one.text) for one in filled(draw(act.schema, value, language=found.language))]
        action = f"/batches/{batch_id}/do/{name}"
        return found.page("batches/check.html", action=action, facts=shown, typed=list(posted.items()))
    reply = await found.api.send("POST", act.path(batch_id), act.body(value), key=posted.get("key", ""))
    if reply.problem is not None:
        again = await after_refusal(found, posted, reply.problem)
        return again or await _form(found, batch_id, name, value, problem=reply.problem)
    if reply.status == 202:
        return found.go(f"/batches/recording/{reply.body['command_id']}")
    return found.go(f"/batches/{batch_id}")


async def _form(
    found: Asked,
    batch_id: str,
    name: str,
    value: Mapping[str, Any],
    *,
    errors: Mapping[str, Text] | None = None,
    problem: Problem | None = None,
) -> Response:
    drawn = draw(_act(name).schema, dict(value), errors, found.language)
    action = f"/batches/{batch_id}/do/{name}"
    return found.page(
        "batches/act.html",
        problem.status if problem else 422 if errors else 200,
        batch=await found.api.read(f"/batches/{batch_id}"),
        name=name,
        action=action,
        form=drawn,
        lines=mistakes(drawn),
        hidden={"key": found.key(), RETURN: action},
        problem=problem,
    )


def _act(name: str) -> BatchAct:
    if name not in ACTS:
        raise RefusedError(Problem(404, "not-found"))
    return ACTS[name]
