"""The record sheet (纪实表) of a person, and the volume of a batch: shown as a page, handed on as a paper."""

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import WhoAsks, WhoWatches
from services.console.sheets.answering import as_file
from services.console.trying import begin, job_of, written

router = APIRouter()
PDF = "application/pdf"
QUICK_SECONDS = 3.0
"""For so long a browser waits for a volume; after that its page looks again."""
District = Annotated[str, Query(max_length=61)]


@router.get("/cases/{case_id}/sheet")
async def sheet(case_id: str, found: WhoAsks) -> Response:
    """Thirteen documents in five links, each with what stands for it on the record. Noted before it is shown."""
    return found.page("cases/sheet.html", sheet=await found.api.read(f"/cases/{case_id}/sheet"))


@router.get("/cases/{case_id}/sheet.pdf")
async def sheet_pdf(case_id: str, found: WhoAsks) -> Response:
    """The same as a page to be filed."""
    return await found.hand_on(f"/cases/{case_id}/sheet.pdf")


@router.get("/batches/{batch_id}/volume")
async def volume(batch_id: str, found: WhoAsks, district: District = "") -> Response:
    """The sheets of everybody in the batch whom whoever asks may see. It takes a while, so its page waits for it."""
    work: Coroutine[Any, Any, bytes] = found.api.walk(f"/batches/{batch_id}/volume.pdf", district=district)
    ident = begin(found, work, f"volume-{batch_id}")
    await asyncio.wait([job_of(found, ident).task], timeout=QUICK_SECONDS)
    return found.go(f"/batches/{batch_id}/volume/{ident}")


@router.get("/batches/{batch_id}/volume/{ident}")
async def volume_written(batch_id: str, ident: str, found: WhoWatches) -> Response:
    """How far it is; then the link to the file, or why there is none."""
    return written(found, ident, f"/batches/{batch_id}/volume")


@router.get("/batches/{batch_id}/volume/{ident}/file")
async def volume_file(batch_id: str, ident: str, found: WhoAsks) -> Response:
    """The volume as PDF/A-2b."""
    job = job_of(found, ident)
    if not job.done:
        return found.go(f"/batches/{batch_id}/volume/{ident}")
    return as_file(f"{job.name}.pdf", job.task.result(), PDF)
