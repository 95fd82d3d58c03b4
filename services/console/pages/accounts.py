"""Accounts: who holds what, which requests there are, and what may be asked of an account."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.account_acts import ACTS, OPEN
from services.console.asked import Asked, WhoAsks
from services.console.facts import Reader
from services.console.menu import Entry

router = APIRouter()
MENU = Entry("/accounts", "menu.accounts", 75, ("GET /accounts",))
ROWS = 50
IDENTITIES = {"merge": "POST /persons/merges", "split": "POST /persons/splits"}
"""What may be asked of whoever holds the account: by the last part of the page's address its route (identities.py)."""
Filter = Annotated[str, Query(max_length=500)]


@router.get("/accounts")
async def accounts(found: WhoAsks, cursor: Filter = "") -> Response:
    """Who holds what."""
    listed = await found.api.read("/accounts", cursor=cursor, limit=ROWS)
    me, reader = await found.api.read("/me"), await reader_in_force(found)
    rows = [{**one, "grants": named(one["grants"], reader)} for one in listed["items"]]
    return found.page("accounts/list.html", rows=rows, next=listed["next"], opens=OPEN.route in me["may"])


@router.get("/accounts/requests")
async def requests(found: WhoAsks, cursor: Filter = "") -> Response:
    """What was asked for, and what became of it."""
    listed = await found.api.read("/access", cursor=cursor, limit=ROWS)
    return found.page("accounts/requests.html", rows=listed["items"], next=listed["next"])


@router.get("/accounts/{account_id}")
async def account(account_id: str, found: WhoAsks) -> Response:
    """One account, and what may be asked for it."""
    read = await found.api.read(f"/accounts/{account_id}")
    me, reader = await found.api.read("/me"), await reader_in_force(found)
    return found.page(
        "accounts/account.html",
        account={**read, "grants": named(read["grants"], reader)},
        acts=[name for name, act in ACTS.items() if act.route in me["may"]],
        identities=[name for name, route in IDENTITIES.items() if route in me["may"]],
    )


async def reader_in_force(found: Asked) -> Reader:
    """Whoever asks, as a reader of the version of the policy that is in force: accounts are under no other."""
    return await found.reader((await found.api.read("/words"))["policy"])


def named(grants: list[Mapping[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Grants with their codes in words."""
    return [
        {
            "role": reader.word("role", one["role"]),
            "unit": reader.word("unit", one["unit"]) if one["unit"] else "",
            "district": reader.word("district", one["district"]),
            "until": one["until"],
        }
        for one in grants
    ]
