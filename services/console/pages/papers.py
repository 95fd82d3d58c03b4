"""Papers of a case or a batch: which were uploaded, of what kind and size, and whether a scanner looked at each."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.asked import WhoAsks
from services.console.offered import Place
from services.console.pages.acts import place_of

router = APIRouter()


@router.get("/{what}/{ident}/papers")
async def papers(what: str, ident: str, found: WhoAsks) -> Response:
    """Those that whoever asks may read. That one is read is noted when it is opened."""
    place: Place = place_of(what, ident)
    of: dict[str, Any] = await found.api.read(place.address)
    listed = await found.api.read("/documents", case_id=ident)
    nominee = of.get("nominee") or {}
    about = of.get("title") or nominee.get("name") or ident
    return found.page("papers/list.html", place=place, about=about, rows=listed["items"])


@router.get("/{what}/{ident}/papers/{document_id}")
async def paper(what: str, ident: str, document_id: str, found: WhoAsks) -> Response:
    """One of them, as it was uploaded: to be saved, and shown by no page of ours."""
    place_of(what, ident)
    return await found.hand_on(f"/documents/{document_id}")
