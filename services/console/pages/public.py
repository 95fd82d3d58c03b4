"""The names on public show, for anybody: who is to be a candidate, from when to when, and how to report."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import AnyVisit
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/public", "menu.public", 93)
ROWS = 20
"""Notices of a page: each is shown with its whole text."""
SHOWN = ("id", "number", "name", "firm", "seat", "start", "end", "provisional", "subject", "body")
"""What a public notice says. Whatever else an answer may come to hold is not passed on to the public."""


@router.get("/public")
async def notices(found: AnyVisit, cursor: Annotated[str, Query(max_length=500)] = "") -> Response:
    """The notices on show now; no sign-in is needed."""
    listed = await found.api.read("/public/notices", cursor=cursor, limit=ROWS)
    rows: list[dict[str, Any]] = [{name: one[name] for name in SHOWN} for one in listed["items"]]
    return found.page("public/list.html", rows=rows, next=listed["next"])


@router.get("/public/{notice_id}.pdf")
async def poster(notice_id: str, found: AnyVisit) -> Response:
    """The notice as it is printed and put up, while its names are on show."""
    return await found.hand_on(f"/public/notices/{notice_id}.pdf")
