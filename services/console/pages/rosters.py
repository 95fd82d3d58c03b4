"""The roster of a batch: tried without any effect, given back with its faults marked, and taken whole."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.api import RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.sheets.answering import as_file
from services.console.sheets.book import MEDIA
from services.console.trying import TAKEN, TRIED, begin, found_in, job_of, leads_on
from services.console.uploads import uploaded

router = APIRouter()


@router.get("/batches/{batch_id}/roster")
async def roster(batch_id: str, found: WhoAsks) -> Response:
    """Where the file is chosen."""
    return await _choose(found, batch_id)


@router.post("/batches/{batch_id}/roster")
async def tried(batch_id: str, found: WhoAsks) -> Response:
    """Read the file; nothing is stored. It takes a while, so its page waits and not the browser."""
    content = await uploaded(found.request)
    if not content:
        return await _choose(found, batch_id, lacking=True)
    return _begin(found, batch_id, TRIED, content)


@router.get("/batches/{batch_id}/roster/{ident}")
async def outcome(batch_id: str, ident: str, found: WhoWatches) -> Response:
    """What was found in the file: every faulty cell, or that it may be imported; and what the import came to."""
    job = job_of(found, ident)
    if (page := leads_on(found, job, "/batches/recording/{}".format, f"/batches/{batch_id}")) is not None:
        return page
    shown, problem = found_in(job)
    return found.page(
        "batches/faults.html",
        problem.status if problem else 200,
        batch=await found.api.read(f"/batches/{batch_id}"),
        ident=ident,
        read=shown,
        faults=[{**one, "column": one.get("header", one["column"])} for one in shown.get("errors", ())],
        problem=problem,
        key=found.key(),
    )


@router.post("/batches/{batch_id}/roster/{ident}/import")
async def taken(batch_id: str, ident: str, found: WhoAsks) -> Response:
    """Import the file that was tried, as it was tried. However often the page is sent, it is imported once."""
    job, posted = job_of(found, ident), await found.posted()
    return _begin(found, batch_id, TAKEN, job.file, posted.get("key", ""))


@router.post("/batches/{batch_id}/roster/{ident}/marked")
async def marked(batch_id: str, ident: str, found: WhoAsks) -> Response:
    """The same file back: every faulty cell coloured, what is wrong as a comment."""
    content, path = job_of(found, ident).file, f"/batches/{batch_id}/roster/marked"
    reply = await found.api.upload(path, content, key=found.key(), media=MEDIA)
    if reply.problem is not None:
        raise RefusedError(reply.problem)
    return as_file("roster-marked.xlsx", reply.body)


def _begin(found: Asked, batch_id: str, what: str, content: bytes, key: str = "") -> Response:
    work = found.api.upload(
        f"/batches/{batch_id}/roster",
        content,
        key=key or found.key(),
        media=MEDIA,
        dry_run="false" if what == TAKEN else "true",
    )
    ident = begin(found, work, what, file=content)
    return found.go(f"/batches/{batch_id}/roster/{ident}")


async def _choose(found: Asked, batch_id: str, *, lacking: bool = False) -> Response:
    batch = await found.api.read(f"/batches/{batch_id}")
    return found.page("batches/roster.html", 422 if lacking else 200, batch=batch, lacking=lacking)
