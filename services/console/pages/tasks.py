"""What waits for whoever is signed in, by due date: one read of the API however long the page is."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import WhoAsks
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/tasks", "menu.tasks", 10, ("GET /tasks",))
ROWS = 50
Filter = Annotated[str, Query(max_length=500)]


@router.get("/tasks")
async def tasks(
    found: WhoAsks, view: Filter = "mine", kind: Filter = "", state: Filter = "", cursor: Filter = ""
) -> Response:
    """The list. Its filter stands in the address, so it can be kept and sent."""
    narrowed = {"view": view, "kind": kind, "state": state}
    listed = await found.api.read("/tasks", **narrowed, cursor=cursor, limit=ROWS)
    rows = listed["items"]
    return found.page(
        "tasks/list.html", rows=rows, next=listed["next"], narrowed=narrowed, kinds=_kinds(rows)
    )


def _kinds(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The kinds of task on this page, by which it can be narrowed."""
    return {row["kind"]: row["names"].get("kind", row["kind"]) for row in rows}
