"""R08 and R09: two bodies propose, the committee decides, the plenary votes; or ratifies what was decided before it."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import ReportConflict
from contracts.events.removal import DutySuspended, MemberRestored, UrgentlyDecided
from contracts.events.review import VotesCounted
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat, Stage
from tests.asking import local, removal_opening, somebody
from tests.commission import Commission, plenary, told
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER


@pytest.mark.parametrize("opinion", ["NO_OBJECTION", "REMINDER", "NEGATIVE"])
async def test_the_plan_follows_whatever_the_opinion_says_and_stopping_it_keeps_the_member(
    removal: PureDesk[Removal], commission: Commission, opinion: str
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion(opinion, opinion)
    assert removal.current.opinion == opinion
    assert removal.current.stage is Stage.PLAN
    await commission.plan("STOPPED")
    assert removal.current.state is CaseState.KEPT


async def test_two_bodies_propose_and_the_committee_decides_whatever_they_say_within_ten_days(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion()
    due = (await commission.task("plan-department")).due
    await commission.act("plan-department", "REJECT", form=MINUTES)
    assert removal.current.open_tasks("plan") == [], "the other body has not spoken"
    await commission.act("plan-party-group", "PROPOSE", form=MINUTES)
    decision = await commission.task("plan")
    assert decision.due == due, "the ten days are for all of them"
    assert decision.content_digest not in {t.answer_digest for t in removal.current.acted()}
    await commission.act("plan", "APPROVED", form=MINUTES)
    assert removal.current.state is CaseState.VOTING


@pytest.mark.parametrize(
    ("votes", "outcome", "quorum", "pass_mark"),
    [
        ((131, 88, 66), "REMOVED", 88, 66),
        ((131, 88, 65), "KEPT", 88, 66),
        ((131, 87, 87), "NOT_HELD", 88, 66),
        ((120, 80, 61), "REMOVED", 80, 61),
        ((120, 80, 60), "KEPT", 80, 61),
        ((120, 79, 79), "NOT_HELD", 80, 61),
    ],
)
async def test_quorum_is_two_thirds_and_more_than_half_of_all_members_remove(
    removal: PureDesk[Removal],
    commission: Commission,
    votes: tuple[int, int, int],
    outcome: str,
    quorum: int,
    pass_mark: int,
) -> None:
    await commission.planned()
    for wrong in {"REMOVED", "KEPT", "NOT_HELD"} - {outcome}:
        with pytest.raises(RefusedError, match="count-disagrees"):
            await commission.votes(wrong, votes)
    await commission.votes(outcome, votes)
    (counted,) = removal.of(VotesCounted)
    assert (counted.quorum, counted.pass_mark) == (quorum, pass_mark)
    if outcome == "NOT_HELD":
        assert removal.current.state is CaseState.VOTING
        await commission.votes("REMOVED", (131, 131, 131))
        assert removal.current.state is CaseState.REMOVED
    else:
        assert removal.current.state is CaseState(outcome)


@pytest.mark.parametrize(
    ("seat", "bodies"),
    [(Seat.STANDING, {"executive-committee"}), (Seat.EXECUTIVE, {"executive-committee", "congress"})],
)
async def test_a_meeting_that_elects_the_seat_votes_on_it_and_no_other(
    policy: Policy, seat: Seat, bodies: set[str]
) -> None:
    for body in ("congress", "executive-committee", "standing-committee", "chairpersons"):
        desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
        desk.open(removal_opening(seat=seat))
        commission = Commission(desk)
        await commission.planned()
        if body in bodies:
            await commission.votes("REMOVED", body=body)
        else:
            with pytest.raises(RefusedError, match="form-invalid"):
                await commission.votes("REMOVED", body=body)


@pytest.mark.parametrize(
    "changes",
    [{"secret": False}, {"held_on": "2026-01-04"}, {"held_on": "2026-03-03"}, {"minutes_digest": "x"}],
)
async def test_a_vote_is_secret_of_the_day_of_its_meeting_and_minuted(
    removal: PureDesk[Removal], commission: Commission, changes: dict[str, object]
) -> None:
    await commission.planned()
    task = await commission.task("vote")
    with pytest.raises(RefusedError, match="form-invalid"):
        await commission.act("vote", "REMOVED", form=plenary(task, **changes))


async def test_a_policy_that_names_no_meeting_lets_nobody_decide(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    removal.policy = removal.policy.model_copy(
        update={"meetings": removal.policy.meetings.model_copy(update={"deciding": {}, "urgent": ()})}
    )
    await commission.planned("URGENT")
    with pytest.raises(RefusedError, match="no meeting decides"):
        await commission.decides("DECIDED")


async def test_between_plenaries_a_smaller_body_decides_within_five_days_and_the_next_ratifies(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    urgent = await commission.task("urgent-decision")
    assert urgent.due == local("2026-03-10 00:00"), "five working days, to 24:00 of Monday"
    with pytest.raises(RefusedError, match="form-invalid"):
        await commission.decides("DECIDED", "executive-committee")
    await commission.decides("DECIDED", "standing-committee")
    assert removal.current.state is CaseState.RATIFYING
    assert [(e.body, e.outcome) for e in removal.of(UrgentlyDecided)] == [("standing-committee", "DECIDED")]
    await commission.votes("NOT_HELD", (131, 87, 87), "ratify")
    assert removal.current.state is CaseState.RATIFYING, "a plenary that was none is asked again"
    await commission.votes("RATIFIED", task="ratify")
    assert removal.current.state is CaseState.REMOVED


async def test_what_the_plenary_does_not_ratify_is_undone_from_its_day_on(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await removal.until(local("2026-04-20 15:00"))
    await commission.votes("NOT_RATIFIED", (131, 131, 65), "ratify", held_on="2026-04-17")
    assert removal.current.state is CaseState.NOT_RATIFIED
    assert [(str(e.since), e.cause) for e in removal.of(MemberRestored)] == [
        ("2026-04-17", Cause.NOT_RATIFIED)
    ]
    assert removal.current.sits
    await commission.closed()
    removal.carry_all()
    assert DECIDER.closed(removal.current) == "NOT_RATIFIED"


async def test_until_the_plenary_has_voted_the_duties_rest_and_the_seat_s_case_knows(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission = Commission(desk)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await commission.votes("NOT_RATIFIED", (131, 131, 65), "ratify")
    assert [one.act for one in told(desk.current.owed)] == ["seat-suspended", "seat-kept"]


async def test_an_urgent_decision_of_somebody_with_a_conflict_leaves_no_duties_at_rest(
    policy: Policy,
) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission = Commission(desk)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    (noted,) = desk.current.acted("urgent-decision")
    said = {"person_id": noted.signer, "ground": "kin", "reason": "found in the register"}
    await commission.asks(ReportConflict, commission.actor("CLERK"), **said)
    task = await commission.task("recusal")
    await commission.act("recusal", "RECUSED", actor=somebody(task.role, "p-above"))
    assert desk.current.state is CaseState.VOTING, "no decision stands over the vote any more"
    assert [one.act for one in told(desk.current.owed)] == [
        "seat-suspended",
        "report-conflict",
        "seat-lifted",
    ]


async def test_a_smaller_body_may_only_suspend_and_leave_the_rest_to_the_plenary(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await commission.decides("SUSPENDED")
    assert [e.cause for e in removal.of(DutySuspended)] == [Cause.CHAIR_DECISION]
    assert removal.current.state is CaseState.VOTING
    await commission.votes("KEPT", (131, 131, 65))
    assert (removal.current.state, removal.current.suspended) == (CaseState.KEPT, ())


async def test_what_is_left_to_the_plenary_is_voted_on_there(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await commission.decides("LEFT_TO_PLENARY")
    await commission.votes("REMOVED")
    assert removal.current.state is CaseState.REMOVED
