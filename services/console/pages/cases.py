"""Cases: the list, where each stands, and what happened in it."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.vocabulary import CaseState
from services.console.asked import Asked, WhoAsks
from services.console.domain import named
from services.console.menu import Entry
from services.console.stages import bar
from services.console.wording import say

router = APIRouter()
MENU = Entry("/cases", "menu.cases", 20, ("GET /cases",))
ROWS = 50
DESKS = {"screening": "menu.screening"}
"""Kinds of case that have a page of their own beside, under an address that begins as the kind is called; its name."""
LOOKS: Mapping[str, str] = {
    "readers": "GET /cases/{case_id}/hits/{hit}/readers",
    "integrity": "GET /integrity",
}
"""Further pages of a case about somebody, by the last part of their address, and the route that each needs."""
EVENTS = 200
"""On one read; a case has a few hundred."""
MOST_READS = 25
Filter = Annotated[str, Query(max_length=500)]


@router.get("/cases")
async def cases(
    found: WhoAsks, kind: Filter = "", state: Filter = "", parent: Filter = "", cursor: Filter = ""
) -> Response:
    """The cases that one may see; of those one is kept from the number only."""
    narrowed = {"kind": kind, "state": state, "parent": parent}
    listed = await found.api.read("/cases", **narrowed, cursor=cursor, limit=ROWS)
    rows = listed["items"]
    kinds = {row["kind"]: row["names"].get("kind", row["kind"]) for row in rows if "kind" in row}
    return found.page(
        "cases/list.html",
        rows=rows,
        next=listed["next"],
        narrowed=narrowed,
        kinds=kinds,
        states=[one.value for one in CaseState],
    )


@router.get("/cases/{case_id}")
async def case(case_id: str, found: WhoAsks, done: Filter = "") -> Response:
    """Where it stands, what is open until when and why, and what was decided."""
    read, me = await asyncio.gather(found.api.read(f"/cases/{case_id}"), found.api.read("/me"))
    if read.get("recused"):
        return found.page("cases/recused.html", 403, case_id=case_id)
    reader = await found.reader(read["policy"])
    # What stands on a desk of its own is said there, in words.
    own = {} if read["kind"] in DESKS else read["facts"] or {}
    facts = {name: value for name, value in own.items() if name != "kind"}
    return found.page(
        "cases/case.html",
        case=read,
        done=named(found.language, "act", done),
        steps=bar(read, reader.policy, found.language),
        sections=reader.sections({"dossier": read["dossier"], **facts}),
        desk=say(found.language, DESKS[read["kind"]]) if read["kind"] in DESKS else "",
        notice=facts.get("notice"),
        looks=[name for name, route in LOOKS.items() if read["nominee"] and route in me["may"]],
        decisions=[{**one, "facts": reader.told(one["payload"])} for one in read["decisions"]],
    )


@router.get("/cases/{case_id}/timeline")
async def timeline(case_id: str, found: WhoAsks) -> Response:
    """What happened, the newest first, as far as one may see it."""
    read = await found.api.read(f"/cases/{case_id}")
    reader = await found.reader(read["policy"])
    events = await _events(found, case_id)
    told = [{**one, "facts": reader.told(one["payload"])} for one in reversed(events)]
    return found.page("cases/timeline.html", case=read, events=told)


@router.get("/cases/{case_id}/letters")
async def letters(case_id: str, found: WhoAsks) -> Response:
    """The letters of this case that came to whoever asks."""
    return found.go(f"/letters?case_id={case_id}")


async def _events(found: Asked, case_id: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(MOST_READS):
        page = await found.api.read(f"/cases/{case_id}/timeline", cursor=cursor, limit=EVENTS)
        events += page["items"]
        cursor = page["next"] or ""
        if not cursor:
            break
    return events
