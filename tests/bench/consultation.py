"""A batch in consultation: fourteen departments are to answer about every case, which makes many equal decisions."""

import asyncio
import contextlib
import functools
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

from services.ctl import embedded
from services.ctl.child import Program
from services.ctl.demo.cast import cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.opening import Administrators, Opened, first_administrators, open_accounts
from services.ctl.demo.roster import DISTRICTS, nominations, workbook
from services.ctl.demo.stage import XLSX
from services.ctl.layout import HOST
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from tests.bench.load import Call
from tests.bench.processes import recorded
from tests.bench.wire import Wire, request_of

POLICY = "2026.1"
UNTIL_REPLIES = (
    ("SCREENER", "screen", "PASS"),
    ("SECOND_CHECKER", "screen-sign", "CONFIRM"),
    ("NOMINEE", "declare", "SIGNED"),
)
LONG_TOKENS = {"QX_OFFICERS_TOKEN_MINUTES": "60"}
"""Nobody signs in while it is measured."""
_keys = itertools.count(1)

Instead: TypeAlias = Mapping[str, tuple[str, ...]]


class Consultation:
    """A running system whose cases all wait for the departments' replies."""

    def __init__(self, settings: Settings, replies: Sequence[Call]) -> None:
        self.temporal = f"127.0.0.1:{settings.port_temporal}"
        self.processes = recorded(settings.var)
        self._replies = list(replies)

    @property
    def left(self) -> int:
        """How many decisions can still be taken."""
        return len(self._replies)

    def take(self, count: int) -> list[Call]:
        """So many decisions, each of which is given once."""
        taken, self._replies = self._replies[:count], self._replies[count:]
        return taken


@contextlib.asynccontextmanager
async def consultation(
    folder: Path, cases: int, instead: Instead | None = None
) -> AsyncIterator[Consultation]:
    """A system of its own below the folder, our services apart as in production, with a batch in consultation.

    `instead` names modules, and what they are given, that are run in place of services.
    """
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings(var=folder, processes="apart", **ports)  # type: ignore[arg-type]
    async with _running(settings, instead or {}) as system:
        api, wire = Api(system.api, at_once=64), Wire(HOST, settings.port_api)
        try:
            admins = await first_administrators(api, system.vault)
            accounts = await _until_replies(api, admins, cases)
            replies = [
                functools.partial(wire.post, request)
                for one in accounts.values()
                if one.member.grant.role == "DEPT_OFFICER"
                for request in await _replies(api, one.account)
            ]
            yield Consultation(settings, replies)
        finally:
            await wire.close()
            await api.close()


@contextlib.asynccontextmanager
async def _running(settings: Settings, instead: Instead) -> AsyncIterator[embedded.Running]:
    programs = embedded.programs

    def replaced(*given: Any) -> list[Program]:
        return [_in_place(one, instead) for one in programs(*given)]

    with mock.patch.object(embedded, "programs", replaced):
        async with embedded.running(settings, LONG_TOKENS, lambda _: None) as system:
            yield system


def _in_place(program: Program, instead: Instead) -> Program:
    if program.name not in instead:
        return program
    return replace(program, command=(program.command[0], "-m", *instead[program.name]))


async def _until_replies(api: Api, admins: Administrators, cases: int) -> dict[str, Opened]:
    rows = nominations(cases)
    policy = await admins.asks.get(f"/v1/policies/{POLICY}")
    departments = tuple(department["code"] for department in policy["departments"])
    accounts = await open_accounts(api, admins, cast(rows, departments))
    body = {"title": "bench", "districts": list(DISTRICTS), "policy": POLICY}
    batch = (await accounts["election-office"].account.post("/v1/batches", "bench", body))["case_id"]
    for district in DISTRICTS:
        sheet = workbook(tuple(row for row in rows if row.district == district))
        nominator = accounts[f"nominator-{district}"].account
        path = f"/v1/batches/{batch}/roster"
        await nominator.upload(path, f"roster-{district}", sheet, XLSX, dry_run="false")
    for role, kind, outcome in UNTIL_REPLIES:
        done = 0
        while done < cases:
            for one in accounts.values():
                if one.member.grant.role == role:
                    tasks = await _tasks(one.account, kind)
                    await asyncio.gather(*(_complete(one.account, task, outcome) for task in tasks))
                    done += len(tasks)
            await asyncio.sleep(0.1)
    while await _open_replies(accounts) < cases * len(departments):
        await asyncio.sleep(0.1)
    return accounts


async def _open_replies(accounts: dict[str, Opened]) -> int:
    officers = [one.account for one in accounts.values() if one.member.grant.role == "DEPT_OFFICER"]
    return sum([len(await _tasks(officer, "reply")) for officer in officers])


async def _tasks(account: Account, kind: str) -> list[dict[str, Any]]:
    return await account.pages("/v1/tasks", kind=kind, limit=200)


async def _complete(account: Account, task: dict[str, Any], outcome: str) -> None:
    await account.post(_path(task), f"bench-{next(_keys)}", _body(task, outcome))


async def _replies(api: Api, account: Account) -> list[bytes]:
    """The officer's replies, ready to be sent."""
    signing_in = {"login": account.login, "password": account.password}
    token = (await api.send("POST", "/v1/sessions", headers={}, json=signing_in)).json()["token"]
    return [
        request_of(_path(task), token, f"bench-{next(_keys)}", _body(task, "NO_ISSUE"))
        for task in await _tasks(account, "reply")
    ]


def _path(task: dict[str, Any]) -> str:
    return f"/v1/tasks/{task['task_id']}/outcome"


def _body(task: dict[str, Any], outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "form": {}, "reason": "", "seen": task["content_digest"]}
