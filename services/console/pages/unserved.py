"""Letters that no mail brought: which wait to be served by hand, the proof to be signed, and that one was served.

While its case is open such a letter is also a task of the case (adr/0026); proven here or there, it is served.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.words.naming import pick
from services.console import acting
from services.console.acting import Act
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.facts import Reader
from services.console.form_words import known
from services.console.forms.kinds import Schema
from services.console.listing import every
from services.console.menu import Entry
from services.console.moments import typed_now
from services.console.pages.accounts import reader_in_force
from services.console.wording import say

router = APIRouter()
MENU = Entry("/unserved", "menu.unserved", 51, ("GET /notices/undelivered",))
ROWS = 50
MOST = 1000
"""Letters among which one is looked for; so many wait in a year without mail."""
SERVICE: Schema = {
    "type": "object",
    "required": ["at", "how", "document_digest"],
    "properties": {
        "at": {
            "type": "string",
            "format": "date-time",
            "maxLength": 40,
            "title": "送达时间 / When it was served",
        },
        "how": {
            "type": "string",
            "title": "送达方式 / How it was served",
            "enum": ["in-person", "household", "workplace", "registered-post", "left-with-witnesses"],
            "maxLength": 20,
        },
        "document_digest": {
            "type": "string",
            "title": "已签名的送达回证（扫描件或照片） / The signed proof (scan or photograph)",
            "pattern": "^[0-9a-f]{64}$",
            "maxLength": 64,
        },
    },
}
HINTS: Mapping[str, Mapping[str, Any]] = {"document_digest": {"from": "document"}}
Cursor = Annotated[str, Query(max_length=500)]


@router.get("/unserved")
async def unserved(found: WhoAsks, cursor: Cursor = "", done: Cursor = "") -> Response:
    """The letters that wait, in order of issue. What one says is not shown: it goes in a closed envelope."""
    listed = await found.api.read("/notices/undelivered", cursor=cursor, limit=ROWS)
    rows = _named(listed["items"], await reader_in_force(found))
    return found.page("unserved/list.html", rows=rows, next=listed["next"], done=bool(done))


@router.get("/unserved/unprintable")
async def unprintable(found: WhoAsks, cursor: Cursor = "") -> Response:
    """Letters of which no paper can be made, with the signs that no face has: they reach their readers as text."""
    listed = await found.api.read("/notices/unprintable", cursor=cursor, limit=ROWS)
    rows = _named(listed["items"], await reader_in_force(found))
    return found.page("unserved/unprintable.html", rows=rows, next=listed["next"])


@router.get("/unserved/{letter_id}/proof.pdf")
async def proof(letter_id: str, found: WhoAsks) -> Response:
    """The proof of service as a paper: to be signed, or filled in where the letter was served or received."""
    return await found.hand_on(f"/notices/{letter_id}/proof.pdf")


@router.get("/unserved/{letter_id}/copy.pdf")
async def copy(letter_id: str, found: WhoAsks) -> Response:
    """The letter itself, to be printed and sealed: for whoever has claimed the task to serve it."""
    try:
        return await found.hand_on(f"/notices/{letter_id}/copy.pdf")
    except RefusedError as refused:
        if refused.problem.code != "stale-authentication":
            raise
    return found.page("sign_in/again.html", 401, kept="", to="/unserved", problem=None)


@router.get("/unserved/{letter_id}")
async def form(letter_id: str, found: WhoAsks) -> Response:
    """The form that says when and how it was served, and on which signed paper."""
    return await acting.form(found, await _serving(found, letter_id), {"at": typed_now(found.console.now())})


@router.post("/unserved/{letter_id}")
async def served(letter_id: str, found: WhoAsks) -> Response:
    """Check it; and say that it was served when the page that shows it is signed. The first time counts."""
    act = await _serving(found, letter_id)
    return await acting.sent(found, act, lambda _: found.go("/unserved?done=1"))


async def _serving(found: Asked, letter_id: str) -> Act:
    rows = await every(found.api, "/notices/undelivered", MOST)
    letter = next((one for one in rows if one["id"] == letter_id), None)
    if letter is None:
        raise RefusedError(Problem(404, "not-found"))
    return Act(
        address=f"/unserved/{letter_id}",
        title=say(found.language, "by_hand.serve"),
        back="/unserved",
        about=f"{say(found.language, 'menu.unserved')} · {letter['number']}",
        path=f"/notices/{letter_id}/service",
        schema=SERVICE,
        known=known(SERVICE, hints=HINTS),
        papers_of=letter["case_id"],
    )


def _named(rows: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Letters with what their kind is called under the version in force."""
    called = {one.code: one.name for one in reader.policy.notices}

    def name(code: str) -> str:
        text = called.get(code)
        return code if text is None else pick(text, reader.language)

    return [
        {**one, "called": name(one["type"]), "district": reader.word("district", one["district"])}
        for one in rows
    ]
