"""A removal over the pure rules, from lead to file (domain §8.4, R01 to R09)."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import Withdraw
from contracts.commands.removal import LiftSuspension, Suspend
from contracts.events.case import CaseEnded
from contracts.events.removal import DutySuspended, LeadVerified, RemovalOpened, SuspensionLifted
from contracts.events.review import OpinionGiven, VotesCounted
from contracts.events.task import TaskCancelled, TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import LEAD, asks, local, removal_opening, somebody
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from tests.office import MINUTES, Commission
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")


def suspend(cause: Cause = Cause.DETAINED) -> Suspend:
    return asks(Suspend, CHAIR, "r1", cause=cause, minutes_digest="a" * 64)


def lift() -> LiftSuspension:
    return asks(LiftSuspension, CHAIR, "r1", minutes_digest="b" * 64)


async def test_a_member_is_removed_by_more_than_half_of_all_members(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned()
    assert removal.current.stage is Stage.VOTE
    with pytest.raises(RefusedError, match="count-disagrees"):
        await commission.act("vote", "REMOVED", form={"members": 131, "present": 100, "votes_for": 65})
    await commission.act("vote", "REMOVED", form={"members": 131, "present": 100, "votes_for": 66})
    assert removal.current.state is CaseState.REMOVED
    (counted,) = removal.of(VotesCounted)
    assert (counted.quorum, counted.pass_mark) == (88, 66)
    await commission.closed()
    assert DECIDER.closed(removal.current) == "REMOVED"


async def test_the_lead_is_sealed_and_what_people_see_covers_it_and_its_source(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    (opened,) = removal.of(RemovalOpened)
    assert LEAD.text not in str(opened.plain())
    assert (await commission.task("lead")).content_digest == opened.content_digest
    other = PureDesk(DECIDER, removal.policy, removal.now)
    opening = removal_opening()
    other.open(opening.model_copy(update={"source": "absence"}))
    assert other.current.content_digest != opened.content_digest


@pytest.mark.parametrize(
    ("votes", "outcome", "state"),
    [((131, 88, 65), "KEPT", CaseState.KEPT), ((131, 87, 87), "NOT_HELD", CaseState.VOTING)],
)
async def test_a_vote_that_does_not_carry_keeps_the_member_or_waits_for_the_next_meeting(
    removal: PureDesk[Removal],
    commission: Commission,
    votes: tuple[int, int, int],
    outcome: str,
    state: CaseState,
) -> None:
    await commission.planned()
    figures: dict[str, object] = dict(zip(("members", "present", "votes_for"), votes, strict=True))
    await commission.act("vote", outcome, form=figures)
    assert removal.current.state is state
    assert len(removal.current.open_tasks("vote")) == (outcome == "NOT_HELD")


async def test_a_duplicate_lead_is_merged(removal: PureDesk[Removal], commission: Commission) -> None:
    await commission.act("lead", "DUPLICATE")
    assert removal.current.state is CaseState.MERGED


async def test_a_first_look_takes_two_people_and_may_find_no_case(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE", actor=somebody("EVALUATOR", "p-one"))
    again = await completing(commission, "first-look-sign", somebody("EVALUATOR", "p-one"))
    await refused(removal, again, "same-person")
    await commission.act("first-look-sign", "CONFIRM")
    assert removal.current.state is CaseState.NO_CASE
    assert [e.cause for e in removal.of(CaseEnded)] == [Cause.FIRST_LOOK]


async def test_only_the_member_makes_the_statement(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    for wrong in (somebody("MEMBER"), somebody("EVALUATOR", "p-member")):
        await refused(removal, await completing(commission, "statement", wrong), "wrong-role")


async def test_a_hearing_that_is_asked_for_is_held_before_anything_is_verified(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    await commission.act("statement", "HEARING_ASKED")
    assert [t.kind for t in removal.current.open_tasks()] == ["hearing"]
    await commission.act("hearing", "HEARD")
    assert len(removal.current.open_tasks("verify")) == 2


async def test_silence_is_no_admission_and_the_lead_is_verified_as_it_stands(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    assert (await commission.task("statement")).due == midnight_after(3, 9)
    await removal.until(local("2026-03-09 23:59"))
    assert removal.current.stage is Stage.STATEMENT
    await removal.until(local("2026-03-10 00:00"))
    assert removal.current.stage is Stage.VERIFICATION
    assert [e.cause for e in removal.of(TaskCancelled)] == [Cause.NOT_STATED]


@pytest.mark.parametrize("person", ["p-sent-back", "p-looked", "p-signed"])
async def test_whoever_took_part_in_the_first_look_never_verifies(
    removal: PureDesk[Removal], commission: Commission, person: str
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE", actor=somebody("EVALUATOR", "p-sent-back"))
    await commission.act("first-look-sign", "SEND_BACK", actor=somebody("EVALUATOR", "p-signed"))
    await commission.act("first-look", "CASE", actor=somebody("EVALUATOR", "p-looked"))
    await commission.act("first-look-sign", "CONFIRM", actor=somebody("EVALUATOR", "p-signed"))
    await commission.act("statement", "STATED", form={"text": "not so"})
    task = await commission.task("verify", signature=1)
    with pytest.raises(RefusedError, match="same-person"):
        await commission.act(
            "verify", "PROVEN", signature=task.signature, actor=somebody("INSPECTOR", person)
        )


async def test_verifying_takes_two_people_and_may_be_extended_once(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    one = somebody("INSPECTOR", "p-one")
    await commission.act("verify", "EXTENDED", signature=1, actor=one)
    (moved,) = removal.of(TaskExtended)
    assert moved.before is not None
    assert moved.due is not None
    assert moved.due > moved.before
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await commission.act("verify", "EXTENDED", signature=1, actor=one)
    await commission.act("verify", "PROVEN", signature=1, actor=one)
    with pytest.raises(RefusedError, match="same-person"):
        await commission.act("verify", "PROVEN", signature=2, actor=one)


@pytest.mark.parametrize(
    ("findings", "holds", "state"),
    [
        (("PROVEN", "UNPROVEN"), "UNPROVEN", CaseState.NO_CASE),
        (("PROVEN", "PARTLY"), "PARTLY", CaseState.VERIFYING),
        (("PROVEN", "PROVEN"), "PROVEN", CaseState.VERIFYING),
    ],
)
async def test_of_two_findings_the_milder_holds(
    removal: PureDesk[Removal],
    commission: Commission,
    findings: tuple[str, str],
    holds: str,
    state: CaseState,
) -> None:
    await commission.heard()
    await commission.verified(*findings)
    assert [e.finding for e in removal.of(LeadVerified)] == [holds]
    assert removal.current.finding == holds
    assert removal.current.state is state


@pytest.mark.parametrize("opinion", ["NO_OBJECTION", "REMINDER", "NEGATIVE"])
async def test_the_plan_follows_whatever_the_opinion_says_and_stopping_it_keeps_the_member(
    removal: PureDesk[Removal], commission: Commission, opinion: str
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion(opinion, opinion)
    assert removal.current.opinion == opinion
    assert removal.current.stage is Stage.PLAN
    await commission.act("plan", "STOPPED", form=MINUTES)
    assert removal.current.state is CaseState.KEPT


async def test_a_deferred_opinion_holds_the_removal_and_is_given_again(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion("NO_OBJECTION", "DEFER")
    assert [e.opinion for e in removal.of(OpinionGiven)] == ["DEFER"]
    assert removal.current.state is CaseState.HELD
    await commission.resumed()
    await commission.opinion()
    assert removal.current.stage is Stage.PLAN


async def test_a_resignation_ends_it_and_a_refusal_leads_to_the_statement(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "RESIGNATION_PATH")
    await commission.act("first-look-sign", "CONFIRM")
    assert removal.current.state is CaseState.PERSUADING
    twin = PureDesk(DECIDER, removal.policy, removal.now)
    twin.current = removal.current
    await commission.act("persuade", "RESIGNED")
    assert removal.current.state is CaseState.RESIGNED
    await Commission(twin).act("persuade", "REFUSED")
    assert twin.current.stage is Stage.STATEMENT


async def test_nobody_resigns_out_of_an_investigation(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "RESIGNATION_PATH")
    await commission.act("first-look-sign", "CONFIRM")
    await removal.send(suspend(Cause.UNDER_INVESTIGATION))
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await commission.act("persuade", "RESIGNED")
    await removal.send(lift())
    await commission.act("persuade", "RESIGNED")
    assert removal.current.state is CaseState.RESIGNED


async def test_the_chair_meeting_suspends_at_any_time_and_lifts_when_the_cause_has_ended(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    for act in (Suspend, LiftSuspension):
        fields = {"cause": Cause.DETAINED} if act is Suspend else {}
        wrong = asks(act, somebody("EVALUATOR"), "r1", minutes_digest="a" * 64, **fields)
        await refused(removal, wrong, "wrong-role")
    before = removal.current
    await removal.send(lift())
    assert removal.current == before, "what is not suspended cannot be lifted"
    await removal.send(suspend(Cause.CHAIR_DECISION))
    await removal.send(suspend(Cause.CHAIR_DECISION))
    assert len(removal.of(DutySuspended)) == 1
    await removal.send(suspend(Cause.DETAINED))
    assert removal.current.suspended is Cause.DETAINED, "a further cause is recorded as well"
    await removal.send(lift())
    assert (removal.current.suspended, len(removal.of(SuspensionLifted))) == (None, 1)
    await commission.act("lead", "DUPLICATE")
    await refused(removal, suspend(), "case-ended")


async def test_an_act_of_another_kind_of_case_is_unknown_to_a_removal(removal: PureDesk[Removal]) -> None:
    withdrawal = asks(Withdraw, somebody("MEMBER", "p-member"), "r1", reason="r")
    await refused(removal, withdrawal, "unknown-act")


async def test_a_calendar_year_reaches_a_removal_as_any_case(removal: PureDesk[Removal]) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await removal.send(asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), "r1", year=year))
    assert removal.current.years == (year,)
