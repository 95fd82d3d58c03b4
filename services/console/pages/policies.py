"""The policy as people read it: every version, and what one says otherwise than another."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.menu import Entry
from services.console.policy_view import kinds, lists
from services.kit.policy_values import changed_values

router = APIRouter()
MENU = Entry("/policies", "menu.policies", 80, ("GET /policies",))
Version = Annotated[str, Query(max_length=60)]


@router.get("/policies")
async def policies(found: WhoAsks) -> Response:
    """Every released version, and two of them to compare."""
    return found.page("policies/list.html", versions=await _versions(found))


@router.get("/policies/difference")
async def difference(found: WhoAsks, old: Version = "", new: Version = "") -> Response:
    """Every value that the newer version says otherwise."""
    if not {old, new} <= (await _versions(found)).keys():
        raise RefusedError(Problem(404, "not-found"))
    before, now = [await found.console.policies.of(found.api, version) for version in (old, new)]
    return found.page("policies/difference.html", old=old, new=new, changes=changed_values(before, now))


@router.get("/policies/{version}")
async def policy(version: str, found: WhoAsks) -> Response:
    """One version: who does what until when, and the lists that rules read."""
    versions = await _versions(found)
    if version not in versions:
        raise RefusedError(Problem(404, "not-found"))
    read = await found.console.policies.of(found.api, version)
    return found.page(
        "policies/version.html", version=versions[version], kinds=kinds(read), lists=lists(read)
    )


async def _versions(found: Asked) -> dict[str, dict[str, Any]]:
    listed = await found.api.read("/policies")
    return {one["version"]: one for one in sorted(listed, key=lambda one: str(one["version"]))}
