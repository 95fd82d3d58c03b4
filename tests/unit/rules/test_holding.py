"""Holds, and the calendar year that comes later."""

from contracts.commands.case import LoadCaseCalendar, ReportFact
from contracts.events.task import TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.office import PAPER, Office, finding
from workflows.rules.forms import Findings


async def test_a_deferred_opinion_is_given_again_after_the_hold(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    await office.opinion("DEFER", "NO_OBJECTION")
    await office.resumed()
    await office.opinion()
    assert desk.current.stage is Stage.PROPOSAL


async def test_a_hold_can_lapse_the_case(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    await office.opinion("DEFER", "DEFER")
    await office.resumed("LAPSED")
    assert desk.current.state is CaseState.LAPSED


async def test_a_held_case_takes_no_act_of_another_stage(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    (fact,) = Findings.model_validate(finding("NL-C03")).findings
    await office.asks(ReportFact, somebody("DISC_OFFICER", "p-informed"), fact=fact, source="police")
    await office.act("confirm-pause", "PAUSE", form=PAPER)
    await office.act("confirm-pause-sign", "CONFIRM", form=PAPER)
    asked = await completing(office, "opinion-draft", office.actor("DISC_OFFICER"))
    await refused(desk, asked, "case-held")
    ends = await completing(office, "resume", office.actor("UFWD"), reason="r", form=PAPER)
    await office.resumed()
    await refused(desk, ends, "task-closed")
    await office.act("opinion-draft", "NO_OBJECTION")


async def test_a_calendar_makes_provisional_deadlines_real_and_moves_no_other(
    desk: PureDesk, office: Office
) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    desk.now = local("2026-12-28 10:00")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    assert (await office.task("declare")).provisional
    asked = asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=year)
    await desk.send(asked)
    assert (await office.task("declare")).due == local("2027-01-05 00:00")
    assert len(desk.of(TaskExtended)) == 1
    await refused(desk, asked, "calendar-known")
