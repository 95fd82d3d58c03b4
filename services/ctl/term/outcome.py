"""What came of it, read through the API, and what of it is not as it must be."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.vocabulary import CaseState
from services.ctl.demo.client import Account
from services.ctl.term.election import Election

READERS = 8
"""Inboxes read at the same time."""
LOOK = 5.0
"""Seconds in which no further letter is written when all are written."""
VETO_LETTER = "N08"


@dataclass(frozen=True)
class Came:
    """What the API showed."""

    districts: Mapping[str, Counter[str]]
    """States of its cases, by district."""
    states: Mapping[str, str]
    """By case."""
    consultations: int
    letters: Mapping[str, tuple[str, str]]
    """By id: code of the letter and case."""
    events: int
    record: str

    @property
    def vetoed(self) -> int:
        """How many cases ended so."""
        return sum(state == CaseState.VETOED for state in self.states.values())

    def line(self, version: str, minutes: float) -> str:
        """The line that ends a successful run."""
        rate = 100 * self.vetoed / len(self.states)
        reached = sum(state == CaseState.INSPECTING for state in self.states.values())
        return (
            f"demo-term: policy={version} nominees={len(self.states)} districts={len(self.districts)} "
            f"consultations={self.consultations} vetoed={self.vetoed} ({rate:.1f} %) inspecting={reached} "
            f"events={self.events} notices={len(self.letters)} minutes={minutes:.1f} record={self.record}"
        )


async def read(held: Election) -> Came:
    """Everything that the ending speaks of."""
    office, auditor = held.of("election-office"), held.of("auditor")
    cases = await office.pages("/v1/cases", parent=held.batch_id, kind="nomination", limit=200)
    districts: dict[str, Counter[str]] = {}
    for case in cases:
        districts.setdefault(case["district"], Counter())[case["state"]] += 1
    replies = await office.pages("/v1/tasks", view="all", kind="reply", parent=held.batch_id, limit=200)
    await _all_written(auditor)
    letters = await _every_inbox(held)
    return Came(
        districts=districts,
        states={case["case_id"]: case["state"] for case in cases},
        consultations=len(replies),
        letters=letters,
        events=(await auditor.get("/v1/record/head"))["count"],
        record=str((await auditor.get("/v1/record/verify"))["status"]),
    )


def faults(held: Election, came: Came, departments: int) -> list[str]:
    """Every expectation that was not met, as a sentence."""
    found = [
        f"case {case_id} stands at {came.states.get(case_id)}, expected {state}"
        for case_id, state in held.expected.items()
        if came.states.get(case_id) != state
    ]
    if len(came.states) != len(held.rows) or came.consultations != len(held.rows) * departments:
        found.append(
            f"{len(came.states)} cases with {came.consultations} consultations are not what was imported"
        )
    imported = Counter(row.district for row in held.rows)
    shown = Counter({district: tally.total() for district, tally in came.districts.items()})
    if shown != imported:
        found.append(f"the districts have {dict(shown)} cases, not the {dict(imported)} that were imported")
    told = {case_id for code, case_id in came.letters.values() if code == VETO_LETTER}
    vetoed = {case_id for case_id, state in held.expected.items() if state is CaseState.VETOED}
    if told != vetoed:
        found.append(f"{VETO_LETTER} was written in {len(told)} cases, expected in {len(vetoed)}")
    if came.record != "verified":
        found.append(f"the record does not verify: {came.record}")
    return found


async def _all_written(auditor: Account) -> None:
    """Until no further letter is written: the notices follow the record at their own pace."""
    known = -1
    while known < (written := sum((await auditor.get("/v1/notices/figures"))["letters"].values())):
        known = written
        await asyncio.sleep(LOOK)


async def _every_inbox(held: Election) -> dict[str, tuple[str, str]]:
    gate = asyncio.Semaphore(READERS)
    found: dict[str, tuple[str, str]] = {}

    async def inbox(account: Account) -> None:
        async with gate:
            letters = await account.pages("/v1/notices", limit=200)
        found.update({letter["id"]: (letter["type"], letter["case_id"]) for letter in letters})

    await asyncio.gather(*(inbox(one.account) for one in held.accounts.values()))
    return found
