"""R03: a suspension rests on causes, is proposed by itself on detention, and ends when its causes end."""

import pytest

from contracts.causes import Cause
from contracts.commands.removal import LiftSuspension, ReportInvestigation, ReportRelease, Suspend
from contracts.events.removal import (
    DutySuspended,
    InvestigationEnded,
    InvestigationReported,
    SuspensionLifted,
)
from contracts.events.task import TaskCancelled
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, removal_opening, somebody
from tests.commission import Commission, told
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
PAPER = {"document_digest": "d" * 64}


def suspend(cause: Cause = Cause.DETAINED) -> Suspend:
    return asks(Suspend, CHAIR, "r1", cause=cause, minutes_digest="a" * 64)


def lift(cause: Cause = Cause.DETAINED) -> LiftSuspension:
    return asks(LiftSuspension, CHAIR, "r1", cause=cause, minutes_digest="b" * 64)


def reported(cause: Cause = Cause.DETAINED) -> ReportInvestigation:
    return asks(ReportInvestigation, somebody("EVALUATOR"), "r1", cause=cause, **PAPER)


def over(cause: Cause = Cause.DETAINED) -> ReportRelease:
    return asks(ReportRelease, somebody("EVALUATOR"), "r1", cause=cause, **PAPER)


async def test_the_chair_meeting_suspends_at_any_time_and_lifts_when_the_cause_has_ended(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    for act in (Suspend, LiftSuspension):
        wrong = asks(act, somebody("EVALUATOR"), "r1", cause=Cause.DETAINED, minutes_digest="a" * 64)
        await refused(removal, wrong, "wrong-role")
    before = removal.current
    await removal.send(lift())
    assert removal.current == before, "what is not suspended cannot be lifted"
    await removal.send(suspend(Cause.CHAIR_DECISION))
    await removal.send(suspend(Cause.CHAIR_DECISION))
    assert len(removal.of(DutySuspended)) == 1
    await removal.send(suspend(Cause.DETAINED))
    assert removal.current.suspended == (Cause.CHAIR_DECISION, Cause.DETAINED)
    await removal.send(lift())
    assert removal.current.suspended == (Cause.CHAIR_DECISION,), "each cause ends by itself"
    assert [e.left for e in removal.of(SuspensionLifted)] == [(Cause.CHAIR_DECISION,)]
    await commission.looked("NO_CASE")
    await refused(removal, suspend(), "case-ended")


async def test_detention_proposes_a_suspension_by_itself_and_the_chair_meeting_decides(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await removal.send(reported())
    await removal.send(reported())
    assert len(removal.of(InvestigationReported)) == 1, "a state that is known proposes nothing more"
    assert removal.current.suspended == ()
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    assert [e.cause for e in removal.of(DutySuspended)] == [Cause.DETAINED]
    assert removal.current.open_tasks("lead"), "the case goes on beside it"


async def test_a_lead_that_tells_of_a_detention_proposes_at_once(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(investigation=Cause.UNDER_INVESTIGATION))
    await Commission(desk).act("suspend-duty", "NOT_SUSPENDED", form=MINUTES)
    assert desk.current.suspended == ()
    assert desk.current.investigated == (Cause.UNDER_INVESTIGATION,)


async def test_with_its_cause_the_suspension_ends_and_so_does_a_proposal(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await removal.send(reported())
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await removal.send(reported(Cause.UNDER_INVESTIGATION))
    await removal.send(over())
    assert removal.current.suspended == ()
    assert len(removal.current.open_tasks("suspend-duty")) == 1, "the other proposal is not concerned"
    await removal.send(over(Cause.UNDER_INVESTIGATION))
    assert [e.cause for e in removal.of(TaskCancelled)] == [Cause.CAUSE_ENDED]
    assert removal.current.open_tasks("suspend-duty") == []
    assert len(removal.of(InvestigationEnded)) == 2


async def test_whoever_keeps_the_seat_is_not_left_suspended_by_a_case_that_is_over(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await removal.send(suspend(Cause.CHAIR_DECISION))
    await removal.send(suspend(Cause.DETAINED))
    await commission.looked("NO_CASE")
    assert removal.current.suspended == (Cause.DETAINED,), "a detention lasts, whatever becomes of the lead"
    await commission.act("serve", "SERVED")
    with pytest.raises(RefusedError, match="still suspended"):
        await commission.act("file", "FILED")
    await removal.send(over())
    await commission.act("file", "FILED")
    removal.carry_all()
    assert DECIDER.closed(removal.current) == CaseState.NO_CASE


async def test_the_case_that_follows_the_seat_is_told_when_duties_rest_and_when_no_more(
    policy: Policy,
) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    for word in (suspend(), suspend(Cause.CHAIR_DECISION), lift(), lift(Cause.CHAIR_DECISION)):
        await desk.send(word)
    rests = [one for one in told(desk.current.owed) if one.act.startswith("seat-")]
    assert [(one.act, one.removal) for one in rests] == [
        ("seat-suspended", "r1"),
        ("seat-suspended", "r1"),
        ("seat-lifted", "r1"),
    ]
