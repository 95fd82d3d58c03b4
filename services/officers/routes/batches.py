"""Batches: which there are, and how many of their cases stand where."""

from fastapi import APIRouter, Request, Response

from services.kit.db import Session
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.readmodel.tables import BatchRow
from services.officers.routes.caller import AtOffice, Caller, OpaquePath, Permitted
from services.officers.routes.offers import of_batch
from services.officers.views.base import READS
from services.officers.views.batches import (
    BatchDetail,
    BatchView,
)
from services.officers.web.etags import of_content, tag, unchanged
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])


@router.get("", responses=READS)
async def batch_list(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[BatchView]:
    """The batches that concern the caller, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await cases.batches_after(session, who.scope, after, limit + 1), limit)
    return Page(items=[BatchView.of(row) for row in rows], next=write_cursor(last.batch_id) if last else None)


@router.get("/{batch_id}", responses={**READS, 304: {"description": "Unchanged"}}, response_model=BatchDetail)
async def batch_detail(
    batch_id: OpaquePath, request: Request, response: Response, office: AtOffice, who: Permitted
) -> object:
    """A batch and how many of its cases stand where."""
    async with office.database.read() as session:
        detail = await _detail(session, office, who, batch_id)
    current = tag(_standing(detail), of_content(detail))
    headers = {"ETag": current, "Cache-Control": "no-store", "Vary": "Authorization"}
    if unchanged(request.headers, current):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return detail


async def version_of(office: Office, who: Caller, batch_id: str) -> str:
    """What stands for the batch as this caller sees it now: the tag of its detail."""
    async with office.database.read() as session:
        return _standing(await _detail(session, office, who, batch_id))


def _standing(detail: BatchDetail) -> str:
    """What stands for the batch under a conditional write: that the bounds of a form move with the day changes none."""
    return of_content(detail, but={"acts": {"__all__": {"form"}}})


async def _detail(session: Session, office: Office, who: Caller, batch_id: str) -> BatchDetail:
    row = await seen(session, who, batch_id)
    return BatchDetail(
        **BatchView.of(row).model_dump(),
        cases=await cases.figures(session, who.scope, batch_id),
        acts=of_batch(who.scope, office.policy, row),
    )


async def seen(session: Session, who: Caller, batch_id: str) -> BatchRow:
    """The batch, or RefusedError `unknown-batch` when there is none for this caller."""
    row = await cases.batch(session, who.scope, batch_id)
    if row is None:
        raise RefusedError("unknown-batch")
    return row
