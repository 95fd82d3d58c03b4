"""What happened in a case: all of it, what came after a task was opened, or as it was known at the end of a day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console import moments
from services.console.asked import Asked, WhoAsks
from services.console.forms.dates import is_day, is_instant, read_day

router = APIRouter()
EVENTS = 200
"""On one read; a case has a few hundred."""
MOST_READS = 25
Instant = Annotated[str, Query(max_length=40)]
Filter = Annotated[str, Query(max_length=500)]


@router.get("/cases/{case_id}/timeline")
async def timeline(case_id: str, found: WhoAsks, since: Instant = "", on: Filter = "") -> Response:
    """The newest first, as far as one may see it; narrowed to what came after an instant, or was known on a day."""
    read = await found.api.read(f"/cases/{case_id}")
    reader = await found.reader(read["policy"])
    day, after = read_day(on), since if is_instant(since) else ""
    wrong = bool(day) and not is_day(day)
    events = within(await _events(found, case_id), after, "" if wrong else day)
    return found.page(
        "cases/timeline.html",
        422 if wrong else 200,
        case=read,
        events=[{**one, "facts": reader.told(one["payload"])} for one in reversed(events)],
        since=after,
        on=on,
        wrong=wrong,
    )


def within(events: Iterable[dict[str, Any]], since: str, on: str) -> list[dict[str, Any]]:
    """Those later than the instant and not later than the end of the day here; an empty one narrows nothing. Pure."""
    after = datetime.fromisoformat(since) if since else None
    return [
        one
        for one in events
        if (after is None or datetime.fromisoformat(one["at"]) > after)
        and (not on or moments.day(one["at"]) <= on)
    ]


async def _events(found: Asked, case_id: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(MOST_READS):
        page = await found.api.read(f"/cases/{case_id}/timeline", cursor=cursor, limit=EVENTS)
        events += page["items"]
        cursor = page["next"] or ""
        if not cursor:
            break
    return events
