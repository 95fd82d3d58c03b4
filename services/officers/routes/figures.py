"""What the office reports, and the agenda of the joint conference."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.policy.model import Policy, Text
from services.kit.db import Session
from services.officers.office import Office
from services.officers.readmodel.reading import conference, figures, workload
from services.officers.readmodel.reading.concerned import Lookup, Named
from services.officers.readmodel.reading.timing import spans
from services.officers.readmodel.tables import TaskRow
from services.officers.routes.caller import OPAQUE, AtOffice, Caller, Permitted
from services.officers.routes.papers import InLanguage, paper_of, sent
from services.officers.views.base import READS
from services.officers.views.figures import AgendaView, FiguresView, ResolutionView
from services.officers.views.sheets import day_of
from services.officers.views.workload import WorkView, age_view, came_view, load_view
from services.officers.web.language import say
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["figures"])
MOST_MATTERS = 1000
_LONG = Text(
    zh=f"待处置事项超过{MOST_MATTERS}项。", en=f"More than {MOST_MATTERS} matters wait for the conference."
)


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
    """What waits for the joint conference: every silent department, and every other task at T+5.

    The names of whom they are about are noted, once for the page, before they are shown.
    """
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await conference.awaiting(session, who.scope, after, limit + 1), limit)
        named = await _named(session, office, who, [row.task for row in rows])
    items = [AgendaView.of(row, named.get(row.task.case_id), who.language) for row in rows]
    return Page(items=items, next=write_cursor(last.task.task_id) if last else None)


@router.get("/conference/decided", responses=READS)
async def resolutions(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[ResolutionView]:
    """What the joint conference decided, with day and digest of its minutes; names are noted as for what waits."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await conference.decided(session, who.scope, after, limit + 1), limit)
        named = await _named(session, office, who, rows)
        late = await conference.late_ones(session, rows)
    items = [
        ResolutionView.of(
            row, late.get(row.task_id), named.get(row.case_id), office.record_keys, who.language
        )
        for row in rows
    ]
    return Page(items=items, next=write_cursor(last.task_id) if last else None)


@router.get("/conference/minutes.docx", responses=paper_of("docx"), response_class=Response)
async def minutes(office: AtOffice, who: Permitted, language: InLanguage = "zh") -> Response:
    """The form for the minutes, over what waits for the conference today. No person stands in it."""
    async with office.database.read() as session:
        rows = await conference.awaiting(session, who.scope, "", MOST_MATTERS + 1)
    if len(rows) > MOST_MATTERS:
        raise RefusedError("invalid", _LONG)
    policy = office.policy
    today = day_of(datetime.now(UTC), policy)
    issuer, mark = policy.role(policy.letter_frame.issuer).name, policy.demonstration_mark
    asked = {
        "language": language,
        "on": today,
        "mark": say(mark, language) if mark else "",
        "issuer": say(issuer, language),
        "matters": [_matter(AgendaView.of(row, None, language), policy) for row in rows],
    }
    return sent(await office.notices.file("/papers/minutes", asked), "docx", f"minutes-{today}")


async def _named(
    session: Session, office: Office, who: Caller, rows: Sequence[TaskRow]
) -> Mapping[str, Named]:
    """By case whom the matters are about, as far as the caller may know, noted."""
    lookup = Lookup(office.record_keys, office.persons, who.scope)
    said = await lookup.of_tasks(session, [row.model_dump() for row in rows])
    await office.journal.note(*lookup.notes(who.actor, "conference", [row.case_id for row in rows]))
    return {row.case_id: one for row in rows if (one := said[row.task_id].nominee) is not None}


def _matter(item: AgendaView, policy: Policy) -> dict[str, str]:
    return {
        "case_id": item.case_id,
        "unit": item.names.get("unit", item.unit),
        "matter": item.names["kind"],
        # A deadline ends at 24:00 of its last day: the instant is the next day's first.
        "due": day_of(item.due - timedelta(seconds=1), policy) if item.due else "",
    }
