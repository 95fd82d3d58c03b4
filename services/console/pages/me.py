"""One's own account: what one may do, where one is signed in, one's own password."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console.api import Problem
from services.console.asked import Asked, WhoAsks
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/me", "menu.me", 90)
Text = Annotated[str, Form()]


@router.get("/me")
async def me(found: WhoAsks) -> Response:
    """The page."""
    return await _page(found)


@router.post("/me/password")
async def password(
    found: WhoAsks, old: Text = "", code: Text = "", new: Text = "", again: Text = ""
) -> Response:
    """Another password; every other session ends with it."""
    if new != again:
        return await _page(found, unlike=True)
    said = {"password": old, "code": code.strip(), "new": new}
    reply = await found.api.send("POST", "/sessions/password", said)
    return await _page(found, problem=reply.problem, changed=reply.problem is None)


@router.post("/me/sessions/{session_id}/end")
async def end(session_id: str, found: WhoAsks) -> Response:
    """End one session, on a machine that was left."""
    reply = await found.api.send("DELETE", f"/sessions/{session_id}")
    return found.go("/me") if reply.problem is None else await _page(found, problem=reply.problem)


@router.post("/me/sessions/end")
async def end_all(found: WhoAsks) -> Response:
    """End every session, this one among them."""
    reply = await found.api.send("DELETE", "/sessions")
    if reply.problem is not None:
        return await _page(found, problem=reply.problem)
    found.sign(None)
    return found.go("/sign-in")


async def _page(
    found: Asked, *, problem: Problem | None = None, unlike: bool = False, changed: bool = False
) -> Response:
    me, sessions = await found.api.read("/me"), await found.api.read("/sessions")
    status = problem.status if problem else 422 if unlike else 200
    return found.page(
        "me/page.html",
        status,
        me=me,
        sessions=sessions["items"],
        problem=problem,
        unlike=unlike,
        changed=changed,
    )
