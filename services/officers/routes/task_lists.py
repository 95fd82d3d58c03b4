"""Lists of tasks: what one may do, what one may see, how much of it is due; and found by whom it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.office import Office
from services.officers.readmodel.reading import counting, tasks
from services.officers.readmodel.reading.concerned import Concerned, Lookup
from services.officers.readmodel.reading.finding import matches, order_of
from services.officers.readmodel.reading.tasks import Listed, Order, Place, TaskFilter
from services.officers.readmodel.reading.timing import Due, Span, spans
from services.officers.routes.caller import AtOffice, Caller, Permitted, Word
from services.officers.views.base import READS
from services.officers.views.lists import CountsView, FindTasksBody
from services.officers.views.tasks import TaskView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/tasks", tags=["tasks"])
finding = APIRouter(route_class=StrictRoute, prefix="/search", tags=["tasks"])
MOST_BY_NAME = 1000
"""Tasks that are put in the order of their names: names are sealed, so no index knows it."""
LOOKED_AT = 1000
"""Tasks of which a search opens the names for one answer; the next page goes on from there."""
CHUNK = 200
View = Literal["mine", "all"]


@dataclass(frozen=True)
class Wanted:
    """Which tasks: what one may act on, or all that one may see, narrowed."""

    view: View
    narrowed: TaskFilter

    async def after(
        self, session: Session, who: Caller, place: Place, limit: int, order: Order = Order.DUE
    ) -> list[Listed]:
        """Those that come after the place."""
        ask = tasks.mine_after if self.view == "mine" else tasks.visible_after
        return await ask(session, who.scope, self.narrowed, place, limit, order)


def _due_spans(office: Office) -> dict[Due, Span]:
    return spans(datetime.now(UTC), office.policy.calendar.utc_offset_hours)


async def wanted(
    office: AtOffice,
    view: Annotated[View, Query(description="mine: open and for me to act on")] = "mine",
    kind: Word = "",
    case: Word = "",
    parent: Word = "",
    unit: Word = "",
    district: Word = "",
    stage: Word = "",
    state: Annotated[Literal["", "open", "done", "cancelled", "void"], Query()] = "",
    due: Annotated[Due | None, Query()] = None,
) -> Wanted:
    """The filter of a request."""
    span = None if due is None else _due_spans(office)[due]
    return Wanted(view, TaskFilter(kind, case, parent, unit, state, district, stage, span))


Filtered = Annotated[Wanted, Depends(wanted)]


@router.get("", responses=READS)
async def task_list(
    office: AtOffice,
    who: Permitted,
    which: Filtered,
    sort: Annotated[
        Literal["due", "district", "stage", "name"], Query(description="name: of what is mine alone")
    ] = "due",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[TaskView]:
    """Tasks in the order of their deadlines, or another: by default the open ones that the caller may act on.

    The names of whom they are about are noted, once for the page, before they are shown.
    """
    lookup = Lookup(office.record_keys, office.persons, who.scope)
    if sort == "name":
        return await _by_name(office, who, which, lookup, (cursor, limit))
    order = Order[sort.upper()]
    async with office.database.read() as session:
        found = await which.after(session, who, _place(cursor, order), limit + 1, order)
        rows, last = cut(found, limit)
        said = await lookup.of_tasks(session, rows)
    return await _shown(office, who, lookup, rows, said, write_cursor(*order.place(last)) if last else None)


@router.get("/counts", responses=READS)
async def counts(office: AtOffice, who: Permitted, which: Filtered) -> CountsView:
    """How many tasks are the caller's to act on, by kind: open, due today, overdue. Each is the length of the list."""
    async with office.database.read() as session:
        found = await counting.mine(session, who.scope, which.narrowed, _due_spans(office))
    return CountsView.of(found, office.policy.version, who.language)


@finding.post("/tasks", responses=READS)
async def find_tasks(
    body: FindTasksBody, office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[TaskView]:
    """Tasks of the list whose case somebody's name, pinyin, firm, credit code or the case's number finds.

    What is typed is personal: it stands in no address. Only names that the list shows the caller are compared.
    """
    which = Wanted(
        body.view, TaskFilter(body.kind, parent=body.parent, district=body.district, stage=body.stage)
    )
    lookup = Lookup(office.record_keys, office.persons, who.scope)
    hits: list[Listed] = []
    said: dict[str, Concerned] = {}
    place: Place | None = _place(cursor, Order.DUE)
    async with office.database.read() as session:
        for _ in range(LOOKED_AT // CHUNK):
            if place is None or len(hits) == limit:
                break
            rows = await which.after(session, who, place, CHUNK)
            known = await lookup.of_tasks(session, rows)
            fitting = [row for row in rows if matches(body.q, row["case_id"], known[row["task_id"]].nominee)]
            taken = fitting[: limit - len(hits)]
            hits += taken
            said |= {row["task_id"]: known[row["task_id"]] for row in taken}
            place = _next(rows, fitting, taken)
    return await _shown(office, who, lookup, hits, said, write_cursor(*place) if place else None)


def _next(rows: list[Listed], fitting: list[Listed], taken: list[Listed]) -> Place | None:
    """Where a search goes on: after the last that was taken when others fit, after what was looked at otherwise."""
    if len(taken) < len(fitting):
        return Order.DUE.place(taken[-1])
    return Order.DUE.place(rows[-1]) if len(rows) == CHUNK else None


async def _by_name(
    office: Office, who: Caller, which: Wanted, lookup: Lookup, page: tuple[str, int]
) -> Page[TaskView]:
    """A page in the order of names. The cursor tells a place in the list and no name."""
    cursor, limit = page
    number, task_id = read_cursor(cursor, 0, "")
    async with office.database.read() as session:
        rows = await which.after(session, who, tasks.START, MOST_BY_NAME + 1)
        if which.view != "mine" or len(rows) > MOST_BY_NAME:
            raise RefusedError("too-many-to-sort", _TOO_MANY)
        said = await lookup.of_tasks(session, rows)
    rows.sort(key=lambda row: (order_of(said[row["task_id"]].nominee), row["task_id"]))
    # One that was done meanwhile has left its place to the next.
    here = next((place for place, row in enumerate(rows, 1) if row["task_id"] == task_id), max(number - 1, 0))
    shown, last = cut(rows[here : here + limit + 1], limit)
    following = write_cursor(here + limit, last["task_id"]) if last else None
    return await _shown(office, who, lookup, shown, said, following)


_TOO_MANY = Text(
    zh=f"按姓名排序限于本人可办的任务，且不超过 {MOST_BY_NAME} 项。",
    en=f"By name are ordered at most {MOST_BY_NAME} tasks that are yours to act on.",
)


async def _shown(
    office: Office,
    who: Caller,
    lookup: Lookup,
    rows: Sequence[Listed],
    said: Mapping[str, Concerned],
    following: str | None,
) -> Page[TaskView]:
    """The page, once the names on it are noted."""
    await office.journal.note(*lookup.notes(who.actor, "tasks", (row["case_id"] for row in rows)))
    now = datetime.now(UTC)
    items = [TaskView.of(row, said[row["task_id"]], now, who.language) for row in rows]
    return Page(items=items, next=following)


def _place(cursor: str, order: Order) -> Place:
    """Where to go on; RefusedError `cursor-invalid` for a place in another order."""
    return read_cursor(cursor, *("" for _ in (*order.value, "task_id"))) if cursor else tasks.START
