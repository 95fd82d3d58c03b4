"""One's own letters, proof that they were received, and the names on public show."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.officers.desk.ask import Reply
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.routes.caller import (
    OPAQUE,
    Asks,
    AtOffice,
    Caller,
    CaseReader,
    OpaquePath,
    RequestDigest,
    answer,
)
from services.officers.views.base import READS, WRITES, problems
from services.officers.views.record import NoticePage
from services.officers.web.paging import Cursor, Limit, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/notices", tags=["notices"])
public = APIRouter(route_class=StrictRoute, prefix="/public", tags=["public"])


@router.get("", responses=READS)
async def inbox(
    office: AtOffice,
    who: CaseReader,
    case_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> NoticePage:
    """Letters to the caller, as a person and in every role they hold, oldest first."""
    (after,) = read_cursor(cursor, 0)
    params = {
        **await _reader(office, who),
        "after": after,
        "limit": limit,
        **({"case_id": case_id} if case_id else {}),
    }
    return _page(await office.notices.get("/notices", params))


@router.get("/{notice_id}", responses=READS)
async def notice(notice_id: OpaquePath, office: AtOffice, who: CaseReader) -> dict[str, Any]:
    """One letter to the caller."""
    return await office.notices.get(f"/notices/{notice_id}", await _reader(office, who))


@router.post("/{notice_id}/receipt", responses=WRITES)
async def receipt(notice_id: OpaquePath, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Say that one took notice of the letter (送达回证); the first time counts."""
    async with office.keeping.elsewhere(asks.ask, digest) as write:
        if write.fresh:
            if not asks.caller.scope.reads_cases:
                raise RefusedError("wrong-role")
            body = {"person_id": asks.caller.actor.person_id, "at": datetime.now(UTC).isoformat()}
            path = f"/notices/{notice_id}/receipt"
            write.answer(
                Reply(200, await office.notices.post(path, body, await _reader(office, asks.caller)))
            )
    return answer(write.reply)


@public.get("/notices", responses=problems(400, 422, 503))
async def on_show(office: AtOffice, cursor: Cursor = "", limit: Limit = 50) -> NoticePage:
    """The names on public show now, with the instants at which the notice begins and ends."""
    (after,) = read_cursor(cursor, 0)
    return _page(await office.notices.get("/notices/public", {"after": after, "limit": limit}))


async def _reader(office: Office, who: Caller) -> dict[str, Any]:
    """Who reads, and the cases of which they see the number only: no letter to a role of theirs reaches them."""
    async with office.database.read() as session:
        kept_from = await cases.kept_from(session, who.scope)
    grants = [f"{one.role}:{one.unit}:{one.district}" for one in who.actor.grants]
    return {"person_id": who.actor.person_id, "grant": grants, "not_case": list(kept_from)}


def _page(found: dict[str, Any]) -> NoticePage:
    following = found["next"]
    return NoticePage(items=found["items"], next=None if following is None else write_cursor(following))
