"""Who was shown a finding: looked up when it turns out to be wrong, so that each can be told so."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console import picking
from services.console.asked import WhoAsks

router = APIRouter()
Hit = Annotated[str, Query(max_length=6)]


@router.get("/cases/{case_id}/readers")
async def readers(case_id: str, found: WhoAsks, hit: Hit = "") -> Response:
    """The findings of the case, and of the one that is chosen everybody to whom it was shown."""
    case = await found.api.read(f"/cases/{case_id}")
    if case.get("recused"):
        return found.page("cases/recused.html", 403, case_id=case_id)
    hits = await picking.hits(found, case_id)
    chosen = hit if hit in {number for number, _ in hits} else ""
    reader = await found.reader(case["policy"])
    rows = await found.api.read(f"/cases/{case_id}/hits/{chosen}/readers") if chosen else []
    return found.page(
        "cases/readers.html",
        case=case,
        hits=hits,
        chosen=chosen,
        rows=[{**one, "called": [reader.word("role", role) for role in one["roles"]]} for one in rows],
    )
