"""Files whose term of retention is over: what the archivist may have destroyed. Nothing here destroys anything."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import WhoAsks
from services.console.forms.dates import is_day, read_day
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/archive", "menu.archive", 52, ("GET /archive/due",))
ROWS = 50
Filter = Annotated[str, Query(max_length=500)]


@router.get("/archive")
async def archive(found: WhoAsks, on: Filter = "", cursor: Filter = "") -> Response:
    """Those that need not be kept any more today, or on a day to come; and what is kept all the same."""
    day = read_day(on)
    wrong = bool(day) and not is_day(day)
    listed = await found.api.read(
        "/archive/due", on="" if wrong else day, cursor="" if wrong else cursor, limit=ROWS
    )
    return found.page(
        "archive/list.html",
        422 if wrong else 200,
        rows=listed["items"],
        next=listed["next"],
        on=on,
        wrong=wrong,
    )
