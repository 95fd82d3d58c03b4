"""Reading in an emergency: asked for, read case by case while it lasts, and over by itself.

Who grants it does so on the page of the request (`/accounts/requests`); who looks back on it, in the task for it.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from contracts.policy.model import Policy
from contracts.policy.text import Text
from services.console import acting
from services.console.acting import Act
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.forms.draw import NOTHING_KNOWN, Known
from services.console.forms.kinds import Schema
from services.console.forms.read import read as read_form
from services.console.pages.accounts import reader_in_force
from services.console.pages.reveals import parts_shown
from services.console.picking import PickedForm, picked
from services.console.wording import say

router = APIRouter()
CASES = "GET /cases"
ROWS = 50
ASKING: Schema = {
    "type": "object",
    "required": ["purpose", "reason"],
    "properties": {
        "purpose": {"type": "string", "maxLength": 41, "title": "用途 / Purpose"},
        "case_id": {
            "type": "string",
            "maxLength": 121,
            "title": "办件 / Case",
            "description": "办件与地区只填一项 / A case or a district, not both",
        },
        "number": {
            "type": "string",
            "maxLength": 121,
            "title": "办件编号 / Number of the case",
            "description": "上面查不到的，填写其编号 / Of a case that is not found above",
        },
        "district": {"type": "string", "maxLength": 61, "title": "地区 / District"},
        "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000,
            "title": "理由 / Why it cannot wait",
        },
    },
}
Cursor = Annotated[str, Query(max_length=500)]


@router.get("/emergency")
async def ask_form(found: WhoAsks) -> Response:
    """The form that asks for it."""
    return await acting.form(found, await _asking(found, {}), {})


@router.post("/emergency")
async def ask(found: WhoAsks) -> Response:
    """Check what was typed; and ask when the page that shows it is signed. Another person grants it."""
    act = await _asking(found, await found.posted())
    return await acting.sent(found, act, lambda reply: _to(found, reply.status, reply.body))


@router.get("/emergency/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record."""
    return await acting.recorded(found, command_id, "/emergency/{case_id}")


@router.get("/emergency/{request_id}")
async def emergency(request_id: str, found: WhoAsks, cursor: Cursor = "") -> Response:
    """What became of it; while it lasts, the cases that may be read."""
    return await _page(found, request_id, cursor)


@router.post("/emergency/{request_id}/read")
async def read(
    request_id: str, found: WhoAsks, case_id: Annotated[str, Form()] = "", key: Annotated[str, Form()] = ""
) -> Response:
    """Read one case: on the record first, then noted, and on this page alone."""
    reply = await found.api.send("POST", f"/emergencies/{request_id}/reads", {"case_id": case_id}, key=key)
    if reply.problem is not None:
        again = acting.after_refusal(found, await found.posted(), reply.problem)
        return again or await _page(found, request_id, "", reply.problem)
    reader = await reader_in_force(found)
    shown = reply.body
    return found.page(
        "emergencies/read.html",
        case=shown,
        request_id=request_id,
        sections=reader.sections({"dossier": shown["dossier"]}),
        parts=parts_shown(reader, shown["shown"]),
    )


def _to(found: Asked, status: int, body: Mapping[str, Any]) -> Response:
    recorded = f"/emergency/recording/{body['command_id']}"
    return found.go(recorded if status == 202 else f"/emergency/{body['case_id']}")


async def _page(found: Asked, request_id: str, cursor: str, problem: Problem | None = None) -> Response:
    shown = await found.api.read(f"/emergencies/{request_id}")
    rows: list[Mapping[str, Any]] = []
    following = None
    if shown["lasts"] and shown["reader"] == found.signed.person_id:
        listed = await found.api.read(f"/emergencies/{request_id}/cases", cursor=cursor, limit=ROWS)
        rows, following = listed["items"], listed["next"]
    return found.page(
        "emergencies/page.html",
        problem.status if problem else 200,
        emergency=shown,
        rows=rows,
        next=following,
        key=found.key(),
        problem=problem,
    )


async def _asking(found: Asked, posted: Mapping[str, str]) -> Act:
    policy = (await reader_in_force(found)).policy
    if policy.disclosure.emergency is None:
        raise RefusedError(Problem(404, "not-found"))
    return Act(
        address="/emergency",
        title=say(found.language, "emergency.ask"),
        back="/me",
        about=say(found.language, "me.title"),
        path="/emergencies",
        schema=ASKING,
        known=_known(policy).joined(await _cases(found, posted)),
        body=_asked,
    )


def _asked(value: Mapping[str, Any]) -> dict[str, Any]:
    """The case by the number that was typed, where none was chosen."""
    said = {name: held for name, held in value.items() if name != "number"}
    return {"case_id": value["number"], **said} if "number" in value else said


async def _cases(found: Asked, posted: Mapping[str, str]) -> Known:
    """Cases by name, for whoever sees any; an administrator sees none, and is told the number."""
    if CASES not in (await found.api.read("/me"))["may"]:
        return NOTHING_KNOWN
    hints = {"case_id": {"from": "cases", "about": "person"}}
    return await picked(found, PickedForm(hints, posted, read_form(ASKING, posted)))


def _known(policy: Policy) -> Known:
    emergency = policy.disclosure.emergency
    purposes: list[tuple[str, Text]] = [
        (one.code, one.name) for one in (emergency.purposes if emergency else ())
    ]
    return Known(
        choices={"purpose": purposes, "district": [(one.code, one.name) for one in policy.districts]}
    )
