"""A system of its own in which many letters lie before one officer, all of them open."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.actor import Grant
from contracts.policy import loader
from services.ctl.demo.answers import Act
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api
from services.ctl.demo.officers import submit
from services.ctl.demo.opening import Administrators, Opened, approve, first_administrators, open_accounts
from services.ctl.demo.roster import Nomination, nomination, officer, workbook
from services.ctl.demo.stage import XLSX
from tests.played import System

POLICY = "2026.1"
DISTRICT, UNIT = "d01", "chamber-donghu"
AT_ONCE = 16
"""Acts on their way at the same time."""
LOOK = 0.2
_OFFICERS_FROM = 1000
"""Numbers of officers begin here: no nominee has one of them."""
BEFORE = {"screen": ("screener", "PASS"), "screen-sign": ("second-checker", "CONFIRM")}
"""What the offices say before departments are asked, and who says it; then each nominee declares."""


@dataclass(frozen=True)
class Letters:
    """What was prepared: whose the letters are, and how many of them."""

    officer: Opened
    many: int

    async def open(self) -> list[dict[str, Any]]:
        """The officer's open letters."""
        return await self.officer.account.pages("/v1/tasks", kind="reply", state="open", limit=200)


async def prepared(system: System, api: Api, cases: int, units: int) -> Letters:
    """So many nominees of one district, about each of whom one officer has a letter for each of so many departments."""
    rows = [nomination(serial, DISTRICT, UNIT) for serial in range(cases)]
    departments = [one.code for one in loader.released(POLICY).departments][:units]
    admins = await first_administrators(api, system.running.vault)
    people = await open_accounts(api, admins, _members(rows, departments[0]))
    await _entrust(admins, people["dept-officer"], departments[1:])
    office = people["office"].account
    said = {"title": "批办（试）", "districts": [DISTRICT], "policy": POLICY}
    batch = (await office.post("/v1/batches", "batch", said))["case_id"]
    path = f"/v1/batches/{batch}/roster"
    await people["nominator"].account.upload(path, "roster", workbook(tuple(rows)), XLSX, dry_run="false")
    turns = asyncio.Semaphore(AT_ONCE)
    for kind, (login, outcome) in BEFORE.items():
        await _all(people[login].account, kind, cases, outcome, turns)
    await _declared(people, cases, turns)
    letters = Letters(people["dept-officer"], cases * units)
    while len(await letters.open()) < letters.many:
        await asyncio.sleep(LOOK)
    return letters


def _members(rows: Sequence[Nomination], department: str) -> list[Member]:
    grants = {
        "office": Grant(role="ELECTION_OFFICE"),
        "nominator": Grant(role="NOMINATOR", unit=UNIT, district=DISTRICT),
        "screener": Grant(role="SCREENER", district=DISTRICT),
        "second-checker": Grant(role="SECOND_CHECKER", district=DISTRICT),
        "dept-officer": Grant(role="DEPT_OFFICER", unit=department, district=DISTRICT),
    }
    offices = [
        Member(login, officer(_OFFICERS_FROM + serial), grant)
        for serial, (login, grant) in enumerate(grants.items())
    ]
    nominees = [
        Member(_nominee(serial), row.person, Grant(role="NOMINEE")) for serial, row in enumerate(rows)
    ]
    return [*offices, *nominees]


def _nominee(serial: int) -> str:
    return f"nominee-{serial}"


async def _entrust(admins: Administrators, one: Opened, departments: Sequence[str]) -> None:
    """Let the officer answer for these departments besides: a few cases are many letters then."""
    if not departments:
        return
    account_id = (await one.account.get("/v1/me"))["account_id"]
    first = one.member.grant.model_dump()
    grants = [first, *({**first, "unit": department} for department in departments)]
    body = {"reason": "一人代办多个部门（试）", "grants": grants}
    asked = await admins.asks.post(f"/v1/accounts/{account_id}/grants", "entrust", body)
    await approve(admins.decides, asked["case_id"], "entrust")


async def _all(who: Account, kind: str, many: int, outcome: str, turns: asyncio.Semaphore) -> None:
    """Give this outcome to so many tasks of the kind, as they come."""

    async def act(task: dict[str, Any]) -> None:
        async with turns:
            await submit(who, task, Act(outcome, {}))

    done: set[str] = set()
    while len(done) < many:
        found = await who.pages("/v1/tasks", kind=kind, state="open", limit=200)
        fresh = {one["task_id"]: one for one in found if one["task_id"] not in done}
        await asyncio.gather(*map(act, fresh.values()))
        done |= fresh.keys()
        await asyncio.sleep(LOOK)


async def _declared(people: Mapping[str, Opened], cases: int, turns: asyncio.Semaphore) -> None:
    """Each nominee signs the declaration."""

    async def declare(serial: int) -> None:
        async with turns:
            await _all(people[_nominee(serial)].account, "declare", 1, "SIGNED", asyncio.Semaphore(1))

    await asyncio.gather(*map(declare, range(cases)))
