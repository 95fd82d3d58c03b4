"""The record, for the auditor: entries, head, verification, and the acts that were refused."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Query

from contracts.names import JOURNAL
from services.kit import cursor as followed
from services.kit.recordviews import AttemptView, EntryView, HeadView, Shown, VerificationView
from services.officers.desk import store as asked
from services.officers.journal.chain import Head
from services.officers.journal.checking import verify as verify_journal
from services.officers.office import Office
from services.officers.readmodel.reading.called import called
from services.officers.routes.caller import OPAQUE, AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.journal import JournalVerdictView
from services.officers.views.record import RefusalView, WaitingView
from services.officers.web.neighbours import LONG_SECONDS
from services.officers.web.paging import Cursor, Limit, Page, cut, instant_of, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/record", tags=["record"])
V = TypeVar("V", bound=Shown)
START = "0001-01-01T00:00:00+00:00"


@router.get("/entries", responses=READS)
async def entries(
    office: AtOffice,
    who: Permitted,
    case_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[EntryView]:
    """Entries in the order of the record, of one case or of all."""
    (after,) = read_cursor(cursor, -1)
    narrowed: dict[str, str | int] = {"case_id": case_id} if case_id else {}
    return await _page(office, "/record/entries", EntryView, {"after": after, "limit": limit, **narrowed})


@router.get("/attempts", responses=READS)
async def attempts(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[AttemptView]:
    """Steps and acts that the record did not take because they prove nothing or do not fit, oldest first."""
    (after,) = read_cursor(cursor, -1)
    return await _page(office, "/record/attempts", AttemptView, {"after": after, "limit": limit})


@router.get("/head", responses=READS)
async def head(office: AtOffice, who: Permitted) -> HeadView:
    """How far the record is."""
    return HeadView.model_validate(await office.record.get("/record/head"))


@router.get("/verify", responses=READS)
async def verify(office: AtOffice, who: Permitted) -> VerificationView:
    """Walk the whole record and name the first broken entry, if there is one."""
    return VerificationView.model_validate(await office.record.get("/record/verify", seconds=LONG_SECONDS))


@router.get("/journal", responses=READS)
async def journal(office: AtOffice, who: Permitted) -> JournalVerdictView:
    """Walk the journal of reads, and hold it against what the record was told of it: nothing changed, nothing gone."""
    found = await verify_journal(office.database, await _told(office))
    status: Literal["verified", "broken"] = "broken" if found.reason else "verified"
    return JournalVerdictView(status=status, count=found.count, told=found.told, reason=found.reason)


@router.get("/waiting", responses=READS)
async def waiting(office: AtOffice, who: Permitted) -> list[WaitingView]:
    """Cases that the lists show as they were, because an entry of theirs could not be applied; longest first."""
    stuck = await office.database.look(followed.stuck)
    return [WaitingView(case_id=one.case_id, index=one.index, reason=one.why) for one in stuck]


@router.get("/refusals", responses=READS)
async def refusals(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[RefusalView]:
    """Acts that were refused, oldest first."""
    at, refusal_id = read_cursor(cursor, START, "")
    async with office.database.read() as session:
        found = await asked.refusals_after(session, instant_of(at), refusal_id, limit + 1)
        rows, last = cut(found, limit)
        names = await office.persons.names(session, sorted({row.person_id for row in rows}))
        targets = await called(session, {row.target for row in rows})
    version = office.policy.version
    items = [
        RefusalView.of(row, names.get(row.person_id, ""), targets.get(row.target), version, who.language)
        for row in rows
    ]
    return Page(items=items, next=write_cursor(last.at.isoformat(), last.refusal_id) if last else None)


async def _told(office: Office) -> list[Head]:
    """The heads of the journal that stand on the record."""
    heads: list[Head] = []
    after: int | None = -1
    while after is not None:
        params: dict[str, str | int] = {"case_id": JOURNAL, "after": after, "limit": 1000}
        page = await office.record.get("/record/entries", params)
        payloads = [EntryView.model_validate(item).envelope["payload"] for item in page["items"]]
        heads += [Head(int(one["until"]), str(one["head"])) for one in payloads]
        after = page["next"]
    return heads


async def _page(office: Office, path: str, view: type[V], params: Mapping[str, str | int]) -> Page[V]:
    found = await office.record.get(path, params)
    following = found["next"]
    items = [view.model_validate(item) for item in found["items"]]
    return Page(items=items, next=None if following is None else write_cursor(following))
