"""Many tasks given to one colleague by one form: a head shares out what waits at a desk."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.bundling import MOST as MOST_READ
from services.console.listing import every
from services.console.moving import MOST, Desk, desk_of, desks, key_of, picked

router = APIRouter()
MOVES = "POST /tasks/{task_id}/reassign"
Code = Annotated[str, Query(max_length=121)]


@router.get("/tasks/move")
async def move(found: WhoAsks, role: Code = "", unit: Code = "", district: Code = "") -> Response:
    """The desks at which something waits; or what waits at one of them, to choose from."""
    if role:
        return await _choose(found, Desk(role, unit, district))
    me = await found.api.read("/me")
    rows = await every(found.api, "/tasks", MOST_READ, view="all", state="open") if MOVES in me["may"] else []
    return found.page(
        "moving/desks.html", desks=desks(rows), whole=len(rows) < MOST_READ, may=MOVES in me["may"]
    )


@router.post("/tasks/move")
async def moved(found: WhoAsks) -> Response:
    """Give them to the named person, one after the other, each with a result of its own."""
    posted = await found.posted()
    desk = Desk(*(posted.get(field, "") for field in ("role", "unit", "district")))
    picks, person, reason = picked(posted), posted.get("person_id", ""), posted.get("reason", "").strip()
    if not person or not reason or not 0 < len(picks) <= MOST:
        return await _choose(found, desk, picks=picks, person_id=person, reason=reason, lacking=True)
    said = {"person_id": person, "reason": reason}
    problems: dict[str, Problem | None] = {}
    for task_id in picks:
        key = key_of(posted.get("key", ""), task_id)
        reply = await found.api.send("POST", f"/tasks/{task_id}/reassign", said, key=key)
        problems[task_id] = reply.problem
    return found.page("moving/moved.html", problems=problems)


async def _choose(
    found: Asked,
    desk: Desk,
    *,
    picks: list[str] | None = None,
    person_id: str = "",
    reason: str = "",
    lacking: bool = False,
) -> Response:
    asked: dict[str, Any] = asdict(desk)
    place = {"unit": desk.unit, "district": desk.district}
    rows = await every(found.api, "/tasks", MOST_READ, view="all", state="open", **place)
    people = await found.api.read("/people", **asked, limit=200)
    here = [row for row in rows if desk_of(row) == desk]
    return found.page(
        "moving/choose.html",
        422 if lacking else 200,
        hidden={**asked, "key": found.key(), RETURN: "/tasks/move"},
        name=desks(here)[0].name if here else "",
        rows=here[:MOST],
        left=max(0, len(here) - MOST),
        most=MOST,
        people=people["items"],
        picks=picks or [],
        person_id=person_id,
        reason=reason,
        lacking=lacking,
    )
