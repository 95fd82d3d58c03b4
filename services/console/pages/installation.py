"""How the installation does, for whoever runs it: letters on their way, and cases that the lists or letters lack."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.words.naming import pick
from services.console.asked import Asked, WhoAsks
from services.console.domain import said
from services.console.menu import Entry
from services.console.pages.accounts import reader_in_force

router = APIRouter()
MENU = Entry(
    "/installation",
    "menu.installation",
    78,
    ("GET /notices/figures", "GET /notices/waiting", "GET /record/waiting"),
)


@router.get("/installation")
async def installation(found: WhoAsks) -> Response:
    """Nobody stands in it: numbers, and numbers of cases."""
    figures = await found.api.read("/notices/figures")
    return found.page(
        "installation/page.html",
        letters=await _letters(found, figures["letters"]),
        deliveries=[
            (
                said(found.language, "delivery-channel", channel),
                said(found.language, "delivery-state", state),
                many,
            )
            for channel, states in figures["deliveries"].items()
            for state, many in states.items()
        ],
        without_letters=await found.api.read("/notices/waiting"),
        not_shown=await found.api.read("/record/waiting"),
    )


async def _letters(found: Asked, many: dict[str, int]) -> list[tuple[str, str, int]]:
    """By type of letter its name under the version in force, and how many there are."""
    reader = await reader_in_force(found)
    called: dict[str, Any] = {one.code: one.name for one in reader.policy.notices}
    named = {code: pick(text, found.language) for code, text in called.items()}
    return [(code, named.get(code, ""), number) for code, number in sorted(many.items())]
