"""What still lies on the desks when the demonstration is over: ten more nominees, at different steps."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts import names
from contracts.actor import Grant
from services.ctl.demo.answers import answer
from services.ctl.demo.cast import Member
from services.ctl.demo.client import PATIENCE, Account, SilentError
from services.ctl.demo.officers import submit
from services.ctl.demo.opening import Opened, open_accounts
from services.ctl.demo.roster import DISTRICTS, NOMINATING_UNITS, Nomination, nomination, workbook
from services.ctl.demo.stage import XLSX, Batch
from services.ctl.demo.story import UNIT, Story

POLICY = "2026.1"
"""Its terms are days: what lies here is still there when somebody has looked round."""
TITLE = "增补人选批次（演示）"
DISTRICT = DISTRICTS[0]
SCREENED = ((f"screener-{DISTRICT}", "screen"), (f"second-checker-{DISTRICT}", "screen-sign"))
_UNIT = UNIT[Story.HARD_VETO]
FINDS = (f"{_UNIT}-{DISTRICT}", f"{_UNIT}-head-{DISTRICT}")
"""Who of the department that has something to say answers, and who signs."""
STEPS = (0, 0, 0, 1, 1, 2, 3, 3, 3, 4)
"""How many steps each nominee has come: screened, checked, declared, and a department's finding to be signed."""
LOOK = 0.2
"""Seconds between two looks for a task."""


@dataclass(frozen=True)
class Desks:
    """The second batch and its nominees, by login; they are in the order of STEPS."""

    batch_id: str
    nominees: Mapping[str, Opened]

    @property
    def declares(self) -> str:
        """The nominee who has yet to consent and to declare."""
        return list(self.nominees)[STEPS.index(len(SCREENED))]

    def case_of(self, login: str) -> str:
        """The case of one of these nominees."""
        return names.nomination_id(self.batch_id, self.nominees[login].person_id, NOMINATING_UNITS[DISTRICT])


async def laid_out(batch: Batch) -> Desks:
    """Open the second batch and carry its nominees so far that everybody who screens, declares or replies has work.

    Raises SilentError when a task does not come.
    """
    office = batch.officers["election-office"].account
    unit, start = NOMINATING_UNITS[DISTRICT], len(batch.play.nominations())
    rows = {
        f"nominee-{serial:03d}": nomination(serial, DISTRICT, unit)
        for serial in range(start, start + len(STEPS))
    }
    members = [Member(login, row.person, Grant(role="NOMINEE")) for login, row in rows.items()]
    opened = await open_accounts(office.api, batch.admins, members, "desks")
    body = {"title": TITLE, "districts": [DISTRICT], "policy": POLICY}
    batch_id = str((await office.post("/v1/batches", "desks:batch", body))["case_id"])
    nominator = batch.officers[f"nominator-{DISTRICT}"].account
    sheet = workbook(tuple(rows.values()))
    await nominator.upload(f"/v1/batches/{batch_id}/roster", "desks:roster", sheet, XLSX, dry_run="false")
    desks = Desks(batch_id, opened)
    everybody = {login: one.account for login, one in batch.officers.items()}
    everybody |= {login: one.account for login, one in opened.items()}
    for steps, (login, row) in zip(STEPS, rows.items(), strict=True):
        for desk, kind in (*SCREENED, (login, "declare"), (FINDS[0], "reply"))[:steps]:
            await _act(everybody[desk], kind, desks.case_of(login), row)
    return desks


async def _act(account: Account, kind: str, case: str, row: Nomination) -> None:
    task = await _task(account, kind, case)
    act = answer(Story.HARD_VETO, kind, task["unit"], task["round"], row, datetime.now(UTC))
    await submit(account, task, act)


async def _task(account: Account, kind: str, case: str) -> dict[str, Any]:
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await account.pages("/v1/tasks", kind=kind, case=case)
                if found:
                    return found[0]
                await asyncio.sleep(LOOK)
    except TimeoutError:
        raise SilentError(f"no task {kind} of case {case} in {PATIENCE:.0f} s") from None
