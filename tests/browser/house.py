"""One whole system for all scenes: its people, and cases that stand where the scenes begin."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from contracts import names
from contracts.actor import Grant
from contracts.policy import loader
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api
from services.ctl.demo.opening import Administrators, Opened, first_administrators, open_accounts
from services.ctl.demo.roster import Nomination, nomination, officer, workbook
from services.ctl.demo.stage import XLSX
from services.ctl.embedded import Running, running
from services.ctl.probes import free_ports
from services.ctl.settings import Settings

POLICY = "2026.1"
PATIENCE = 120
"""Seconds for what must come: the machine may be loaded."""
DISTRICT, UNIT = "d01", "chamber-donghu"
ROLES = ("SCREENER", "SECOND_CHECKER", "EVALUATOR", "CLERK")
ADMINISTRATORS = ("admin", "security")
"""Who opens accounts: one asks, the other decides."""
ANSWERS = {"screen": "PASS", "screen-sign": "CONFIRM", "declare": "SIGNED"}


@dataclass
class House:
    """A running system, who works there, and the case of each nominee."""

    system: Running
    people: Mapping[str, Opened]
    cases: Sequence[str]
    batch: str
    admins: Administrators | None = None
    keys: int = field(default=0)

    @property
    def console(self) -> str:
        """Where the pages are."""
        return self.system.console

    def account(self, login: str) -> Account:
        """Somebody's account, signed in to the API."""
        administrators = self._administrators()
        return administrators[login] if login in administrators else self.people[login].account

    @property
    def logins(self) -> list[str]:
        """Everybody: of each role of the policy at least one."""
        return [*self._administrators(), *self.people]

    def _administrators(self) -> Mapping[str, Account]:
        if self.admins is None:
            return {}
        return dict(zip(ADMINISTRATORS, (self.admins.asks, self.admins.decides), strict=True))

    async def answer(self, login: str, kind: str, case: str, outcome: str = "", **more: Any) -> None:
        """Answer a task of this kind by the API, when it is there."""
        task = await self.task(login, kind, case)
        said = {"outcome": outcome or ANSWERS[kind], "form": {}, "reason": "", "seen": task["content_digest"]}
        await self.account(login).post(f"/v1/tasks/{task['task_id']}/outcome", self.key(), {**said, **more})

    async def task(self, login: str, kind: str, case: str, many: int = 1) -> dict[str, Any]:
        """The open task of this kind, waited for, or the first of so `many`. TimeoutError when it does not come."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found: list[dict[str, Any]] = await self.account(login).pages(
                    "/v1/tasks", kind=kind, case=case
                )
                if len(found) >= many:
                    return found[0]
                await asyncio.sleep(0.2)

    def key(self) -> str:
        """A key that was not used before."""
        self.keys += 1
        return f"house-{self.keys}"


def settings(var: Path) -> Settings:
    """A system of its own below this folder, at ports that are free."""
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    return Settings.model_validate({"var": var, **ports})


@asynccontextmanager
async def house(
    var: Path,
    say: Callable[[str], None] = lambda _: None,
    given: Mapping[str, str] | None = None,
    nominees: int = 3,
) -> AsyncIterator[House]:
    """The system inside the block: the first nominee is to declare, the second is asked about, the others unread.

    `given` is what an operator sets besides, by the names of the services' settings.
    """
    async with running(settings(var), {**os.environ, **(given or {})}, say) as system:
        api = Api(system.api)
        try:
            yield await furnished(system, api, nominees)
        finally:
            await api.close()


async def furnished(system: Running, api: Api, nominees: int = 3) -> House:
    """Accounts, a batch and its nominees in a system that has just begun."""
    rows = [nomination(serial, DISTRICT, UNIT) for serial in range(nominees)]
    admins = await first_administrators(api, system.vault)
    people = await open_accounts(api, admins, members(rows))
    office = people["office"].account
    opened = await office.post(
        "/v1/batches", "batch", {"title": "2026 年换届（试）", "districts": [DISTRICT], "policy": POLICY}
    )
    batch = opened["case_id"]
    sheet = workbook(tuple(rows))
    await people["nominator"].account.upload(
        f"/v1/batches/{batch}/roster", "roster", sheet, XLSX, dry_run="false"
    )
    cases = [
        names.nomination_id(batch, people[f"nominee-{serial}"].person_id, UNIT) for serial in range(len(rows))
    ]
    found = House(system, people, cases, batch, admins)
    for case in cases[:2]:
        await found.answer("screener", "screen", case)
        await found.answer("second-checker", "screen-sign", case)
    await found.answer("nominee-1", "declare", cases[1])
    await found.task("dept-officer", "reply", cases[1])
    return found


def members(rows: Sequence[Nomination]) -> list[Member]:
    """One person at least for each role; whoever answers or signs for departments does so for one of them."""
    policy = loader.released(POLICY)
    told: list[tuple[str, Grant]] = [
        ("office", Grant(role="ELECTION_OFFICE")),
        ("auditor", Grant(role="AUDITOR")),
        ("nominator", Grant(role="NOMINATOR", unit=UNIT, district=DISTRICT)),
        *((_login(role), Grant(role=role, district=DISTRICT)) for role in ROLES),
    ]
    for role in ("DEPT_OFFICER", "DEPT_HEAD"):
        told.append((_login(role), Grant(role=role, unit=policy.departments[0].code, district=DISTRICT)))
    # Whoever has no part in the scenes is here to be shown what their role is shown.
    held = {grant.role for _, grant in told} | {"NOMINEE", "SYS_ADMIN", "SECURITY_ADMIN"}
    for one in policy.roles:
        if one.code not in held:
            reach = {"district": DISTRICT} if one.scope == "district" else {}
            told.append((_login(one.code), Grant(role=one.code, **reach)))
    # What one proposes another approves; lists are held against people of every district.
    told += [("policy-admin-2", Grant(role="POLICY_ADMIN")), ("desk", Grant(role="SCREENER"))]
    found = [Member(login, officer(serial), grant) for serial, (login, grant) in enumerate(told)]
    nominees = [
        Member(f"nominee-{serial}", row.person, Grant(role="NOMINEE")) for serial, row in enumerate(rows)
    ]
    return [*found, *nominees]


def _login(role: str) -> str:
    return role.lower().replace("_", "-")
