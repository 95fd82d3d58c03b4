"""One's own data: everything that is held about whoever asks, shown once in words or saved as a file, kept nowhere."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.acting import after_refusal
from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.domain import said
from services.console.pages.accounts import named, reader_in_force
from services.console.sheets.answering import as_file

router = APIRouter()
PAGE = "/me/data"
FILE = "file"
"""The field that asks for the file instead of the page."""


@router.get(PAGE)
async def ask(found: WhoAsks) -> Response:
    """What will be shown, and that it is noted each time."""
    return await _ask(found)


@router.post(PAGE)
async def show(found: WhoAsks) -> Response:
    """Show it, or give it as a file. The answer is on this page alone: asked for again, it is noted again."""
    posted = await found.posted()
    reply = await found.api.send("POST", "/me/export", key=posted.get("key", ""))
    if reply.problem is not None:
        return after_refusal(found, posted, reply.problem) or await _ask(found, reply.problem)
    if FILE in posted:
        whole = json.dumps(reply.body, ensure_ascii=False, indent=2).encode()
        return as_file("own-data.json", whole, "application/json")
    held: Mapping[str, Any] = reply.body
    reader = await reader_in_force(found)
    return found.page(
        "own_data/shown.html",
        held=held,
        accounts=[{**one, "grants": named(one["grants"], reader)} for one in held["accounts"]],
        cases=[await _case(found, one) for one in held["cases"]],
        readings=[
            {**one, "why": reader.word("purpose", one["purpose"])} for one in held["read_in_emergencies"]
        ],
    )


async def _case(found: Asked, own: Mapping[str, Any]) -> dict[str, Any]:
    """A case with its codes in words, as its own version of the policy calls them."""
    reader = await found.reader(own["policy"])
    parts = {"dossier": own["dossier"], **own["facts"], "fact": own["held_against"]}
    return {
        **own,
        "sections": [
            *reader.sections(parts),
            *(reader.answer(reader.label("answer"), one) for one in own["answers"]),
        ],
        "happened": [
            {
                "at": one["at"],
                "what": said(found.language, "event", one["type"]),
                "facts": reader.told(one["said"]),
            }
            for one in own["events"]
        ],
    }


async def _ask(found: Asked, problem: Problem | None = None) -> Response:
    return found.page(
        "own_data/ask.html",
        problem.status if problem else 200,
        problem=problem,
        hidden={"key": found.key(), RETURN: PAGE},
    )
