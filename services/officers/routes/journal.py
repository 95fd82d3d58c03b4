"""The journal, for the auditor: who read what, and who came in."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.officers.journal import store
from services.officers.journal.notes import Noted
from services.officers.journal.store import Wanted
from services.officers.journal.tables import JournalRow
from services.officers.readmodel.reading.called import called
from services.officers.routes.caller import OPAQUE, AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.journal import NoteView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/journal", tags=["journal"])
Ident = Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)]


@router.get("", responses=READS)
async def journal(
    office: AtOffice,
    who: Permitted,
    case_id: Ident = "",
    person_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", description="Whose data it was")] = "",
    reader: Annotated[str, Query(pattern=f"{OPAQUE}|^$", description="The person who read")] = "",
    what: Annotated[Noted | None, Query()] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[NoteView]:
    """Lines of the journal, oldest first: reads of personal data, reveals, previews, sign-ins, acts on accounts."""
    (after,) = read_cursor(cursor, 0)
    wanted = Wanted(case_id, person_id, reader, what or "")
    async with office.database.read() as session:
        rows, last = cut(await store.after(session, wanted, after, limit + 1), limit)
        names = await office.persons.names(session, sorted({row.person_id for row in rows}))
        about = await called(session, {_about(row) for row in rows})
    policy = office.policy.version
    items = [
        NoteView.of(
            row, names.get(row.person_id, ""), about.get(_about(row)), office.own_keys, policy, who.language
        )
        for row in rows
    ]
    return Page(items=items, next=write_cursor(last.number) if last else None)


def _about(row: JournalRow) -> str:
    return row.case_id or row.target
