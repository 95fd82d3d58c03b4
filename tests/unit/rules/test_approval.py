"""ST09 to ST12: proposal, decision, notice, reports."""

import pytest

from contracts.actor import Actor
from contracts.commands.base import Command
from contracts.commands.case import (
    LoadCaseCalendar,
)
from contracts.commands.nomination import RegisterReport
from contracts.matter import ReportContent
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office


@pytest.mark.parametrize(
    ("department", "party", "stage", "ended"),
    [
        ("PROPOSE", "PROPOSE", Stage.DECISION, False),
        ("PROPOSE", "RETURN", Stage.INSPECTION, False),
        ("REJECT", "RETURN", Stage.PROPOSAL, True),
    ],
)
async def test_both_bodies_must_propose(
    desk: PureDesk, office: Office, department: str, party: str, stage: Stage, ended: bool
) -> None:
    await office.to_proposal()
    await office.act("propose-department", department)
    await office.act("propose-party-group", party)
    assert desk.current.stage is stage
    assert desk.current.ended is ended


async def to_decision(office: Office) -> None:
    """Take a case to ST10."""
    await office.to_proposal()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")


async def test_a_deferred_decision_is_held_and_taken_again(desk: PureDesk, office: Office) -> None:
    await to_decision(office)
    await office.act("decide", "DEFERRED", form={"meeting_on": "2026-03-02", "minutes_digest": "0" * 64})
    assert desk.current.state is CaseState.HELD
    await office.resumed()
    await office.act("decide", "REJECTED", form={"meeting_on": "2026-03-03", "minutes_digest": "0" * 64})
    assert desk.current.state is CaseState.REJECTED


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        ("UNTRUE", CaseState.ON_NOTICE),
        ("MINOR", CaseState.ON_NOTICE),
        ("SERIOUS", CaseState.REJECTED),
        ("UNPROVEN", CaseState.HELD),
    ],
)
async def test_a_report_has_four_endings(
    desk: PureDesk, office: Office, ending: str, state: CaseState
) -> None:
    await office.posted()
    await office.report()
    assert desk.current.state is CaseState.CHECKING_REPORT
    await office.act("check-report", ending)
    assert desk.current.state is state


async def test_an_unproven_report_is_checked_again_after_the_hold(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.act("check-report", "UNPROVEN")
    await office.resumed()
    await office.act("check-report", "UNTRUE")
    assert desk.current.state is CaseState.ON_NOTICE


async def test_a_notice_with_an_unanswered_report_cannot_be_closed(desk: PureDesk, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    task = await office.task("close-notice")
    await office.report()
    assert task.id not in {t.id for t in desk.current.open_tasks()}
    await office.act("check-report", "UNTRUE")
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.act("close-notice", "NO_REPORT")
    await office.act("close-notice", "REPORTED")
    assert desk.current.state is CaseState.READY


async def test_the_notice_cannot_be_closed_before_its_window_ends(desk: PureDesk, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(local("2026-03-09 23:59"))
    assert not desk.current.open_tasks("close-notice")
    await desk.until(local("2026-03-10 00:00"))
    assert desk.current.open_tasks("close-notice")


async def test_a_report_outside_the_notice_is_refused(desk: PureDesk, office: Office) -> None:
    with pytest.raises(RefusedError, match="report-outside-notice"):
        await office.report()


def a_report(actor: Actor) -> Command:
    return asks(RegisterReport, actor, signed=False, channel="net", content=ReportContent(text="t"))


async def test_a_report_is_registered_by_its_roles_only(desk: PureDesk, office: Office) -> None:
    await refused(desk, a_report(somebody("CLERK")), "wrong-role")
    await office.withdraw()
    await refused(desk, a_report(somebody("NOTICE_OFFICER")), "case-ended")


async def test_a_notice_posted_before_an_unpublished_year_gets_its_window_when_it_is_loaded(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.inspected()
    await office.opinion()
    await office.approved()
    desk.now = local("2026-12-30 10:00")
    await office.act("post-notice", "POSTED")
    assert desk.current.window is None
    await refused(desk, a_report(somebody("NOTICE_OFFICER")), "report-outside-notice")
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await desk.send(asks(LoadCaseCalendar, somebody("POLICY_ADMIN"), year=year))
    assert desk.current.window == (local("2026-12-31 00:00"), local("2027-01-07 00:00"))
