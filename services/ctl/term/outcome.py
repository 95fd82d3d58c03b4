"""What came of it, read through the API, and what of it is not as it must be."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    letters: Mapping[str, int]
    """How many there are of each type, as the auditor sees them: one to several addressees is one (§8.8.14)."""
    told: frozenset[str]
    """Cases whose nominee has the letter of a veto in their own inbox."""
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
            f"events={self.events} notices={sum(self.letters.values())} minutes={minutes:.1f} record={self.record}"
        )


async def read(held: Election) -> Came:
    """Everything that the ending speaks of. The record is walked while the letters are read."""
    office, auditor = held.of("election-office"), held.of("auditor")
    cases = await office.pages("/v1/cases", parent=held.batch_id, kind="nomination", limit=200)
    districts: dict[str, Counter[str]] = {}
    for case in cases:
        districts.setdefault(case["district"], Counter())[case["state"]] += 1
    (letters, told), record, replies = await asyncio.gather(
        _letters(held, auditor),
        auditor.get("/v1/record/verify"),
        office.pages("/v1/tasks", view="all", kind="reply", parent=held.batch_id, limit=200),
    )
    return Came(
        districts=districts,
        states={case["case_id"]: case["state"] for case in cases},
        consultations=len(replies),
        letters=letters,
        told=told,
        events=(await auditor.get("/v1/record/head"))["count"],
        record=str(record["status"]),
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
    vetoed = {case_id for case_id, state in held.expected.items() if state is CaseState.VETOED}
    if came.told != vetoed or came.letters.get(VETO_LETTER, 0) != len(vetoed):
        found.append(
            f"{VETO_LETTER} was written {came.letters.get(VETO_LETTER, 0)} times and reached {len(came.told)} "
            f"nominees, expected are {len(vetoed)}"
        )
    if came.record != "verified":
        found.append(f"the record does not verify: {came.record}")
    return found


async def _letters(held: Election, auditor: Account) -> tuple[Mapping[str, int], frozenset[str]]:
    return await _all_written(auditor), await _told(held)


async def _all_written(auditor: Account) -> Mapping[str, int]:
    """The letters once no further one is written: the notices follow the record at their own pace."""
    known: Mapping[str, int] | None = None
    while True:
        written: Mapping[str, int] = (await auditor.get("/v1/notices/figures"))["letters"]
        if written == known:
            return written
        known = written
        await asyncio.sleep(LOOK)


async def _told(held: Election) -> frozenset[str]:
    """Every nominee looks into their own inbox: those who find the letter of a veto, by its case."""
    gate = asyncio.Semaphore(READERS)

    async def inbox(account: Account) -> list[dict[str, Any]]:
        async with gate:
            return await account.pages("/v1/notices", limit=200)

    nominees = [one.account for one in held.accounts.values() if one.member.grant.role == "NOMINEE"]
    inboxes = await asyncio.gather(*map(inbox, nominees))
    return frozenset(one["case_id"] for found in inboxes for one in found if one["type"] == VETO_LETTER)
