"""Who has how much to do: open tasks by unit and stage, how tasks came out, open cases; as far as one's lists go."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.asked import WhoAsks

router = APIRouter()
Batch = Annotated[str, Query(max_length=121)]


@router.get("/workload")
async def workload(found: WhoAsks, batch_id: Batch = "") -> Response:
    """Nobody stands in it: roles and units, and how late and how old what waits for them is."""
    listed = await found.api.read("/batches", limit=200)
    return found.page(
        "workload/page.html",
        work=await found.api.read("/figures/work", batch_id=batch_id),
        batches=listed["items"],
        batch_id=batch_id,
    )
