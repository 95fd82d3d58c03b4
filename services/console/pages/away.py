"""When one is not there: absences, and who acts in one's place."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console import acting
from services.console.acting import Act
from services.console.api import Problem
from services.console.asked import Asked, WhoAsks
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema
from services.console.moments import typed_now
from services.console.picking import colleagues
from services.console.wording import say

router = APIRouter()
PEOPLE = "GET /people"
_WHEN: Mapping[str, Schema] = {
    "starts": {"type": "string", "format": "date-time", "maxLength": 40, "title": "开始 / From"},
    "ends": {"type": "string", "format": "date-time", "maxLength": 40, "title": "结束 / Until"},
    "reason": {"type": "string", "minLength": 1, "maxLength": 1000, "title": "理由 / Why"},
}
ABSENCE: Schema = {"type": "object", "required": [*_WHEN], "properties": _WHEN}
DEPUTY: Schema = {
    "type": "object",
    "required": ["deputy", *_WHEN],
    "properties": {"deputy": {"type": "string", "maxLength": 121, "title": "代理人 / Deputy"}, **_WHEN},
}


@router.get("/me/away")
async def away(found: WhoAsks) -> Response:
    """When one is absent, and who acts for whom, now or later."""
    return await _page(found)


@router.post("/me/away/absences/{absence_id}/end")
async def end(absence_id: str, found: WhoAsks, key: Annotated[str, Form()] = "") -> Response:
    """Say that one is back before it is over."""
    reply = await found.api.send("POST", f"/absences/{absence_id}/end", key=key)
    return found.go("/me/away") if reply.problem is None else await _page(found, reply.problem)


@router.post("/me/away/deputies/{entry_id}/end")
async def end_deputy(entry_id: str, found: WhoAsks, key: Annotated[str, Form()] = "") -> Response:
    """Say that nobody acts in one's place any more."""
    reply = await found.api.send("POST", f"/deputies/{entry_id}/end", key=key)
    return found.go("/me/away") if reply.problem is None else await _page(found, reply.problem)


@router.get("/me/away/absence")
async def absence_form(found: WhoAsks) -> Response:
    """The form of an absence."""
    return await acting.form(found, _absence(found), {"starts": typed_now(found.console.now())})


@router.post("/me/away/absence")
async def absent(found: WhoAsks) -> Response:
    """Check what was typed; and enter it when the page that shows it is signed."""
    return await acting.sent(found, _absence(found), lambda _: found.go("/me/away"))


@router.get("/me/away/deputy")
async def deputy_form(found: WhoAsks) -> Response:
    """The form that names a deputy, chosen among one's colleagues by name."""
    return await acting.form(found, await _deputy(found), {"starts": typed_now(found.console.now())})


@router.post("/me/away/deputy")
async def deputised(found: WhoAsks) -> Response:
    """Check what was typed; and enter it when the page that shows it is signed."""
    return await acting.sent(found, await _deputy(found), lambda _: found.go("/me/away"))


async def _page(found: Asked, problem: Problem | None = None) -> Response:
    absences, deputies = await found.api.read("/absences"), await found.api.read("/deputies")
    me = await found.api.read("/me")
    people = dict(await colleagues(found)) if PEOPLE in me["may"] else {}
    return found.page(
        "away/page.html",
        problem.status if problem else 200,
        absences=absences["items"],
        deputies=deputies["items"],
        people={**{one: text.zh for one, text in people.items()}, me["person_id"]: found.signed.name},
        own=me["person_id"],
        chooses=PEOPLE in me["may"],
        key=found.key(),
        problem=problem,
    )


def _absence(found: Asked) -> Act:
    return Act(
        address="/me/away/absence",
        title=say(found.language, "away.absence"),
        back="/me/away",
        about=say(found.language, "away.title"),
        path="/absences",
        schema=ABSENCE,
    )


async def _deputy(found: Asked) -> Act:
    return Act(
        address="/me/away/deputy",
        title=say(found.language, "away.deputy"),
        back="/me/away",
        about=say(found.language, "away.title"),
        path="/deputies",
        schema=DEPUTY,
        known=Known({"deputy": await colleagues(found)}),
    )
