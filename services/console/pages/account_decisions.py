"""Deciding on a request for accounts, from the request: whoever administers reads no page of tasks."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.policy.procedure import TaskKind
from contracts.words.loader import words
from services.console import acting
from services.console.acting import Act
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.facts import Reader
from services.console.forms.draw import Known
from services.console.pages.accounts import reader_in_force
from services.console.wording import say

router = APIRouter()
SEEN = "seen"


@router.get("/accounts/requests/{case_id}/decide")
async def form(case_id: str, found: WhoAsks) -> Response:
    """The outcomes, under the digest of what the request shows now."""
    read = await found.api.read(f"/access/{case_id}")
    return await acting.form(found, await _act(found, read, _decision(read)[SEEN]), {})


@router.post("/accounts/requests/{case_id}/decide")
async def decide(case_id: str, found: WhoAsks) -> Response:
    """Check what was typed; and decide when the page that shows it is signed."""
    read = await found.api.read(f"/access/{case_id}")
    seen = (await found.posted()).get(SEEN, "")
    act = await _act(found, read, seen)
    return await acting.sent(found, act, lambda _: found.go(f"/accounts/requests/{case_id}"))


def kind_of(read: Mapping[str, Any], reader: Reader) -> TaskKind | None:
    """What kind of decision waits, as its task is named; None when the policy in force knows none of that name."""
    named = read["decision"]["task_id"].removeprefix(f"{read['case_id']}.").partition(".")[0]
    return next((task for task in reader.policy.tasks if task.code == named), None)


def _decision(read: Mapping[str, Any]) -> Mapping[str, Any]:
    decision: Mapping[str, Any] | None = read["decision"]
    if decision is None:
        raise RefusedError(Problem(404, "not-found"))
    return decision


async def _act(found: Asked, read: Mapping[str, Any], seen: str) -> Act:
    decision, reader = _decision(read), await reader_in_force(found)
    kind = kind_of(read, reader)
    if kind is None:
        raise RefusedError(Problem(404, "not-found"))
    address = f"/accounts/requests/{read['case_id']}"
    schema = {
        "type": "object",
        "required": ["outcome", "reason"],
        "properties": {
            "outcome": {
                "type": "string",
                "enum": list(kind.outcomes),
                "maxLength": 121,
                "title": "办理结果 / Outcome",
            },
            "reason": {"type": "string", "minLength": 1, "maxLength": 4000, "title": "理由 / Why"},
        },
    }
    return Act(
        address=f"{address}/decide",
        title=kind.name.zh if found.language == "zh" else kind.name.en,
        back=address,
        about=f"{read['names']['what']} · {say(found.language, 'accounts.request')} {read['case_id']}",
        path=f"/tasks/{decision['task_id']}/outcome",
        schema=schema,
        known=Known({"outcome": [(code, words("outcome")[code]) for code in kind.outcomes]}),
        body=lambda value: {**value, "form": {}, SEEN: seen},
        kept={SEEN: seen},
    )
