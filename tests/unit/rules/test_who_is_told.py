"""Whom each ladder tells: the exceptions of the domain (§8.1), and what a hold and a term in months are told."""

import pytest

from contracts.events.task import RungReached
from contracts.vocabulary import Rung
from tests.asking import local
from tests.desks import PureDesk
from tests.office import MINUTES, Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


def told(desk: Work, kind: str) -> dict[Rung, tuple[str, ...]]:
    events = [event for event in desk.of(RungReached) if isinstance(event, RungReached)]
    return {event.rung: event.to for event in events if event.kind == kind}


async def test_the_standard_ladder(desk: Work) -> None:
    await desk.until(local("2026-04-20 10:00"))
    assert told(desk, "screen") == {
        Rung.BLUE: ("task_owner",),
        Rung.YELLOW: ("unit_head",),
        Rung.RED: ("lead_deputy", "discipline_group"),
        Rung.CONFERENCE: ("lead_deputy",),
    }


async def test_a_nominees_own_task_is_told_to_nominee_and_nominator_only(desk: Work, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await desk.until(local("2026-04-20 10:00"))
    assert told(desk, "declare").keys() == {Rung.BLUE, Rung.YELLOW, Rung.EXPIRED}
    assert set(told(desk, "declare").values()) == {("nominee", "nominator")}


async def test_the_party_committee_is_reminded_through_its_clerk_only(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")
    await desk.until(local("2026-05-20 10:00"))
    assert set(told(desk, "decide").values()) == {("clerk",)}


async def test_a_hold_is_told_three_days_before_one_after_and_three_after(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "HELD", form=MINUTES)
    task = await office.task("resume")
    assert [(rung, at) for rung, at in task.rungs] == [
        (Rung.BLUE, local("2026-06-17 09:00")),  # due 23 June; 19 to 21 are holidays
        (Rung.YELLOW, local("2026-06-24 09:00")),
        (Rung.RED, local("2026-06-26 09:00")),
    ]


@pytest.mark.parametrize("end", ["RESUMED", "LAPSED"])
async def test_the_second_signature_of_a_hold_has_the_ladder_of_the_first(
    desk: Work, office: Office, end: str
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "HELD", form=MINUTES)
    rungs = (await office.task("resume")).rungs
    await office.act("resume", end)
    assert (await office.task("resume-sign")).rungs == rungs
