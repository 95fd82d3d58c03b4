"""Cases that follow from the rules of seats and removals and stand in no table (domain §8.4)."""

from datetime import date
from typing import Any

import pytest

from contracts.causes import Cause
from contracts.commands.case import ReportFact
from contracts.commands.removal import ReportInvestigation, ReportRelease, Suspend
from contracts.commands.tenure import LinkedSeatLost, SeatEnded, SeatKept
from contracts.events.removal import DutySuspended, MemberRestored, SuspensionLifted
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.asking import LEAD, local, removal_opening, somebody
from tests.commission import APPLICATION, RESIGNED, Commission, started, told
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from tests.prizes import words_for
from tests.tenures import OFFICE, SeatOffice, fact, raised, seat, year
from tests.unit.rules.test_removal_reviews import outcome
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

CHAIR = somebody("LEADER_IN_CHARGE", "p-leader")
PAPER = {"document_digest": "d" * 64}


async def test_a_department_that_is_no_key_source_is_closed_in_writing_and_the_member_is_scored() -> None:
    desk = seat(calendar_years=(year(2027),))
    office = SeatOffice(desk)
    await desk.until(local("2027-03-02 00:00"))
    await office.replies("market")
    await desk.until(local("2027-03-23 10:00"))
    await office.act("re-conference", "CLOSED_NO_REPLY", form=MINUTES)
    assert desk.current.open_tasks("re-reply") == []
    await office.scored()
    assert desk.current.stage is Stage.IN_OFFICE
    assert raised(desk) == [], "silence is held against nobody"


async def test_the_same_lead_is_not_raised_twice_by_two_levels_that_lost_the_same_seat() -> None:
    held = seat()
    office = SeatOffice(held)
    said: dict[str, Any] = {"person_id": "p-member", "lead": LEAD}
    for removal in ("r-city", "r-province"):
        await office.asks(LinkedSeatLost, OFFICE, removal=removal, **said)
    first, second = raised(held)
    assert (first.open_removal, second.open_removal) == (None, first.target), "the second is its duplicate"
    await office.asks(SeatKept, OFFICE, removal=second.target)
    await office.asks(SeatEnded, OFFICE, removal=first.target, reason="REMOVED", since=date(2026, 3, 2))
    assert held.current.state is CaseState.VACANT


async def test_an_urgent_removal_of_a_detained_member_that_is_not_ratified_leaves_the_detention_alone(
    policy: Policy,
) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission = Commission(desk)
    await commission.asks(ReportInvestigation, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await commission.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    assert [one.act for one in told(desk.current.owed)] == [
        "report-investigation",
        "seat-suspended",
        "seat-suspended",
        "report-release",
    ], "released, the member still waits for the plenary"
    await commission.votes("NOT_RATIFIED", (131, 131, 65), "ratify")
    assert [one.act for one in told(desk.current.owed)][-1] == "seat-kept"
    assert desk.current.suspended == ()
    assert len(desk.of(SuspensionLifted)) == len(desk.of(DutySuspended)) == 1


async def test_a_removal_at_the_other_level_that_is_not_ratified_restores_there_and_changes_nothing_here(
    policy: Policy,
) -> None:
    there: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    there.open(removal_opening(source="linked-seat", parent="r-city", district="d02"))
    commission = Commission(there)
    await commission.planned("URGENT")
    await commission.decides("DECIDED", "standing-committee")
    await commission.votes("NOT_RATIFIED", (45, 45, 22), "ratify")
    assert there.current.state is CaseState.NOT_RATIFIED
    assert [e.cause for e in there.of(MemberRestored)] == [Cause.NOT_RATIFIED]
    assert (started(there.current.owed), told(there.current.owed)) == ([], [])


@pytest.mark.parametrize("ratified", [True, False])
async def test_a_chair_meeting_that_suspended_before_an_urgent_decision_suspends_once(
    removal: PureDesk[Removal], commission: Commission, ratified: bool
) -> None:
    await commission.asks(Suspend, CHAIR, cause=Cause.CHAIR_DECISION, minutes_digest="e" * 64)
    await commission.planned("URGENT")
    await commission.decides("SUSPENDED")
    assert len(removal.of(DutySuspended)) == 1, "suspended already"
    await commission.votes("REMOVED" if ratified else "KEPT", (131, 131, 131 if ratified else 65))
    assert removal.current.sits is not ratified
    assert removal.current.suspended == ((Cause.CHAIR_DECISION,) if ratified else ())


async def test_whoever_was_never_heard_because_the_term_ran_out_may_still_resign_and_be_voted_on(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked()
    await removal.until(local("2026-03-13 00:00"))
    assert removal.current.stage is Stage.VERIFICATION
    with pytest.raises(RefusedError, match="task-closed"):
        await commission.answer(
            next(task for task in removal.current.tasks.values() if task.kind == "statement"),
            "STATED",
            form={"text": "too late"},
        )
    await commission.verified("PARTLY", "PROVEN")
    await commission.opinion()
    await commission.plan()
    await commission.votes("REMOVED")
    assert removal.current.finding == "PARTLY"
    assert removal.current.state is CaseState.REMOVED


async def test_an_investigation_that_a_duplicate_lead_tells_of_is_known_where_the_seat_is_decided_on(
    policy: Policy,
) -> None:
    """Owed tax opened a removal; while it runs the police report an investigation (R03, R07)."""
    office = SeatOffice(held := seat())
    for item in ("NL-D01", "NL-C03"):
        await office.asks(ReportFact, somebody("DISC_OFFICER", "p-disc"), fact=fact(item), source="police")
    first, second = (PureDesk(DECIDER, policy, local("2026-03-02 10:00")) for _ in range(2))
    for desk, opening in zip((first, second), raised(held), strict=True):
        desk.open(opening)
    await Commission(second).act("lead", "DUPLICATE", form={"of": first.case_id})
    assert not second.current.open_tasks("suspend-duty")
    for _, word in words_for(second, "removal"):
        await first.send(word)
    assert first.current.investigated == (Cause.UNDER_INVESTIGATION,)
    await Commission(first).act("suspend-duty", "SUSPENDED", form=MINUTES)
    await Commission(first).looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await Commission(first).act("persuade", "RESIGNED", form=RESIGNED)


async def test_a_detention_outlasts_the_removal_that_keeps_the_member_and_the_seat_knows_it(
    policy: Policy,
) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission, held = Commission(desk), seat()
    await commission.asks(ReportInvestigation, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await commission.votes("NOT_RATIFIED", (131, 131, 65), "ratify")
    words = words_for(desk, "tenure")
    for _, word in words:
        await held.send(word)
    assert (held.current.suspended, held.current.removals) == ({"r1": Cause.DETAINED}, ())
    await commission.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    for _, word in words_for(desk, "tenure")[len(words) :]:
        await held.send(word)
    assert (held.current.suspended, held.current.investigated) == ({}, {})


async def test_a_member_who_is_restored_while_detained_is_suspended_still(policy: Policy) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission, held = Commission(desk), seat()
    await commission.asks(ReportInvestigation, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await commission.removed()
    await commission.act("serve", "SERVED")
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await desk.send(outcome(CaseState.REVOKED))
    for word in told(desk.current.owed):
        if word.act.startswith("seat-"):
            await held.send(word)
    assert held.current.state is CaseState.IN_OFFICE
    assert (held.current.suspended, held.current.removals) == ({"r1": Cause.DETAINED}, ())
