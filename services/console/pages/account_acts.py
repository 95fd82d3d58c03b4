"""Asking for an account, and for a change to one: a form, the check page, then a request that waits for approval."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.console import acting
from services.console.account_acts import ACTS, OPEN, filled_in, known
from services.console.acting import Act
from services.console.api import Problem, RefusedError, Reply
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.pages.accounts import reader_in_force
from services.console.wording import say

router = APIRouter()


@router.get("/accounts/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record."""
    return await acting.recorded(found, command_id, "/accounts/requests/{case_id}")


@router.get("/accounts/do/open")
async def opening(found: WhoAsks) -> Response:
    """The form that asks for an account."""
    return await acting.form(found, await _opening(found), {})


@router.post("/accounts/do/open")
async def open_account(found: WhoAsks) -> Response:
    """Check what was typed; and ask for the account when the page that shows it is signed."""
    return await acting.sent(found, await _opening(found), lambda reply: requested(found, reply))


@router.get("/accounts/{account_id}/do/{name}")
async def form(account_id: str, name: str, found: WhoAsks) -> Response:
    """The form of an act on the account."""
    account = await found.api.read(f"/accounts/{account_id}")
    return await acting.form(found, await _act(found, account_id, account["login"], name), filled_in(account))


@router.post("/accounts/{account_id}/do/{name}")
async def act(account_id: str, name: str, found: WhoAsks) -> Response:
    """Check what was typed; and ask for it when the page that shows it is signed."""
    account = await found.api.read(f"/accounts/{account_id}")
    act = await _act(found, account_id, account["login"], name)
    return await acting.sent(found, act, lambda reply: requested(found, reply))


def requested(found: Asked, reply: Reply) -> Response:
    """To the request that waits for approval; while it is not on the record yet, to the page that says so."""
    if reply.status == 202:
        return found.go(f"/accounts/recording/{reply.body['command_id']}")
    return found.go(f"/accounts/requests/{reply.body['case_id']}")


async def _opening(found: Asked) -> Act:
    reader = await reader_in_force(found)
    return Act(
        address="/accounts/do/open",
        title=say(found.language, "accounts.do.open"),
        back="/accounts",
        about=say(found.language, "accounts.title"),
        path="/accounts",
        schema=OPEN.schema,
        known=known(reader.policy),
    )


async def _act(found: Asked, account_id: str, login: str, name: str) -> Act:
    if name not in ACTS:
        raise RefusedError(Problem(404, "not-found"))
    reader = await reader_in_force(found)
    return Act(
        address=f"/accounts/{account_id}/do/{name}",
        title=say(found.language, f"accounts.do.{name}"),
        back=f"/accounts/{account_id}",
        about=login,
        path=ACTS[name].path(account_id),
        schema=ACTS[name].schema,
        known=known(reader.policy),
    )
