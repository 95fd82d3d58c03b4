"""The joint conference: what waits for it, what it decided, the form for its minutes; and the list for one meeting."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import WhoAsks
from services.console.bundling import MOST
from services.console.listing import every
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/conference", "menu.conference", 40, ("GET /conference/awaiting",))
MINUTES = "GET /conference/minutes.docx"
ROWS = 50
Filter = Annotated[str, Query(max_length=500)]
Code = Annotated[str, Query(max_length=121)]


@router.get("/conference")
async def awaiting(found: WhoAsks, cursor: Filter = "") -> Response:
    """What waits for it: silent departments, and whatever else is late."""
    listed = await found.api.read("/conference/awaiting", cursor=cursor, limit=ROWS)
    me = await found.api.read("/me")
    return found.page(
        "conference/awaiting.html", rows=listed["items"], next=listed["next"], minutes=MINUTES in me["may"]
    )


@router.get("/conference/decided")
async def decided(found: WhoAsks, cursor: Filter = "") -> Response:
    """What it decided, by its minutes."""
    listed = await found.api.read("/conference/decided", cursor=cursor, limit=ROWS)
    return found.page("conference/decided.html", rows=listed["items"], next=listed["next"])


@router.get("/conference/minutes.docx")
async def minutes(found: WhoAsks) -> Response:
    """The form for the minutes, over what waits today."""
    return await found.hand_on("/conference/minutes.docx")


@router.get("/tasks/meeting")
async def meeting(found: WhoAsks, kind: Code, policy: Code) -> Response:
    """One's own open tasks of a kind as the list of one meeting, to be printed; many are then decided at once."""
    rows: list[dict[str, Any]] = await every(
        found.api, "/tasks", MOST, view="mine", state="open", kind=kind, sort="district"
    )
    reader = await found.reader(policy)
    return found.page(
        "conference/meeting.html",
        name=reader.word("task", kind),
        rows=[row for row in rows if row["policy"] == policy],
        asked={"kind": kind, "policy": policy},
    )
