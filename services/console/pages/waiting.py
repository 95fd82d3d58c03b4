"""How much waits for whoever is signed in: what the script puts into the menu of a page that does not say it itself."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.asked import WhoWatches

router = APIRouter()


@router.get("/waiting")
async def waiting(found: WhoWatches) -> Response:
    """Open, due today, overdue: as many as the list of tasks is long."""
    return found.page("tasks/waiting.html", waits=await found.api.read("/tasks/counts"))
