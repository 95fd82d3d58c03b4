"""Letters: what came to whoever is signed in, what each says, and that one took notice of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from services.console.api import Problem
from services.console.asked import Asked, WhoAsks
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/letters", "menu.letters", 50, ("GET /notices",))
ROWS = 50
SHOWN = ("all", "unreceived", "due")
"""Which letters the inbox may be narrowed to."""
Filter = Annotated[str, Query(max_length=500)]


@router.get("/letters")
async def letters(
    found: WhoAsks, case_id: Filter = "", show: Filter = "all", cursor: Filter = ""
) -> Response:
    """The inbox, newest first; what a letter says is read singly."""
    narrowed = {"case_id": case_id, "show": show}
    listed = await found.api.read("/notices", **narrowed, cursor=cursor, limit=ROWS)
    return found.page(
        "letters/list.html",
        rows=listed["items"],
        next=listed["next"],
        narrowed=narrowed,
        shown=SHOWN,
        me=found.signed.person_id,
    )


@router.get("/letters/{letter_id}.{form}")
async def paper(letter_id: str, form: Literal["pdf", "docx"], found: WhoAsks) -> Response:
    """The letter as a paper, as the API makes it."""
    return await found.hand_on(f"/notices/{letter_id}.{form}")


@router.get("/letters/{letter_id}")
async def letter(letter_id: str, found: WhoAsks) -> Response:
    """One letter."""
    return await _page(found, letter_id)


@router.post("/letters/{letter_id}/receipt")
async def receipt(letter_id: str, found: WhoAsks, key: Annotated[str, Form()] = "") -> Response:
    """Say that one took notice of it; the first time counts, a second changes nothing."""
    reply = await found.api.send("POST", f"/notices/{letter_id}/receipt", key=key)
    if reply.problem is not None:
        return await _page(found, letter_id, reply.problem)
    return found.go(f"/letters/{letter_id}")


async def _page(found: Asked, letter_id: str, problem: Problem | None = None) -> Response:
    read = await found.api.read(f"/notices/{letter_id}")
    received = [one for one in read["receipts"] if one["person_id"] == found.signed.person_id]
    return found.page(
        "letters/letter.html",
        problem.status if problem else 200,
        letter=read,
        received=received[0]["at"] if received else "",
        key=found.key(),
        problem=problem,
    )
