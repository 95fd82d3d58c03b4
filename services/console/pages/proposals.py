"""What is proposed for the policy: a version of the house's own, or a rule of transition; and what another decides."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console import acting
from services.console.acting import Act
from services.console.api import Reply
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.decision import SEEN, decision, kind_of, waiting
from services.console.domain import said
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema
from services.console.pages.accounts import reader_in_force
from services.console.wording import say

router = APIRouter()
PROPOSE = "POST /policies/proposals"
PAGE = "/proposals"
_VERSION = {"type": "string", "pattern": r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$", "maxLength": 41}
RULE: Schema = {
    "type": "object",
    "required": ["version", "batches"],
    "properties": {
        "version": {**_VERSION, "title": "适用的版本 / Version that is to decide"},
        "batches": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "title": "批次 / Batches",
            "items": {"type": "string", "maxLength": 121},
        },
        "items": {
            "type": "array",
            "maxItems": 200,
            "title": "须再次征求意见的事项 / Items about which is asked once more",
            "items": {"type": "string", "maxLength": 120},
        },
    },
}


@router.get(PAGE)
async def proposals(found: WhoAsks) -> Response:
    """What was proposed, and what became of it."""
    me = await found.api.read("/me")
    rows = [_shown(found, one) for one in await found.api.read("/policies/proposals")]
    rows.sort(key=lambda one: str(one["opened_at"]), reverse=True)
    return found.page("policies/proposals.html", rows=rows, proposes=PROPOSE in me["may"])


@router.get(f"{PAGE}/transition")
async def transition(found: WhoAsks) -> Response:
    """The form of a rule of transition: a released version, the batches, the items that are asked about once more."""
    return await acting.form(found, await _transition(found), {})


@router.post(f"{PAGE}/transition")
async def transition_proposed(found: WhoAsks) -> Response:
    """Likewise."""
    return await acting.sent(found, await _transition(found), lambda reply: proposed(found, reply))


@router.get(f"{PAGE}/recording/{{command_id}}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record."""
    return await acting.recorded(found, command_id, f"{PAGE}/{{case_id}}")


@router.get(f"{PAGE}/{{case_id}}")
async def proposal(case_id: str, found: WhoAsks) -> Response:
    """One proposal, with the way to decide on it."""
    me = await found.api.read("/me")
    read = _shown(found, await found.api.read(f"/policies/proposals/{case_id}"))
    decides = read["approval"] is not None and PROPOSE in me["may"] and read["author"] != me["person_id"]
    rule = read["transition"] or {"batches": []}
    titled = await found.api.read("/policies/proposals/batches") if rule["batches"] else []
    titles = {one["batch_id"]: one["title"] for one in titled}
    return found.page(
        "policies/proposal.html",
        one=read,
        decides=decides,
        batches=[titles.get(ident, ident) for ident in rule["batches"]],
    )


@router.get(f"{PAGE}/{{case_id}}/decide")
async def decide_form(case_id: str, found: WhoAsks) -> Response:
    """The outcomes, under the digest of what the proposal shows now."""
    read = await found.api.read(f"/policies/proposals/{case_id}")
    return await acting.form(found, await _deciding(found, read, waiting(read["approval"])["seen"]), {})


@router.post(f"{PAGE}/{{case_id}}/decide")
async def decided(case_id: str, found: WhoAsks) -> Response:
    """Check what was typed; and decide when the page that shows it is signed."""
    read = await found.api.read(f"/policies/proposals/{case_id}")
    act = await _deciding(found, read, (await found.posted()).get(SEEN, ""))
    return await acting.sent(found, act, lambda _: found.go(f"{PAGE}/{case_id}"))


def _shown(found: Asked, one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "called": said(found.language, "state", one["state"])}


def proposed(found: Asked, reply: Reply) -> Response:
    """To the proposal that waits for approval; while it is not on the record yet, to the page that says so."""
    recorded = f"{PAGE}/recording/{reply.body['command_id']}"
    return found.go(recorded if reply.status == 202 else f"{PAGE}/{reply.body['case_id']}")


async def _transition(found: Asked) -> Act:
    released = {one["version"]: one["digest"] for one in await found.api.read("/policies")}
    batches = await found.api.read("/policies/proposals/batches")
    policy = (await reader_in_force(found)).policy
    known = Known(
        choices={
            "version": [(one, Text(zh=one, en=one)) for one in sorted(released)],
            "batches": [(one["batch_id"], _batch(one)) for one in batches],
            "items": [
                (one.code, Text(zh=f"{one.code} {one.name.zh}", en=f"{one.code} {one.name.en}"))
                for one in policy.negative_list
                if one.on
            ],
        }
    )

    def body(value: Mapping[str, Any]) -> dict[str, Any]:
        rule = {"batches": value["batches"], "items": value.get("items", [])}
        return {"version": value["version"], "digest": released.get(value["version"], ""), "transition": rule}

    return Act(
        address=f"{PAGE}/transition",
        title=say(found.language, "proposals.transition"),
        back=PAGE,
        about=say(found.language, "proposals.title"),
        path="/policies/proposals",
        schema=RULE,
        known=known,
        body=body,
    )


def _batch(one: Mapping[str, Any]) -> Text:
    named = f"{one['title']} · {one['policy']}"
    return Text(zh=named, en=named)


async def _deciding(found: Asked, read: Mapping[str, Any], seen: str) -> Act:
    task_id, case_id = waiting(read["approval"])["task_id"], read["case_id"]
    return decision(
        kind_of(case_id, task_id, (await reader_in_force(found)).policy),
        found.language,
        task_id=task_id,
        seen=seen,
        address=f"{PAGE}/{case_id}",
        about=f"{say(found.language, 'proposals.title')} · {read['version']}",
    )
