"""Cases found by whom they are about."""

from fastapi import APIRouter

from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.cases import CaseFilter, ShownCase
from services.officers.readmodel.reading.concerned import Lookup, Named
from services.officers.readmodel.reading.finding import matches
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.routes.cases import listed
from services.officers.views.base import READS
from services.officers.views.cases import CaseNumberView, CaseView
from services.officers.views.lists import FindCasesBody
from services.officers.web.paging import Cursor, Limit, Page, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/search", tags=["cases"])
LOOKED_AT, CHUNK = 1000, 200
"""Cases of which a search opens the names for one answer, and how many at once; the next page goes on from there."""


@router.post("/cases", responses=READS)
async def find_cases(
    body: FindCasesBody, office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[CaseView | CaseNumberView]:
    """Cases of the list that somebody's name, pinyin, firm, credit code or the case's number finds.

    What is typed is personal: it stands in no address. Only names that the list shows the caller are compared; a case
    from which they are kept is found by its whole number alone.
    """
    narrowed = CaseFilter(body.kind, body.parent, body.district, stage=body.stage)
    lookup = Lookup(office.record_keys, office.persons, who.scope)
    hits: list[ShownCase] = []
    names: dict[str, Named] = {}
    (after,) = read_cursor(cursor, "")
    following = True
    async with office.database.read() as session:
        for _ in range(LOOKED_AT // CHUNK):
            if not following or len(hits) == limit:
                break
            rows = await cases.cases_after(session, who.scope, narrowed, after, CHUNK)
            known = await lookup.of_cases(session, rows)
            fitting = [one for one in rows if matches(body.q, one.row.case_id, known.get(one.row.case_id))]
            taken = fitting[: limit - len(hits)]
            hits += taken
            names |= known
            cut_short = len(taken) < len(fitting)
            following = cut_short or len(rows) == CHUNK
            after = (taken if cut_short else rows)[-1].row.case_id if following else after
    shown = [one.row.case_id for one in hits]
    await office.journal.note(*lookup.notes(who.actor, "cases", shown))
    return Page(
        items=[listed(one, names.get(one.row.case_id), who) for one in hits],
        next=write_cursor(after) if following else None,
    )
