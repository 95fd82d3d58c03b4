"""ST09 to ST12: proposal, decision, notice, reports."""

import pytest

from contracts.commands.case import (
    LoadCaseCalendar,
)
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import DECIDED, Office, finding


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
    await office.act("decide", "DEFERRED", form=DECIDED)
    assert desk.current.state is CaseState.HELD
    await office.resumed()
    await office.act("decide", "REJECTED", form=DECIDED)
    assert desk.current.state is CaseState.REJECTED


async def test_the_notice_cannot_be_closed_before_its_window_ends(desk: PureDesk, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(local("2026-03-09 23:59"))
    assert not desk.current.open_tasks("close-notice")
    await desk.until(local("2026-03-10 00:00"))
    assert desk.current.open_tasks("close-notice")


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
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await desk.send(asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=year))
    assert desk.current.window == (local("2026-12-31 00:00"), local("2027-01-07 00:00"))


async def test_the_states_are_read_again_before_a_decision_lets_the_case_go_on(
    desk: PureDesk, office: Office
) -> None:
    await to_decision(office)
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("decide", "APPROVED", form=DECIDED)
    await office.act("reread-decision", "NEW_HIT", form=finding("NL-D01"))
    with pytest.raises(RefusedError, match="hit-open"):
        await office.act("decide", "APPROVED", form=DECIDED)
    await cleared(office)
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("decide", "APPROVED", form=DECIDED)
    await office.reread("decision")
    await office.act("decide", "APPROVED", form=DECIDED)
    assert desk.current.stage is Stage.NOTICE


async def test_a_deferred_decision_asks_for_another_reading(desk: PureDesk, office: Office) -> None:
    await to_decision(office)
    await office.reread("decision")
    await office.act("decide", "DEFERRED", form=DECIDED)
    await desk.until(local("2026-03-05 10:00"))
    await office.resumed()
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("decide", "APPROVED", form=DECIDED)


async def test_the_states_are_read_again_at_the_close_of_the_notice(desk: PureDesk, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    assert not desk.current.open_tasks("reread-notice")
    await desk.until(desk.current.window[1])
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("close-notice", "NO_REPORT")
    await office.act("reread-notice", "NEW_HIT", form=finding("NL-D01"))
    with pytest.raises(RefusedError, match="hit-open"):
        await office.act("close-notice", "NO_REPORT")
    await cleared(office)
    await office.reread("notice")
    await office.act("close-notice", "NO_REPORT")
    assert desk.current.state is CaseState.READY


async def test_nothing_goes_on_while_a_hit_is_open_and_a_refusal_may_always_be_said(
    desk: PureDesk, office: Office
) -> None:
    await to_decision(office)
    await office.act("reread-decision", "NEW_HIT", form=finding("NL-D01"))
    await office.act("decide", "REJECTED", form=DECIDED)
    assert desk.current.state is CaseState.REJECTED


async def cleared(office: Office) -> None:
    """The one open hit is cleared by two people."""
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")


@pytest.mark.parametrize(
    "wrong",
    [{"meeting_on": "2026-03-03"}, {"whole_list": False}, {"recusals": None}, {"recusals": [{"name": "某"}]}],
)
async def test_the_whole_list_is_decided_in_a_meeting_that_was_held(
    desk: PureDesk, office: Office, wrong: dict[str, object]
) -> None:
    await to_decision(office)
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("decide", "REJECTED", form={**DECIDED, **wrong})
    await office.act("decide", "REJECTED", form={**DECIDED, "recusals": [{"name": "某", "ground": "亲属"}]})
    assert desk.current.state is CaseState.REJECTED
