"""The record, for the auditor: how far it is, whether it holds, who was refused what, who read whose data."""

from collections.abc import Coroutine, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.words.families import Family
from services.console.api import Problem, RefusedError
from services.console.asked import WhoAsks, WhoWatches
from services.console.domain import said
from services.console.facts import Reader
from services.console.menu import Entry
from services.console.pages.accounts import reader_in_force
from services.console.trying import begin, job_of, waiting

router = APIRouter()
MENU = Entry("/record", "menu.record", 70, ("GET /record/head",))
ROWS = 50
Filter = Annotated[str, Query(max_length=500)]
WALKS = {"record": "/record/verify", "journal": "/record/journal"}
"""What can be walked from end to end, and where the API does it."""


@router.get("/record")
async def record(found: WhoAsks) -> Response:
    """How far the record is, and where to look on."""
    return found.page("record/head.html", head=await found.api.read("/record/head"))


@router.post("/record/verify/{what}")
async def walk(what: str, found: WhoAsks) -> Response:
    """Begin to walk it: every entry is held against the one before, so a long record takes minutes."""
    if what not in WALKS:
        raise RefusedError(Problem(404, "not-found"))
    work: Coroutine[Any, Any, Any] = found.api.walk(WALKS[what])
    ident = begin(found, work, what)
    return found.go(f"/record/verify/{ident}")


@router.get("/record/verify/{ident}")
async def verdict(ident: str, found: WhoWatches) -> Response:
    """What came of it; until then the page looks again by itself."""
    job = job_of(found, ident)
    if (page := waiting(found, job, "record/walking.html", what=job.name)) is not None:
        return page
    return found.page("record/verdict.html", verdict=job.task.result(), what=job.name, began=job.began)


@router.get("/record/entries")
async def entries(found: WhoAsks, case_id: Filter = "", cursor: Filter = "") -> Response:
    """Entries in the order of the record, of one case or of all."""
    listed = await found.api.read("/record/entries", case_id=case_id.strip(), cursor=cursor, limit=ROWS)
    reader = await reader_in_force(found)
    rows = [
        {
            **row,
            "event": said(found.language, "event", row["envelope"]["type"]),
            "case": _case_of(reader, row["envelope"]),
        }
        for row in listed["items"]
    ]
    return found.page("record/entries.html", rows=rows, next=listed["next"], narrowed={"case_id": case_id})


def _case_of(reader: Reader, envelope: Mapping[str, Any]) -> str:
    """What the case of an entry is and where, as far as there are words: nothing of whom it is about."""
    codes: Mapping[Family, str] = {"kind": envelope["kind"], "district": envelope["district"]}
    words = (reader.word(family, code) for family, code in codes.items())
    return " · ".join(word for word, code in zip(words, codes.values(), strict=True) if word != code)


@router.get("/record/attempts")
async def attempts(found: WhoAsks, cursor: Filter = "") -> Response:
    """Steps that the record did not take, because they prove nothing or do not fit, oldest first."""
    listed = await found.api.read("/record/attempts", cursor=cursor, limit=ROWS)
    rows = [{**row, "why": said(found.language, "attempt", row["code"])} for row in listed["items"]]
    return found.page("record/attempts.html", rows=rows, next=listed["next"])


@router.get("/record/refusals")
async def refusals(found: WhoAsks, cursor: Filter = "") -> Response:
    """Acts that were refused, oldest first."""
    listed = await found.api.read("/record/refusals", cursor=cursor, limit=ROWS)
    return found.page("record/refusals.html", rows=listed["items"], next=listed["next"])


@router.get("/record/reads")
async def reads(
    found: WhoAsks, case_id: Filter = "", reader: Filter = "", person_id: Filter = "", cursor: Filter = ""
) -> Response:
    """Who was shown whose data, and for what; and who came in."""
    narrowed = {"case_id": case_id.strip(), "reader": reader.strip(), "person_id": person_id.strip()}
    listed = await found.api.read("/journal", **narrowed, cursor=cursor, limit=ROWS)
    return found.page("record/reads.html", rows=listed["items"], next=listed["next"], narrowed=narrowed)


@router.get("/record/deputies")
async def deputies(found: WhoAsks, cursor: Filter = "") -> Response:
    """Who stood in for whom, from when to when, and who entered it."""
    listed = await found.api.read("/deputies/register", cursor=cursor, limit=ROWS)
    return found.page("record/deputies.html", rows=listed["items"], next=listed["next"])
