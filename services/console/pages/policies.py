"""The policy as people read it: every version whole, and what one says otherwise than another."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.menu import Entry
from services.kit.policy_pages.page import diff_part, policy_part

router = APIRouter()
MENU = Entry("/policies", "menu.policies", 80, ("GET /policies",))
Version = Annotated[str, Query(max_length=60)]


@router.get("/policies")
async def policies(found: WhoAsks) -> Response:
    """Every released version, and two of them to compare."""
    return found.page("policies/list.html", versions=await _versions(found))


@router.get("/policies/difference")
async def difference(found: WhoAsks, old: Version = "", new: Version = "") -> Response:
    """What the newer says otherwise: every value, and the tasks and letters that read otherwise."""
    versions = await _versions(found)
    if not {old, new} <= versions.keys():
        raise RefusedError(Problem(404, "not-found"))
    before, now = [await found.console.policies.of(found.api, version) for version in (old, new)]
    part = await asyncio.to_thread(diff_part, before, now, found.language)
    return found.page("policies/text.html", part=part, title=f"{old} → {new}")


@router.get("/policies/{version}")
async def policy(version: str, found: WhoAsks) -> Response:
    """One version: stages, tasks and terms, forms, letters, lists, who may not do what together."""
    versions = await _versions(found)
    if version not in versions:
        raise RefusedError(Problem(404, "not-found"))
    read = await found.console.policies.of(found.api, version)
    part = await asyncio.to_thread(policy_part, read, versions[version]["digest"], found.language)
    return found.page("policies/text.html", part=part, title=version)


async def _versions(found: Asked) -> dict[str, dict[str, Any]]:
    listed = await found.api.read("/policies")
    return {one["version"]: one for one in sorted(listed, key=lambda one: str(one["version"]))}
