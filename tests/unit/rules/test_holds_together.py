"""A case held for several causes: each ends by itself, and the clock stands once (domain §8.8.1)."""

import pytest

from contracts.causes import Cause
from contracts.events.case import CaseHeld, CaseResumed
from contracts.events.task import TaskExtended
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import local
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import MINUTES, PAPER, Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def test_a_pause_outlives_the_silence_beside_which_it_was_confirmed(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police", "procuratorate")
    await office.held_for("police")
    await office.paused("procuratorate")
    await office.reply("police")
    assert desk.current.state is CaseState.HELD, "the police answered; the investigation is still open"
    assert [hold.cause for hold in desk.current.holds] == [Cause.PAUSE_ITEM]
    await office.resumed()
    assert desk.current.stage is Stage.GRADING


async def test_of_two_pauses_each_is_lifted_by_itself(desk: Work, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    await office.paused("procuratorate")
    assert [hold.about for hold in desk.current.holds] == ["hit.1", "hit.2"]
    await office.resumed(about="pause-item:hit.1")
    assert [hold.about for hold in desk.current.holds] == ["hit.2"]
    await office.replies("police", "procuratorate")
    assert (desk.current.state, desk.current.stage) == (CaseState.HELD, Stage.CONSULTATION)
    await office.resumed()
    assert desk.current.stage is Stage.GRADING


async def test_the_conference_holds_a_case_that_is_paused(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police", "procuratorate")
    await desk.until(local("2026-03-23 09:00"))
    await office.paused("procuratorate")
    await office.act("conference", "HELD", unit="police", form=MINUTES)
    await office.resumed(about="pause-item:hit.1")
    assert [hold.name for hold in desk.current.holds] == ["department-silent:police"]


async def test_a_departments_silence_is_ended_by_its_own_answer_only(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police", "tax")
    await office.held_for("police", "tax")
    await office.reply("tax")
    assert desk.current.state is CaseState.HELD
    await office.reply("police")
    assert desk.current.stage is Stage.GRADING


async def test_a_silence_that_is_lifted_without_an_answer_comes_before_the_conference_again(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.replies("finance")
    await office.held_for("finance")
    await office.resumed()
    await office.act("conference", "CLOSED_NO_REPLY", unit="finance", form=MINUTES)
    assert desk.current.stage is Stage.GRADING


async def test_the_days_of_two_holds_come_back_once(desk: Work, office: Office) -> None:
    await office.screened()
    assert (await office.task("reply", "tax")).due == midnight_after(3, 16)
    await desk.until(local("2026-03-04 10:00"))
    await office.paused("police")
    await desk.until(local("2026-03-06 10:00"))
    await office.paused("procuratorate")
    await office.resumed(about="pause-item:hit.1")
    assert desk.of(TaskExtended) == [], "the clock still stands"
    await desk.until(local("2026-03-10 10:00"))
    await office.resumed()
    assert (await office.task("reply", "tax")).due == midnight_after(3, 23), "four to ten March: five days"
    assert [e.standing for e in desk.of(CaseResumed) if isinstance(e, CaseResumed)] == [
        (Cause.PAUSE_ITEM,),
        (),
    ]


async def test_the_same_hold_does_not_begin_twice(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police")
    await office.held_for("police")
    await desk.until(local("2026-04-20 10:00"))
    assert len(desk.of(CaseHeld)) == len(desk.current.open_tasks("resume")) == 1


@pytest.mark.parametrize("outcome", ["RESUMED", "LAPSED"])
async def test_one_person_alone_ends_no_hold(desk: Work, office: Office, outcome: str) -> None:
    await office.screened()
    await office.paused("police")
    await office.act("resume", outcome, form=PAPER)
    assert desk.current.state is CaseState.HELD
    first = office.actor("UFWD")
    await refused(desk, await completing(office, "resume-sign", first), "same-person")


async def test_two_holds_on_one_day_give_one_day_back(desk: Work, office: Office) -> None:
    await office.screened()
    await desk.until(local("2026-03-04 09:00"))
    await office.paused("police")
    await desk.until(local("2026-03-04 10:00"))
    await office.resumed()
    await desk.until(local("2026-03-04 11:00"))
    await office.paused("procuratorate")
    await desk.until(local("2026-03-04 12:00"))
    await office.resumed()
    assert (await office.task("reply", "tax")).due == midnight_after(3, 17)
