"""Figures of a batch or of all: what the API counted, as bars with the numbers below, and as a workbook."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console import counted
from services.console.asked import Asked, WhoAsks
from services.console.facts import Reader
from services.console.menu import Entry
from services.console.sheets.answering import as_file
from services.console.sheets.book import Column, Stamp, workbook
from services.console.wording import say

router = APIRouter()
MENU = Entry("/figures", "menu.figures", 60, ("GET /figures", "GET /batches"))
Batch = Annotated[str, Query(max_length=121)]
WIDTHS = {"table": 28, "of": 40, "part": 16, "number": 10}


@router.get("/figures")
async def figures(found: WhoAsks, batch_id: Batch = "") -> Response:
    """The page."""
    batches = await _batches(found)
    read, reader = await _read(found, batch_id, batches)
    return found.page(
        "figures/page.html",
        figures=read,
        charts=counted.charts(read, reader),
        totals=counted.TOTALS,
        batches=batches,
        batch_id=batch_id,
    )


@router.get("/figures/sheet")
async def sheet(found: WhoAsks, batch_id: Batch = "") -> Response:
    """The same numbers as a workbook."""
    batches = await _batches(found)
    read, reader = await _read(found, batch_id, batches)
    narrowed = (
        [(say(found.language, "figures.batch"), batches[batch_id]["title"])] if batch_id in batches else []
    )
    title = say(found.language, "figures.title")
    counted_under = [batches[batch_id]] if batch_id in batches else batches.values()
    policies = say(found.language, "comma").join(sorted({one["policy"] for one in counted_under}))
    stamp = Stamp(title, found.signed.name, found.console.now(), narrowed, policies)
    columns = [Column(say(found.language, f"figures.{name}"), width) for name, width in WIDTHS.items()]
    rows = list(counted.rows(read, reader))
    return as_file("figures.xlsx", await asyncio.to_thread(workbook, stamp, columns, rows, found.language))


async def _batches(found: Asked) -> dict[str, dict[str, Any]]:
    listed = await found.api.read("/batches", limit=200)
    return {one["batch_id"]: one for one in listed["items"]}


async def _read(
    found: Asked, batch_id: str, batches: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], Reader]:
    """The figures, and their reader: under the batch's version of the policy, of all batches under their newest."""
    read = await found.api.read("/figures", batch_id=batch_id)
    if batch_id in batches:
        return read, await found.reader(batches[batch_id]["policy"])
    versions = [*batches.values()] or await found.api.read("/policies")
    return read, await found.reader(max(one.get("policy") or one["version"] for one in versions))
