"""What waits for whoever is signed in, by due date or otherwise: one read of the API however long the page is."""

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from services.console.asked import Asked, WhoAsks
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/tasks", "menu.tasks", 10, ("GET /tasks",))
ROWS = 50
SORTS = ("due", "district", "stage", "name")
DUES = ("overdue", "today", "later")
Filter = Annotated[str, Query(max_length=500)]
USUAL = {"view": "mine", "kind": "", "state": "", "due": "", "sort": "due"}
"""The list as it is when nobody narrowed it."""


@router.get("/tasks")
async def tasks(
    found: WhoAsks,
    view: Filter = "mine",
    kind: Filter = "",
    state: Filter = "",
    due: Filter = "",
    sort: Filter = "due",
    cursor: Filter = "",
) -> Response:
    """The list. Its filter stands in the address, so it can be kept and sent."""
    narrowed = {"view": view, "kind": kind, "state": state, "due": due, "sort": sort}
    listed = await found.api.read("/tasks", **narrowed, cursor=cursor, limit=ROWS)
    kept = urlencode({name: value for name, value in narrowed.items() if value != USUAL[name]})
    if kept != found.signed.tasks:
        found.sign(replace(found.signed, tasks=kept))
    return await _page(found, listed, narrowed)


@router.post("/tasks/find")
async def find(
    found: WhoAsks, q: Annotated[str, Form()] = "", view: Annotated[str, Form()] = "mine"
) -> Response:
    """Whoever is meant by a name, pinyin, firm, code or number. What is typed is personal: it stands in no address."""
    narrowed = {**USUAL, "view": view}
    if not q.strip():
        return found.go("/tasks")
    reply = await found.api.send("POST", "/search/tasks", {"q": q.strip(), "view": view})
    if reply.problem is not None:
        return found.refusal(reply.problem)
    return await _page(found, {**reply.body, "next": None}, narrowed, q.strip())


async def _page(found: Asked, listed: dict[str, Any], narrowed: dict[str, str], sought: str = "") -> Response:
    rows = listed["items"]
    return found.page(
        "tasks/list.html",
        rows=rows,
        next=listed["next"],
        narrowed=narrowed,
        waits=await found.api.read("/tasks/counts"),
        sorts=SORTS,
        dues=DUES,
        sought=sought,
        # Whose tasks are all asked of themselves has nobody to share them out to.
        movable=not rows or not all(row["own"] for row in rows),
    )
