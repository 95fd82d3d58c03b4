"""Cases: the list, and where each stands."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from contracts.case import CaseKind
from contracts.vocabulary import CaseState
from services.console.asked import Asked, WhoAsks
from services.console.domain import named
from services.console.menu import Entry
from services.console.pages.accounts import reader_in_force
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
Filter = Annotated[str, Query(max_length=500)]


@router.get("/cases")
async def cases(
    found: WhoAsks, kind: Filter = "", state: Filter = "", parent: Filter = "", cursor: Filter = ""
) -> Response:
    """The cases that one may see; of those one is kept from the number only."""
    narrowed = {"kind": kind, "state": state, "parent": parent}
    listed = await found.api.read("/cases", **narrowed, cursor=cursor, limit=ROWS)
    return await _page(found, listed, narrowed)


@router.post("/cases/find")
async def find(
    found: WhoAsks,
    q: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    parent: Annotated[str, Form()] = "",
    cursor: Annotated[str, Form()] = "",
) -> Response:
    """Whoever is meant by a name, pinyin, firm, code or number. What is typed is personal: it stands in no address."""
    within = {"kind": kind, "parent": parent}
    if not q.strip():
        return found.go(f"/cases?{urlencode(within)}")
    asked = {"q": q.strip(), **within}
    reply = await found.api.send(
        "POST", "/search/cases", asked, params={"cursor": cursor} if cursor else None
    )
    if reply.problem is not None:
        return found.refusal(reply.problem)
    return await _page(found, reply.body, {**within, "state": ""}, q.strip())


async def _page(
    found: Asked, listed: Mapping[str, Any], narrowed: dict[str, str], sought: str = ""
) -> Response:
    reader = await reader_in_force(found)
    offered = [kind.value for kind in CaseKind if kind is not CaseKind.BATCH]
    # Whatever the address asks for is seen to apply, also a kind that nobody knows.
    kinds = dict.fromkeys([*offered, *filter(None, [narrowed["kind"]])])
    return found.page(
        "cases/list.html",
        rows=listed["items"],
        next=listed["next"],
        narrowed=narrowed,
        kinds={kind: reader.word("kind", kind) for kind in kinds},
        states=[one.value for one in CaseState],
        sought=sought,
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


@router.get("/cases/{case_id}/letters")
async def letters(case_id: str, found: WhoAsks) -> Response:
    """The letters of this case that came to whoever asks."""
    return found.go(f"/letters?case_id={case_id}")
