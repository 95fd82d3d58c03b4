"""Deciding on a request for accounts, from the request."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.console import acting
from services.console.acting import Act
from services.console.asked import Asked, WhoAsks
from services.console.decision import SEEN, decision, kind_of, waiting
from services.console.pages.accounts import reader_in_force
from services.console.wording import say

router = APIRouter()


@router.get("/accounts/requests/{case_id}/decide")
async def form(case_id: str, found: WhoAsks) -> Response:
    """The outcomes, under the digest of what the request shows now."""
    read = await found.api.read(f"/access/{case_id}")
    return await acting.form(found, await _act(found, read, waiting(read["decision"])[SEEN]), {})


@router.post("/accounts/requests/{case_id}/decide")
async def decide(case_id: str, found: WhoAsks) -> Response:
    """Check what was typed; and decide when the page that shows it is signed."""
    read = await found.api.read(f"/access/{case_id}")
    seen = (await found.posted()).get(SEEN, "")
    act = await _act(found, read, seen)
    return await acting.sent(found, act, lambda _: found.go(f"/accounts/requests/{case_id}"))


async def _act(found: Asked, read: Mapping[str, Any], seen: str) -> Act:
    task_id, case_id = waiting(read["decision"])["task_id"], read["case_id"]
    return decision(
        kind_of(case_id, task_id, (await reader_in_force(found)).policy),
        found.language,
        task_id=task_id,
        seen=seen,
        address=f"/accounts/requests/{case_id}",
        about=f"{read['names']['what']} · {say(found.language, 'accounts.request')} {case_id}",
    )
