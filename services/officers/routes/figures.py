"""What the office reports, and the agenda of the joint conference."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from services.officers.readmodel.reading import conference, figures, workload
from services.officers.readmodel.reading.timing import spans
from services.officers.routes.caller import OPAQUE, AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.figures import AgendaView, FiguresView, ResolutionView
from services.officers.views.workload import WorkView, age_view, came_view, load_view
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["figures"])


@router.get("/figures", responses=READS)
async def counted(
    office: AtOffice,
    who: Permitted,
    batch_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
) -> FiguresView:
    """Nominees, vetoes by item and district, the veto rate, removals, overdue by unit, ageing: of a batch or of all."""
    now = datetime.now(UTC)
    over = figures.Over(batch_id, who.scope)
    async with office.database.read() as session:
        found = await figures.figures(session, office.record_keys, over, now)
    return FiguresView.of(found, batch_id, now, office.policy.version, who.language)


@router.get("/figures/work", responses=READS)
async def work(
    office: AtOffice,
    who: Permitted,
    batch_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
) -> WorkView:
    """Open tasks by role, unit and stage, how tasks came out, open cases by state: as far as the caller's lists go."""
    now, policy = datetime.now(UTC), office.policy
    over = figures.Over(batch_id, who.scope)
    due = spans(now, policy.calendar.utc_offset_hours)
    async with office.database.read() as session:
        load = await workload.load(session, over, due, now)
        came = await workload.outcomes(session, over)
        aged = await figures.ageing(session, over, now)
    said = (policy.version, who.language)
    return WorkView(
        at=now,
        batch_id=batch_id,
        load=[load_view(one, *said) for one in load],
        outcomes=[came_view(one, *said) for one in came],
        ageing=[age_view(one, *said) for one in aged],
    )


@router.get("/conference/awaiting", responses=READS)
async def agenda(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[AgendaView]:
    """What waits for the joint conference: every silent department, and every other task at T+5."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await conference.awaiting(session, who.scope, after, limit + 1), limit)
    items = [AgendaView.of(row, who.language) for row in rows]
    return Page(items=items, next=write_cursor(last.task.task_id) if last else None)


@router.get("/conference/decided", responses=READS)
async def resolutions(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[ResolutionView]:
    """What the joint conference decided, with day and digest of its minutes."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await conference.decided(session, who.scope, after, limit + 1), limit)
    items = [ResolutionView.of(row, office.record_keys, who.language) for row in rows]
    return Page(items=items, next=write_cursor(last.task_id) if last else None)
