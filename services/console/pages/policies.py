"""The policy as people read it: every version, and what one says otherwise than another."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.menu import Entry
from services.console.pages.accounts import reader_in_force
from services.console.policy_view import kinds, lists
from services.console.trying import begin, job_of, waiting
from services.console.wording import say
from services.kit.policy_values import changed_values

router = APIRouter()
MENU = Entry("/policies", "menu.policies", 80, ("GET /policies",))
PROPOSALS, WHAT_IF = "GET /policies/proposals", "GET /policies/{version}/what-if"
Version = Annotated[str, Query(max_length=60)]


@router.get("/policies")
async def policies(found: WhoAsks) -> Response:
    """Every released version, and two of them to compare."""
    me = await found.api.read("/me")
    return found.page("policies/list.html", versions=await _versions(found), proposals=PROPOSALS in me["may"])


@router.get("/calendars")
async def calendars(found: WhoAsks) -> Response:
    """The years of which the days off are known."""
    read = await found.api.read("/calendars")
    years = sorted(read["years"], key=lambda one: int(one["year"]), reverse=True)
    return found.page("policies/calendars.html", years=years)


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
    me = await found.api.read("/me")
    return found.page(
        "policies/version.html",
        version=versions[version],
        kinds=kinds(read),
        lists=lists(read),
        asks=WHAT_IF in me["may"],
    )


@router.post("/policies/{version}/what-if")
async def what_if(version: str, found: WhoAsks) -> Response:
    """Begin to fold the record under this version: every open case is looked at, so it takes minutes."""
    work = found.api.walk(f"/policies/{version}/what-if")
    ident = begin(found, work, version)
    return found.go(f"/policies/{version}/what-if/{ident}")


@router.get("/policies/{version}/what-if/{ident}")
async def would_differ(version: str, ident: str, found: WhoWatches) -> Response:
    """The cases whose outcome would differ; until it is known the page looks again by itself."""
    job = job_of(found, ident)
    if (page := waiting(found, job)) is not None:
        return page
    try:
        read: dict[str, Any] = job.task.result()
    except RefusedError as error:
        return found.refusal(error.problem)
    reader = await reader_in_force(found)
    rows = [
        {
            **one,
            "kind": reader.word("kind", one["kind"]),
            "district": reader.word("district", one["district"]),
            "differs": [say(found.language, f"what_if.{what}") for what in one["differs"]],
        }
        for one in read["cases"]
    ]
    return found.page("policies/what_if.html", version=version, found=read, rows=rows, problem=None)


async def _versions(found: Asked) -> dict[str, dict[str, Any]]:
    listed = await found.api.read("/policies")
    return {one["version"]: one for one in sorted(listed, key=lambda one: str(one["version"]))}
