"""The screening desk: which lists are here, what the runs came to, and hits with person and entry side by side."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from contracts.policy.model import Policy
from services.console.asked import Asked, WhoAsks
from services.console.facts import Reader
from services.console.menu import Entry

router = APIRouter()
IMPORTS, DOUBTS = "POST /screenings/{case_id}/lists/{list_code}", "POST /screenings/{case_id}/doubts"
MENU = Entry("/screening", "menu.screening", 35, either=(IMPORTS, DOUBTS))
ROWS = 20
"""Hits on a page: for each, the person's case is read."""
Place = Annotated[int, Query(ge=0, le=100_000)]
View = Annotated[str, Query(max_length=20)]


@router.get("/screening")
async def books(found: WhoAsks) -> Response:
    """The books of screening; of one alone its desk."""
    listed = await found.api.read("/cases", kind="screening", limit=50)
    rows = [row for row in listed["items"] if not row.get("recused")]
    if len(rows) == 1:
        return found.go(f"/screening/{rows[0]['case_id']}")
    begun = {one["code"]: one["names"] for one in (await found.api.read("/acts"))["items"]}
    return found.page("screening/books.html", rows=rows, opens="open-screening" in begun)


@router.get("/screening/{book}")
async def desk(book: str, found: WhoAsks, view: View = "", start: Place = 0) -> Response:
    """Lists with their origin, the run and what the last one came to, and the hits: those that stand, or that ended."""
    case = await found.api.read(f"/cases/{book}")
    reader = await found.reader(case["policy"])
    matches = await found.api.read(f"/screenings/{book}/matches")
    wanted = [one for one in matches if bool(one["ended"]) == (view == "ended")]
    rows = wanted[start : start + ROWS]
    facts = case["facts"]
    return found.page(
        "screening/desk.html",
        case=case,
        lists=lists(reader, facts),
        run=facts["run"],
        last=facts["last_run"],
        short=_named(reader.policy, facts["last_run"], reader),
        acts={one["code"]: one for one in case["acts"]},
        matches=[{**one, **_said(one, reader)} for one in rows],
        people=await _people(found, rows),
        view=view,
        standing=sum(not one["ended"] for one in matches),
        ended=sum(bool(one["ended"]) for one in matches),
        next=start + ROWS if start + ROWS < len(wanted) else None,
        **await _may(found),
    )


@router.get("/screening/{book}/namesakes/{about}")
async def namesakes(book: str, about: str, found: WhoAsks) -> Response:
    """Entries that share a name with the person or a firm of theirs, and no number: a warning, never a hit."""
    case = await found.api.read(f"/cases/{about}")
    reader = await found.reader(case["policy"])
    rows = await found.api.read(f"/screenings/{book}/namesakes/{about}")
    said = [
        {**one, "list": _list_name(reader, one["list"]), "subject": reader.word("subject", one["subject"])}
        for one in rows
    ]
    return found.page("screening/namesakes.html", book=book, case=case, rows=said)


@router.post("/screening/{book}/find")
async def find(book: str, found: WhoAsks, q: Annotated[str, Form()] = "") -> Response:
    """Whose namesakes are looked at. What is typed is personal: it stands in no address."""
    if not q.strip():
        return found.go(f"/screening/{book}")
    reply = await found.api.send("POST", "/search/cases", {"q": q.strip()})
    if reply.problem is not None:
        return found.refusal(reply.problem)
    return found.page("screening/found.html", book=book, rows=reply.body["items"], sought=q.strip())


def lists(reader: Reader, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every list that the policy watches: which version is here and from where, or that it was never brought."""
    screening = reader.policy.screening
    last = facts["last_run"] or {}
    return [
        {
            "code": one.code,
            "name": _in(reader, one.name),
            "from": reader.word("unit", one.issuer),
            "here": facts["lists"].get(one.code),
            "stale": one.code in last.get("stale", ()),
            "fresh_days": one.fresh_days,
        }
        for one in (screening.lists if screening else ())
    ]


def _named(policy: Policy, last: Mapping[str, Any] | None, reader: Reader) -> dict[str, list[str]]:
    """Which lists the last run lacked, and which were too old, by name."""
    said = last or {}
    return {why: [_list_name(reader, code) for code in said.get(why, ())] for why in ("missing", "stale")}


def _said(match: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    return {
        "list": _list_name(reader, match["list"]),
        "item": f"{match['item']} {reader.word('item', match['item'])}",
        "entry": reader.told(match["entry"] or {}),
    }


def _list_name(reader: Reader, code: str) -> str:
    screening = reader.policy.screening
    named = {one.code: one.name for one in (screening.lists if screening else ())}
    return _in(reader, named[code]) if code in named else code


def _in(reader: Reader, text: Any) -> str:
    return str(text.zh if reader.language == "zh" else text.en)


async def _people(found: Asked, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """By case whom it is about, as far as the API shows it to whoever asks."""
    people: dict[str, Any] = {}
    for case_id in dict.fromkeys(one["case_id"] for one in rows):
        reply = await found.api.send("GET", f"/cases/{case_id}")
        if reply.problem is None and not reply.body.get("recused"):
            people[case_id] = reply.body
    return people


async def _may(found: Asked) -> dict[str, bool]:
    may = (await found.api.read("/me"))["may"]
    return {"imports": IMPORTS in may, "doubts": DOUBTS in may}
