"""Every list as a workbook: the same rows under the same filter and the same rights, for whoever sees the list."""

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from services.console import trying
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.exports import EXPORTS, Export
from services.console.listing import every
from services.console.sheets.answering import as_file
from services.console.sheets.book import Stamp, workbook
from services.console.trying import begin, job_of
from services.console.wording import say

router = APIRouter()
QUICK_SECONDS = 3.0
"""For so long a browser waits for a file; after that its page looks again."""
MOST = 20_000
"""Rows of a workbook; a term of the whole city has fewer."""


@router.get("/sheets/{name}")
async def sheet(name: str, found: WhoAsks) -> Response:
    """The list as it is narrowed in the address."""
    export = _export(name)
    asked = {key: value.strip() for key, value in found.request.query_params.items() if key in export.filters}
    work = _written(found, export, asked)
    ident = begin(found, work, name)
    job = job_of(found, ident)
    await asyncio.wait([job.task], timeout=QUICK_SECONDS)
    return as_file(f"{name}.xlsx", job.task.result()) if job.done else found.go(f"/sheets/{name}/{ident}")


@router.get("/sheets/{name}/{ident}")
async def written(name: str, ident: str, found: WhoWatches) -> Response:
    """How far it is; then the link to the file."""
    return trying.written(found, ident, f"/sheets/{name}")


@router.get("/sheets/{name}/{ident}/file")
async def file(name: str, ident: str, found: WhoAsks) -> Response:
    """The workbook."""
    job = job_of(found, ident)
    if not job.done:
        return found.go(f"/sheets/{name}/{ident}")
    return as_file(f"{job.name}.xlsx", job.task.result())


async def _written(found: Asked, export: Export, asked: Mapping[str, str]) -> bytes:
    rows = await every(found.api, export.path, MOST, **asked)
    language = found.language
    narrowed = export.narrowed(rows, asked, language)
    policies = say(language, "comma").join(sorted({str(row["policy"]) for row in rows if row.get("policy")}))
    stamp = Stamp(say(language, export.title), found.signed.name, found.console.now(), narrowed, policies)
    lines = [export.line(row, language) for row in rows]
    return await asyncio.to_thread(workbook, stamp, export.head(language), lines, language)


def _export(name: str) -> Export:
    if name not in EXPORTS:
        raise RefusedError(Problem(404, "not-found"))
    return EXPORTS[name]
