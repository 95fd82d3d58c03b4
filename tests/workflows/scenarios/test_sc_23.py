"""SC-23: the head of a chamber is vetoed for bribery, and what that means for the chamber's awards (domain §9)."""

import asyncio

from contracts.events.case import CaseEnded
from contracts.policy.loader import released
from contracts.vocabulary import CaseState
from tests.asking import local, opening
from tests.carrying import Carrier
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeCases, FakeRecord
from tests.instants import midnight_after
from tests.office import Office, People, finding
from tests.prizes import CHAIR, MEETING, award_opening
from tests.waiting import PATIENCE
from tests.workflows.conftest import Open
from workflows.kinds.award.case import Award

HELD = "four-good-2024"
"""The chamber's title of an earlier cycle."""


async def heard(carrier: Carrier, desk: WorkflowDesk[Award], task: str) -> None:
    """Carry until the case has heard: a step is recorded before what it owes is on its way."""
    async with asyncio.timeout(PATIENCE):
        while not (await desk.case()).open_tasks(task):
            await carrier.carry()
            await asyncio.sleep(0.05)


async def test_sc_23_award_consequence(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 09:30"))
    carrier = Carrier(cases, open_case)
    held = await carrier.begin(award_opening(case_id=HELD))
    people = People[Award](held)
    index = {"indexes": [{"person_id": CHAIR, "index": 800, "source": "第三方机构"}]}
    await people.act("award-check", "ELIGIBLE", form=index)
    await people.act("award-check-sign", "CONFIRM")
    await people.act("recognise", "RECOGNISED", form=MEETING)
    applied = await carrier.begin(award_opening())

    # The chamber's head is nominated and vetoed for NL-C04 on Thursday 12 March.
    office = Office(await carrier.begin(opening()))
    await office.screened()
    await office.reply("discipline", "ISSUE", finding("NL-C04"))
    await office.act("explain", "EXPLAINED", form={"text": "已如实说明"})
    await office.act("confirm-fact", "VETO")
    await office.desk.until(local("2026-03-12 10:00"))
    await office.act("confirm-fact-sign", "CONFIRM")
    assert (await office.desk.case()).state is CaseState.VETOED

    # A separate decision of the current cycle's application, by two people, within three working days.
    await heard(carrier, applied, "award-loss")
    assert (await applied.case()).state is CaseState.IN_QUESTION
    chamber = People[Award](applied)
    assert (await chamber.task("award-loss")).due == midnight_after(3, 17)
    await applied.until(local("2026-03-17 16:00"))
    await chamber.act("award-loss", "INELIGIBLE")
    await chamber.act("award-loss-sign", "CONFIRM")
    assert (await applied.case()).state is CaseState.INELIGIBLE
    ended = [
        (event.payload["state"], event.payload["cause"]) for event in record.of("case-ended", applied.case_id)
    ]
    assert ended == [("INELIGIBLE", "leader-vetoed")]
    letters = released("2026.1").occasions("award", CaseEnded.type)
    assert [(letter.code, trigger.state) for letter, trigger in letters] == [("N23", ("INELIGIBLE",))]

    # The title that it holds is not withdrawn by the system; a proposal is made, and whoever gave it decides.
    await heard(carrier, held, "title-proposal")
    await held.until(local("2026-03-18 10:00"))
    assert (await held.case()).held_until == local("2028-03-03 00:00")
    assert not record.of("case-ended", HELD)
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    assert len(record.of("withdrawal-proposed", HELD)) == 1
    case = await held.case()
    assert case.state is CaseState.TITLE_HELD
    assert [task.kind for task in case.open_tasks()] == ["title-decision"]
