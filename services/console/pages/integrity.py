"""The integrity index (清廉指数): what was ever measured of a person and their firm, and a table of it as a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console.api import RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.forms.dates import plain
from services.console.menu import Entry
from services.console.pages.accounts import reader_in_force

router = APIRouter()
MENU = Entry("/integrity", "menu.integrity", 55, ("GET /integrity",))
NOTHING = "unknown-case"
"""What the API says of whom nothing was ever measured."""


@router.get("/integrity")
async def ask(found: WhoAsks) -> Response:
    """Where a firm is looked up by its code; a nominee is, from their case."""
    return found.page("integrity/page.html", sought="", files=None, problem=None)


@router.post("/integrity")
async def of_firm(found: WhoAsks, credit_code: Annotated[str, Form()] = "") -> Response:
    """The file of a firm. What is typed stands in no address."""
    code = plain(credit_code).upper()
    try:
        files = [await _file(found, credit_code=code)] if code else []
    except RefusedError as refusal:
        problem = refusal.problem
        return found.page("integrity/page.html", problem.status, sought=code, files=None, problem=problem)
    return found.page("integrity/page.html", sought=code, files=[one for one in files if one], problem=None)


@router.get("/cases/{case_id}/integrity")
async def of_case(case_id: str, found: WhoAsks) -> Response:
    """The files of the person whom a case is about, and of their firm; of a file itself, that file."""
    case = await found.api.read(f"/cases/{case_id}")
    if case.get("recused"):
        return found.page("cases/recused.html", 403, case_id=case_id)
    files = [await _file(found, case_id=case_id)]
    code = (case["nominee"] or {}).get("credit_code")
    if code:
        files.append(await _file(found, credit_code=code))
    shown = [one for one in files if one]
    return found.page("integrity/case.html", case=case, files=shown)


async def _file(found: Asked, **of: str) -> dict[str, Any] | None:
    """The file with its codes in words; None of whom nothing was measured."""
    try:
        read = await found.api.read("/integrity", **of)
    except RefusedError as refusal:
        if refusal.problem.code == NOTHING:
            return None
        raise
    reader = await reader_in_force(found)
    return {
        **read,
        "called": reader.word("subject", read["subject"]),
        "items": [f"{code} {reader.word('item', code)}" for code in read["vetoed_items"]],
    }
