"""What is masked in a case, shown for a purpose: chosen part by part, noted first, shown once and kept nowhere."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.words.naming import pick
from services.console.acting import after_refusal
from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.facts import Reader

router = APIRouter()
PART = "part."
"""What the names of the ticks begin with; behind it the code of the part."""


@router.get("/cases/{case_id}/reveal")
async def form(case_id: str, found: WhoAsks) -> Response:
    """Which parts may be shown to whoever asks, and for which purposes."""
    return await _form(found, case_id, {})


@router.post("/cases/{case_id}/reveal")
async def reveal(case_id: str, found: WhoAsks) -> Response:
    """Show them. The answer is on this page alone: asked for again, it is noted again."""
    posted = await found.posted()
    fields = [name.removeprefix(PART) for name in posted if name.startswith(PART)]
    purpose, reason = posted.get("purpose", ""), posted.get("reason", "").strip()
    if not (fields and purpose and reason):
        return await _form(found, case_id, posted, lacking=True)
    said = {"fields": fields, "purpose": purpose, "reason": reason}
    reply = await found.api.send("POST", f"/cases/{case_id}/reveals", said, key=posted.get("key", ""))
    if reply.problem is not None:
        again = after_refusal(found, posted, reply.problem)
        return again or await _form(found, case_id, posted, problem=reply.problem)
    case = await found.api.read(f"/cases/{case_id}")
    reader = await found.reader(case["policy"])
    parts = parts_shown(reader, reply.body["shown"])
    return found.page("reveals/shown.html", case=case, parts=parts, back=f"/cases/{case_id}")


def parts_shown(reader: Reader, shown: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """By the name of each part, what it holds."""
    named = {one.code: one.name for one in reader.policy.disclosure.personal}
    return [
        (pick(named[code], reader.language), reader.sections(held))
        for code, held in shown.items()
        if code in named
    ]


async def _form(
    found: Asked,
    case_id: str,
    posted: Mapping[str, str],
    *,
    lacking: bool = False,
    problem: Problem | None = None,
) -> Response:
    case = await found.api.read(f"/cases/{case_id}")
    if case.get("recused"):
        return found.page("cases/recused.html", 403, case_id=case_id)
    policy = (await found.reader(case["policy"])).policy
    return found.page(
        "reveals/form.html",
        problem.status if problem else 422 if lacking else 200,
        case=case,
        purposes=policy.disclosure.purposes,
        posted=posted,
        lacking=lacking,
        problem=problem,
        hidden={"key": found.key(), RETURN: f"/cases/{case_id}/reveal"},
    )
