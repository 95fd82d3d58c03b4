"""Accounts: opened, granted roles and closed by the system administrator."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends

from contracts.nominee import firm_digest
from services.kit.db import Session
from services.officers.desk.ask import Reply
from services.officers.identity import store as people
from services.officers.identity.accounts import NewAccount
from services.officers.identity.passwords import password_fault
from services.officers.identity.persons import Identity
from services.officers.identity.scope import SYS_ADMIN
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.routes.caller import (
    Asks,
    AtOffice,
    Caller,
    OpaquePath,
    RequestDigest,
    answer,
    holder,
)
from services.officers.views.base import READS, WRITES
from services.officers.views.people import AccountBody, AccountView, GrantsBody, GrantView, OpenedView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["accounts"])
Admin = Annotated[Caller, Depends(holder(SYS_ADMIN))]


@router.post("/accounts", status_code=201, responses=WRITES, response_model=OpenedView)
async def open_account(body: AccountBody, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Open an account for a natural person."""
    hashed = await office.passwords.hash(body.password) if asks.caller.holds(SYS_ADMIN) else ""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            asks.may(SYS_ADMIN)
            fault = password_fault(body.password, body.login, body.name)
            if fault is not None:
                raise RefusedError("password-unfit", fault)
            identity = Identity(name=body.name, id_number=body.id_number)
            grants = tuple((one.grant(), one.until) for one in body.grants)
            firms = tuple(firm_digest(code) for code in body.credit_codes)
            new = NewAccount(body.login, hashed, identity, grants, firms)
            opened = await office.accounts.open(write.session, new)
            view = OpenedView(account_id=opened.account_id, person_id=opened.person_id, login=body.login)
            place = {"Location": f"/v1/accounts/{opened.account_id}"}
            write.answer(Reply(201, view.model_dump(), place))
    return answer(write.reply)


@router.put("/accounts/{account_id}/grants", responses=WRITES, response_model=AccountView)
async def change_grants(
    account_id: OpaquePath, body: GrantsBody, asks: Asks, digest: RequestDigest, office: AtOffice
) -> object:
    """Give the account these grants instead of those it has; in force within five seconds everywhere."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            asks.may(SYS_ADMIN)
            grants = [(one.grant(), one.until) for one in body.grants]
            await office.accounts.grant(write.session, account_id, grants)
            view = await _view(write.session, account_id)
            write.answer(Reply(200, view.model_dump(mode="json")))
    return answer(write.reply)


@router.post("/accounts/{account_id}/disable", responses=WRITES, response_model=AccountView)
async def disable(account_id: OpaquePath, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Close the account; its tokens end within five seconds everywhere."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            asks.may(SYS_ADMIN)
            await office.accounts.disable(write.session, account_id)
            view = await _view(write.session, account_id)
            write.answer(Reply(200, view.model_dump(mode="json")))
    return answer(write.reply)


@router.get("/accounts", responses=READS)
async def accounts(office: AtOffice, who: Admin, cursor: Cursor = "", limit: Limit = 50) -> Page[AccountView]:
    """All accounts, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await people.accounts_after(session, after, limit + 1), limit)
        grants = await people.grants_of(session, [row.account_id for row in rows])
    items = [_shown(row, grants[row.account_id]) for row in rows]
    return Page(items=items, next=write_cursor(last.account_id) if last else None)


@router.get("/accounts/{account_id}", responses=READS)
async def account(account_id: OpaquePath, office: AtOffice, who: Admin) -> AccountView:
    """One account."""
    async with office.database.read() as session:
        return await _view(session, account_id)


async def _view(session: Session, account_id: str) -> AccountView:
    row = await people.account(session, account_id)
    if row is None:
        raise RefusedError("unknown-account")
    return _shown(row, (await people.grants_of(session, [account_id]))[account_id])


def _shown(row: AccountRow, grants: Sequence[GrantRow]) -> AccountView:
    held = [GrantView.model_validate(grant.model_dump(exclude={"account_id"})) for grant in grants]
    return AccountView(**row.model_dump(exclude={"password_hash", "token_generation"}), grants=held)
