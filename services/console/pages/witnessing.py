"""Handing over one-time codes as a witness: who may come for one, and the parts for those who stand there."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.acting import after_refusal
from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/witnessing", "menu.witnessing", 76, ("GET /witnessing",))
ROWS = 100
PICK = "pick."
"""Begins the name of the field that says of an account that its holder showed the card."""


@router.get("/witnessing")
async def waiting(found: WhoAsks, cursor: Annotated[str, Query(max_length=500)] = "") -> Response:
    """The holders for whom whoever asks may be the witness."""
    return await _page(found, cursor)


@router.post("/witnessing/{case_id}")
async def hand_over(case_id: str, found: WhoAsks) -> Response:
    """The witness's parts for the holders that were ticked, shown once."""
    posted = await found.posted()
    accounts = [name.removeprefix(PICK) for name in posted if name.startswith(PICK)]
    path, key = f"/witnessing/{case_id}", posted.get("key", "")
    reply = await found.api.send("POST", path, {"accounts": accounts}, key=key)
    if reply.problem is None:
        return found.page("accounts/codes.html", back="/witnessing", handed=reply.body)
    again = after_refusal(found, posted, reply.problem)
    return again or await _page(found, problem=reply.problem)


async def _page(found: Asked, cursor: str = "", problem: Problem | None = None) -> Response:
    listed: dict[str, Any] = await found.api.read("/witnessing", cursor=cursor, limit=ROWS)
    return found.page(
        "accounts/witnessing.html",
        problem.status if problem else 200,
        rows=listed["items"],
        next=listed["next"],
        hidden={"key": found.key(), RETURN: "/witnessing"},
        pick=PICK,
        problem=problem,
    )
