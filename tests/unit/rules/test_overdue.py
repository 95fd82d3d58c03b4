"""Whatever is five working days late comes before the joint conference, once (domain §8.8.11)."""

import pytest

from contracts.vocabulary import CaseState
from tests.acting import completing, refused
from tests.asking import local
from tests.commission import Commission
from tests.desks import PureDesk
from tests.office import MINUTES, Office
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal

Work = PureDesk[Nomination]


async def test_a_late_check_of_eligibility_is_an_item(desk: Work, office: Office) -> None:
    await desk.until(local("2026-03-16 08:59"))
    assert not desk.current.open_tasks("overdue")
    await desk.until(local("2026-03-16 09:00"))
    item = await office.task("overdue")
    assert item.about == "task:c1.screen.1.1"
    await office.act("overdue", "URGED", form=MINUTES)
    assert desk.current.state is CaseState.SCREENING, "the conference decides nothing about the case"


async def test_of_two_late_tasks_each_is_an_item_and_no_item_breeds(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await desk.until(local("2026-07-01 10:00"))
    about = sorted(item.about for item in desk.current.open_tasks("overdue"))
    assert about == ["task:c1.propose-department.1.1", "task:c1.propose-party-group.1.2"]
    await desk.until(local("2026-12-01 10:00"))
    assert len(desk.current.open_tasks("overdue")) == 2


async def test_an_item_is_over_with_the_task_that_was_late(desk: Work, office: Office) -> None:
    await desk.until(local("2026-03-16 09:00"))
    await office.act("screen", "PASS")
    assert not desk.current.open_tasks("overdue")


async def test_an_item_is_over_with_the_case(desk: Work, office: Office) -> None:
    await desk.until(local("2026-03-16 09:00"))
    await office.withdraw()
    assert not desk.current.open_tasks("overdue")
    await desk.until(local("2026-04-20 10:00"))
    assert [item.about for item in desk.current.open_tasks("overdue")] == ["task:c1.serve.1.1"]


@pytest.mark.parametrize("outcome", ["NOTED", "URGED"])
async def test_the_conference_decides_by_its_minutes(desk: Work, office: Office, outcome: str) -> None:
    await desk.until(local("2026-03-16 09:00"))
    unwritten = await completing(office, "overdue", office.actor("UFWD"), outcome=outcome, reason="r")
    await refused(desk, unwritten, "form-invalid")


async def test_the_conference_decides_about_a_silent_department_by_its_minutes(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    for outcome in ("EXTENDED", "HELD"):
        unwritten = await completing(
            office, "conference", office.actor("UFWD"), "police", outcome=outcome, reason="r"
        )
        await refused(desk, unwritten, "form-invalid")


async def test_a_late_decision_of_the_party_committee_is_an_item_too(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")
    await desk.until(local("2026-04-20 10:00"))
    assert "task:c1.decide.1.1" in [item.about for item in desk.current.open_tasks("overdue")]


async def test_a_late_task_of_a_removal_is_an_item(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await removal.until(local("2026-03-10 09:00"))
    assert (await commission.task("overdue")).about == "task:r1.lead.1.1"


async def test_what_waits_for_the_person_alone_is_none(desk: Work, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await desk.until(local("2026-03-16 12:00"))
    assert not desk.current.open_tasks("overdue")
