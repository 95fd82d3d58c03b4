"""One spreadsheet into one batch, and everybody at work until each case is vetoed or stands before the inspection."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts import names
from contracts.policy import loader
from contracts.vocabulary import CaseState
from services.ctl.demo.client import Account, Api, ProblemError
from services.ctl.demo.opening import Administrators, Opened, open_accounts
from services.ctl.demo.play import UnexpectedError
from services.ctl.demo.roster import Nomination, workbook
from services.ctl.demo.stage import XLSX, Say
from services.ctl.term.desks import Term
from services.ctl.term.nominees import UNIT, Size, expected, known, rows
from services.ctl.term.people import members, nominee

LOOK = 5.0
"""Seconds between two lines of progress."""
IMPORTED_WITHIN = 1200.0
"""Seconds until each row of the spreadsheet has its case, at most."""
AT_WORK = frozenset({"SCREENER", "SECOND_CHECKER", "EVALUATOR", "PANEL_CHAIR", "DEPT_OFFICER", "DEPT_HEAD"})
REPEATED = "roster-faulty"
"""What a second import of the same people is refused as: each is nominated already."""


@dataclass(frozen=True)
class Election:
    """An election that was carried as far as the inspection."""

    batch_id: str
    accounts: Mapping[str, Opened]
    rows: tuple[Nomination, ...]
    expected: Mapping[str, CaseState]
    """By case."""
    done: int
    """Tasks that people completed."""

    def of(self, login: str) -> Account:
        """Somebody's account."""
        return self.accounts[login].account


async def hold(api: Api, admins: Administrators, version: str, size: Size, say: Say) -> Election:
    """Carry the whole batch. Raises UnexpectedError when something happens that must not."""
    policy = loader.released(version)
    everybody = rows(policy, size)
    facts = known(everybody, policy)
    departments = tuple(one.code for one in policy.departments)
    codes = [district.code for district in policy.districts[: size.districts]]
    accounts = await open_accounts(api, admins, members(everybody, tuple(codes), departments))
    say(f"{len(accounts)} accounts are open: every office and every nominee has its own")
    office = accounts["election-office"].account
    body = {"title": "演示：十二个县区换届", "districts": codes, "policy": version}
    batch_id = str((await office.post("/v1/batches", "term:batch", body))["case_id"])
    await _import(office, batch_id, everybody, say)
    cases = {names.nomination_id(batch_id, accounts[nominee(row)].person_id, UNIT): row for row in everybody}
    logins = {case_id: accounts[nominee(row)].account for case_id, row in cases.items()}
    term = Term(cases, facts, logins)
    await _work(term, accounts, batch_id, say)
    ends = {case_id: expected(row, facts) for case_id, row in cases.items()}
    return Election(batch_id, accounts, everybody, ends, term.done)


async def _import(office: Account, batch_id: str, everybody: tuple[Nomination, ...], say: Say) -> None:
    """The whole roster twice, and a third time under its first key: nobody is nominated twice."""
    sheet, path = workbook(everybody), f"/v1/batches/{batch_id}/roster"
    first = await office.upload(path, "term:roster", sheet, XLSX, dry_run="false")
    async with asyncio.timeout(IMPORTED_WITHIN):
        while (await figures(office, batch_id)).total() < len(everybody):  # noqa: ASYNC110
            await asyncio.sleep(1.0)
    say(f"one spreadsheet with {len(everybody)} rows is imported")
    try:
        await office.upload(path, "term:roster-again", sheet, XLSX, dry_run="false")
    except ProblemError as problem:
        if problem.code != REPEATED:
            raise
    else:
        raise UnexpectedError("the same spreadsheet was taken twice")
    if await office.upload(path, "term:roster", sheet, XLSX, dry_run="false") != first:
        raise UnexpectedError("the same import was answered in two ways")
    say("imported again: nothing new")


async def figures(office: Account, batch_id: str) -> Counter[CaseState]:
    """How many cases of the batch stand where."""
    told: dict[str, Any] = (await office.get(f"/v1/batches/{batch_id}"))["cases"]
    return Counter({CaseState(state): int(count) for state, count in told.items()})


async def _work(term: Term, accounts: Mapping[str, Opened], batch_id: str, say: Say) -> None:
    overseer = accounts["election-office"].account
    try:
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(term.office(one.account, one.member.grant))
                for one in accounts.values()
                if one.member.grant.role in AT_WORK
            ]
            beside.append(group.create_task(term.everybody(overseer)))
            await _watch(term, overseer, batch_id, say)
            for task in beside:
                task.cancel()
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None


async def _watch(term: Term, overseer: Account, batch_id: str, say: Say) -> None:
    before = 0
    while True:
        await asyncio.sleep(LOOK)
        tally = await figures(overseer, batch_id)
        line = "  ".join(f"{state} {tally[state]}" for state in CaseState if tally[state])
        say(f"{line}  tasks done {term.done} ({(term.done - before) / LOOK:.0f} a second)")
        before = term.done
        if tally[CaseState.INSPECTING] + tally[CaseState.VETOED] == len(term.cases):
            return
