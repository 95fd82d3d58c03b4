"""How people come to their accounts: asked for in lists, approved by another, and each with a password of their own."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api, SilentError
from services.ctl.vault import FIRST_CODES, Vault

AT_ONCE = 8
"""Passwords set at the same time, of all lists: hashing one is meant to be slow."""
IN_A_LIST = 300
"""Accounts that are asked for together."""
SHOWN_WITHIN, LOOK = 60.0, 0.1
"""Seconds until approved accounts are there at most, and between two looks."""


@dataclass(frozen=True)
class Administrators:
    """The three people without whom there is no account: one asks, another decides, and a third witnesses."""

    asks: Account
    decides: Account
    witnesses: Account


@dataclass(frozen=True)
class Opened:
    """An account that was opened, and the natural person behind it."""

    member: Member
    account: Account
    person_id: str


async def first_administrators(api: Api, vault: Vault) -> Administrators:
    """The first three people, each with a password that only this process knows."""
    codes = [vault.read(name) for name in FIRST_CODES]
    pairs = zip(("admin", "security", "audit"), codes, strict=True)
    return Administrators(*[await set_password(api, login, code) for login, code in pairs])


async def set_password(api: Api, login: str, code: str) -> Account:
    """The holder of an account sets a password by the one-time code."""
    password = secrets.token_urlsafe(16)
    body = {"login": login, "code": code, "password": password}
    await api.send("POST", "/v1/credentials", headers={}, json=body)
    return Account(api, login, password)


async def open_accounts(
    api: Api, admins: Administrators, members: Sequence[Member], key: str = "accounts"
) -> dict[str, Opened]:
    """An account for everybody, with a password that only its holder knows; asked for under keys of this name."""
    gate = asyncio.Semaphore(AT_ONCE)
    lists = [
        _open_list(api, admins, members[start : start + IN_A_LIST], f"{key}:{start}", gate)
        for start in range(0, len(members), IN_A_LIST)
    ]
    return {one.member.login: one for opened in await asyncio.gather(*lists) for one in opened}


async def _open_list(
    api: Api, admins: Administrators, members: Sequence[Member], key: str, gate: asyncio.Semaphore
) -> list[Opened]:
    body = {"reason": "演示：为全体人员开户", "accounts": [_wanted(one) for one in members]}
    case_id = (await admins.asks.post("/v1/accounts", key, body))["case_id"]
    asked = await approve(admins.decides, case_id, key)
    persons = {one["login"]: one["person_id"] for one in asked["accounts"]}
    accounts = [one["account_id"] for one in asked["accounts"]]
    codes = await one_time_codes(admins, case_id, key, accounts)

    async def take(member: Member) -> Opened:
        async with gate:
            account = await set_password(api, member.login, codes[member.login])
        return Opened(member, account, persons[member.login])

    return await asyncio.gather(*map(take, members))


async def approve(decides: Account, case_id: str, key: str) -> dict[str, Any]:
    """Read a request and let it take force; what was read."""
    asked: dict[str, Any] = await decides.get(f"/v1/access/{case_id}")
    decision = asked["decision"]
    said = {"outcome": "APPROVED", "form": {}, "reason": "已逐一核对", "seen": decision["seen"]}
    await decides.post(f"/v1/tasks/{decision['task_id']}/outcome", f"{key}:approved", said)
    return asked


async def one_time_codes(
    admins: Administrators, case_id: str, key: str, accounts: Sequence[str]
) -> dict[str, str]:
    """By login the code of each of the request's accounts, put together from the parts of the three people."""
    path, left = f"/v1/access/{case_id}/codes", SHOWN_WITHIN
    while True:
        first, second = [
            _parts(await who.post(path, f"{key}:{left}")) for who in (admins.asks, admins.decides)
        ]
        if len(first) == len(second) == len(accounts):
            break
        if left <= 0:
            raise SilentError(f"{path}: {len(first)} of {len(accounts)} accounts are there")
        left -= LOOK
        await asyncio.sleep(LOOK)
    body = {"accounts": [*accounts]}
    third = _parts(await admins.witnesses.post(f"/v1/witnessing/{case_id}", f"{key}:witnessed", body))
    return {login: f"{part}.{second[login]}.{third[login]}" for login, part in first.items()}


def _parts(handed: dict[str, Any]) -> dict[str, str]:
    return {one["login"]: one["part"] for one in handed["codes"]}


def _wanted(member: Member) -> dict[str, object]:
    return {
        "login": member.login,
        "name": member.person.name,
        "id_number": member.person.id_number,
        "grants": [grant.model_dump() for grant in (member.grant, *member.also)],
    }
