"""What the archivist may have destroyed: files whose term of retention is over (domain §8.7)."""

from datetime import UTC, date, datetime

from fastapi import APIRouter

from services.officers.readmodel.reading import archive
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.views.archive import DueFileView
from services.officers.views.base import READS
from services.officers.views.sheets import day_of
from services.officers.web.days import Day
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/archive", tags=["archive"])


@router.get("/due", responses=READS)
async def due(
    office: AtOffice, who: Permitted, on: Day | None = None, cursor: Cursor = "", limit: Limit = 50
) -> Page[DueFileView]:
    """Files that need not be kept any more today, or `on` a day to come; what something open rests on is kept.

    Nothing is destroyed by being listed, and nothing here destroys anything.
    """
    (after,) = read_cursor(cursor, "")
    day = on or date.fromisoformat(day_of(datetime.now(UTC), office.policy))
    async with office.database.read() as session:
        rows, last = cut(await archive.due(session, who.scope, day, after, limit + 1), limit)
    items = [DueFileView.of(row, who.language) for row in rows]
    return Page(items=items, next=write_cursor(last.case.case_id) if last else None)
