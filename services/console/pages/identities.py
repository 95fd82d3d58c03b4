"""Two identities that are one person, and told apart again: asked for here, approved by another (adr/0030)."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console import acting
from services.console.account_acts import REASON
from services.console.acting import Act
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks
from services.console.forms.kinds import Schema
from services.console.pages.account_acts import requested
from services.console.pages.accounts import IDENTITIES
from services.console.wording import say

router = APIRouter()
_PERSON = {"type": "string", "minLength": 1, "maxLength": 121}
TWO: Schema = {
    "type": "object",
    "required": ["kept", "merged", "reason"],
    "properties": {
        "kept": {
            **_PERSON,
            "title": "保留的人员编号 / Person whose number is kept",
            "description": "账号页上的人员编号 / As it stands on the page of an account",
        },
        "merged": {
            **_PERSON,
            "title": "并入（或拆出）的人员编号 / Person whose number is merged into it, or set apart again",
        },
        "reason": REASON,
    },
}
Person = Annotated[str, Query(max_length=121)]


@router.get("/accounts/people/{what}")
async def form(what: str, found: WhoAsks, kept: Person = "") -> Response:
    """The form; from the page of an account its holder stands there already."""
    return await acting.form(found, _act(found, what), {"kept": kept} if kept else {})


@router.post("/accounts/people/{what}")
async def asked(what: str, found: WhoAsks) -> Response:
    """Check it; and ask for it when the page that shows it is signed."""
    return await acting.sent(found, _act(found, what), lambda reply: requested(found, reply))


def _act(found: Asked, what: str) -> Act:
    if what not in IDENTITIES:
        raise RefusedError(Problem(404, "not-found"))
    return Act(
        address=f"/accounts/people/{what}",
        title=say(found.language, f"identities.{what}"),
        back="/accounts",
        about=say(found.language, "accounts.title"),
        path=IDENTITIES[what].removeprefix("POST "),
        schema=TWO,
    )
