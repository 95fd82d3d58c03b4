"""Versions of the house's own before one is proposed: which lie in the folder, what each says otherwise."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.policy.model import Policy
from services.console.acting import after_refusal
from services.console.api import Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.pages.accounts import reader_in_force
from services.console.pages.proposals import PAGE, PROPOSE, proposed
from services.console.wording import say
from services.kit.policy_values import changed_values

router = APIRouter()
DRAFTS = "/policies/proposals/drafts"
Version = Annotated[str, Query(max_length=60)]


@router.get(f"{PAGE}/new")
async def drafts(found: WhoAsks) -> Response:
    """The versions in the office's folder that were not released, each with the way to what it says otherwise."""
    return found.page("policies/drafts.html", rows=await found.api.read(DRAFTS))


@router.get(f"{PAGE}/drafts/{{version}}")
async def draft(version: str, found: WhoAsks, old: Version = "") -> Response:
    """What it says otherwise than a released one, by default the one in force; and the way to propose it."""
    return await _page(found, version, old)


@router.post(f"{PAGE}/drafts/{{version}}")
async def propose(version: str, found: WhoAsks) -> Response:
    """Propose it under the digest of what was shown, once the page that says so is signed."""
    posted = await found.posted()
    digest, address = posted.get("digest", ""), f"{PAGE}/drafts/{version}"
    if "change" in posted:
        return found.go(address)
    if "sign" not in posted:
        facts = [
            (say(found.language, "policies.version"), version),
            (say(found.language, "policies.digest"), digest),
        ]
        return found.page("acting/check.html", action=address, facts=facts, typed=list(posted.items()))
    body = {"version": version, "digest": digest}
    reply = await found.api.send("POST", "/policies/proposals", body, key=posted.get("key", ""))
    if reply.problem is None:
        return proposed(found, reply)
    return after_refusal(found, posted, reply.problem) or await _page(found, version, "", reply.problem)


async def _page(found: Asked, version: str, old: str, problem: Problem | None = None) -> Response:
    read: Mapping[str, Any] = await found.api.read(f"{DRAFTS}/{version}")
    released = sorted(one["version"] for one in await found.api.read("/policies"))
    base = old or (await reader_in_force(found)).policy.version
    if base not in released:
        raise RefusedError(Problem(404, "not-found"))
    before = await found.console.policies.of(found.api, base)
    may = (await found.api.read("/me"))["may"]
    return found.page(
        "policies/draft.html",
        problem.status if problem else 200,
        draft=read,
        old=base,
        released=released,
        changes=changed_values(before, Policy.model_validate(read["policy"])),
        proposes=PROPOSE in may,
        hidden={"digest": read["digest"], "key": found.key(), RETURN: f"{PAGE}/drafts/{version}"},
        problem=problem,
    )
