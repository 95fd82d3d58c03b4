"""Help: the keys, and what to do when something is not as it should be."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.asked import AnyVisit
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/help", "menu.help", 95)
KEYS = (
    ("j", "k"),
    ("Enter",),
    ("x",),
    ("/",),
    ("1", "9"),
    ("Ctrl + Enter",),
    ("n",),
    ("?",),
)
"""In the order of the words `help.key_1` and so on."""


@router.get("/help")
async def help_page(found: AnyVisit) -> Response:
    """The page; it needs no sign-in."""
    return found.page("help/page.html", keys=list(enumerate(KEYS, 1)))
