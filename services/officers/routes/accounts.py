"""Accounts: read here, and changed by requests that a second person decides on (adr/0023)."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter

from contracts.access import (
    AnyRequest,
    ChangeGrants,
    DisableAccount,
    EnableAccount,
    ResetCredentials,
)
from contracts.commands.access import AskAccess
from contracts.names import access_id
from contracts.policy import loader
from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.office import Office
from services.officers.routes.caller import Asking, Asks, AtOffice, OpaquePath, Permitted, answer
from services.officers.views.access import AccountsBody, GrantsBody, ReasonBody
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.people import AccountView, GrantView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["accounts"])
Making = Callable[[Session, str], Awaitable[AnyRequest]]
"""From the id of the request that begins: what is asked."""


@router.post("/accounts", status_code=201, responses=WRITES, response_model=DoneView)
async def open_accounts(body: AccountsBody, asks: Asks, office: AtOffice) -> object:
    """Ask for accounts to be opened."""

    async def request(session: Session, case_id: str) -> AnyRequest:
        return await office.accounts.opening(session, case_id, [one.holder() for one in body.accounts])

    return await ask_access(request, body, asks, office)


@router.post("/accounts/{account_id}/grants", status_code=201, responses=WRITES, response_model=DoneView)
async def change_grants(account_id: OpaquePath, body: GrantsBody, asks: Asks, office: AtOffice) -> object:
    """Ask that the account has these grants instead of those it has."""
    grants = tuple(one.given() for one in body.grants)

    async def request(session: Session, case_id: str) -> AnyRequest:
        row = await office.accounts.account(session, account_id)
        return ChangeGrants(account_id=account_id, person_id=row.person_id, grants=grants)

    return await ask_access(request, body, asks, office)


@router.post("/accounts/{account_id}/disable", status_code=201, responses=WRITES, response_model=DoneView)
async def disable(account_id: OpaquePath, body: ReasonBody, asks: Asks, office: AtOffice) -> object:
    """Close the account at once; a second person confirms it, or opens it again."""
    return await ask_access(_about(office, account_id, DisableAccount), body, asks, office)


@router.post("/accounts/{account_id}/enable", status_code=201, responses=WRITES, response_model=DoneView)
async def enable(account_id: OpaquePath, body: ReasonBody, asks: Asks, office: AtOffice) -> object:
    """Ask that the account may sign in again."""
    return await ask_access(_about(office, account_id, EnableAccount), body, asks, office)


@router.post("/accounts/{account_id}/reset", status_code=201, responses=WRITES, response_model=DoneView)
async def reset(account_id: OpaquePath, body: ReasonBody, asks: Asks, office: AtOffice) -> object:
    """Ask that the password is forgotten and the holder sets another by a one-time code."""
    return await ask_access(_about(office, account_id, ResetCredentials), body, asks, office)


@router.get("/accounts", responses=READS)
async def accounts(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[AccountView]:
    """All accounts, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await people.accounts_after(session, after, limit + 1), limit)
        grants = await people.grants_of(session, [row.account_id for row in rows])
    items = [_shown(row, grants[row.account_id]) for row in rows]
    return Page(items=items, next=write_cursor(last.account_id) if last else None)


@router.get("/accounts/{account_id}", responses=READS)
async def account(account_id: OpaquePath, office: AtOffice, who: Permitted) -> AccountView:
    """One account."""
    async with office.database.read() as session:
        row = await people.account(session, account_id)
        if row is None:
            raise RefusedError("unknown-account")
        return _shown(row, (await people.grants_of(session, [account_id]))[account_id])


def _about(
    office: Office, account_id: str, of: type[DisableAccount | EnableAccount | ResetCredentials]
) -> Making:
    async def request(session: Session, case_id: str) -> AnyRequest:
        row = await office.accounts.account(session, account_id)
        return of(account_id=account_id, person_id=row.person_id)

    return request


async def ask_access(make: Making, body: ReasonBody, asks: Asking, office: Office) -> object:
    """Lay what `make` makes before a second person."""
    case_id, in_force = access_id(asks.ask.command_id), office.policy.version
    async with office.desk.asked(asks.ask) as write:
        # Also under a key that was used before: what follows tells which accounts and people there are.
        asks.insist()
        async with office.database.write() as session:
            request = await make(session, case_id)
            if write.fresh:
                await office.accounts.check(session, request, asks.caller.actor.person_id)
        opening = AskAccess(
            claim=asks.claim(target=case_id),
            parent=case_id,
            policy=in_force,
            policy_digest=loader.digest(in_force),
            request=request,
            reason=body.reason,
        )
        return answer(await write.send(opening))


def _shown(row: AccountRow, grants: Sequence[GrantRow]) -> AccountView:
    held = [GrantView.model_validate(grant.model_dump(exclude={"account_id"})) for grant in grants]
    hidden = {"password_hash", "token_generation", "opened_by"}
    return AccountView(**row.model_dump(exclude=hidden), grants=held)
