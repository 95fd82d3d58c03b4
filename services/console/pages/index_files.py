"""A table of integrity indexes as a file: every faulty cell is named, and with one fault nothing of it is taken."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.acting import after_refusal
from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.uploads import chosen, media_of
from services.console.wording import words

router = APIRouter()
FAULTY = "roster-faulty"
DONE = "import-indexes"


@router.get("/batches/{batch_id}/indexes")
async def choose(batch_id: str, found: WhoAsks) -> Response:
    """Where the file is chosen, and what must stand in it."""
    return await _page(found, batch_id)


@router.post("/batches/{batch_id}/indexes")
async def taken(batch_id: str, found: WhoAsks) -> Response:
    """Take the file whole, or say what is wrong with it. However often the page is sent, it is taken once."""
    file = await chosen(found.request)
    if not file.content:
        return await _page(found, batch_id, lacking=True)
    reply = await found.api.upload(
        f"/batches/{batch_id}/indexes/file",
        file.content,
        key=file.typed.get("key", ""),
        media=media_of(file.name),
    )
    if reply.problem is None and reply.status == 202:
        to = f"/batches/{batch_id}"
        return found.go(f"/acts/recording/{reply.body['command_id']}?to={to}&act={DONE}")
    if reply.problem is None:
        return found.go(f"/batches/{batch_id}?done={DONE}")
    again = after_refusal(found, file.typed, reply.problem)
    return again or await _page(found, batch_id, problem=reply.problem)


def _column(found: Asked, key: str) -> str:
    """What the column is called."""
    return words(found.language).get(f"indexes.column_{key}", key)


async def _page(
    found: Asked, batch_id: str, *, lacking: bool = False, problem: Problem | None = None
) -> Response:
    faulty: dict[str, Any] = dict(problem.extra) if problem is not None and problem.code == FAULTY else {}
    return found.page(
        "indexes/page.html",
        problem.status if problem else 422 if lacking else 200,
        batch=await found.api.read(f"/batches/{batch_id}"),
        lacking=lacking,
        problem=problem,
        faulty=faulty,
        faults=[{**one, "column": _column(found, one["column"])} for one in faulty.get("errors", ())],
        hidden={"key": found.key(), RETURN: f"/batches/{batch_id}/indexes"},
    )
