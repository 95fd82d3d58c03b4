"""R11 as the removal sees it: two terms of the member, and a removal that is revoked."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import ReportConflict
from contracts.commands.removal import ReviewDecided
from contracts.commands.review import OpenReview
from contracts.events.removal import MemberRestored, ReviewAsked
from contracts.events.task import TaskCancelled
from contracts.names import review_id
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, removal_opening, somebody
from tests.commission import APPLICATION, Commission, started, told
from tests.desks import PureDesk, RefusedError
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER


def outcome(state: CaseState, instance: int = 1) -> ReviewDecided:
    return asks(
        ReviewDecided,
        somebody("CLERK"),
        "r1",
        review=review_id("r1", instance),
        instance=instance,
        outcome=state,
        signers=(f"p-reviewer-{instance}",),
    )


async def served(commission: Commission) -> None:
    await commission.removed()
    await commission.act("serve", "SERVED")


async def test_the_member_has_a_month_from_service_counted_by_date(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await served(commission)
    assert (await commission.task("apply-review")).due == local("2026-04-03 00:00"), "to 24:00 of 2 April"
    with pytest.raises(RefusedError, match="wrong-role"):
        await commission.act("apply-review", "APPLIED", form=APPLICATION, actor=somebody("MEMBER", "p-other"))
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await removal.until(local("2026-04-02 23:59"))
    assert removal.current.open_tasks("file") == [], "the file stays open while the term runs"
    await removal.until(local("2026-04-03 00:00"))
    assert [e.cause for e in removal.of(TaskCancelled)] == [Cause.NOT_APPLIED]
    assert removal.current.open_tasks("file") != []


async def test_the_last_instant_of_the_month_and_the_first_after_it(policy: Policy) -> None:
    for until, taken in (("2026-04-02 23:59", True), ("2026-04-03 00:00", False)):
        desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
        desk.open(removal_opening())
        commission = Commission(desk)
        await served(commission)
        term = await commission.task("apply-review")
        await desk.until(local(until))
        if taken:
            await commission.answer(term, "APPLIED", form=APPLICATION)
        else:
            with pytest.raises(RefusedError, match="case-ended"):
                await commission.answer(term, "APPLIED", form=APPLICATION)
        assert len(desk.of(ReviewAsked)) == taken


async def test_a_month_that_is_shorter_ends_with_its_last_day(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-01-30 10:00"))
    desk.open(removal_opening())
    commission = Commission(desk)
    await commission.removed()
    await desk.until(local("2026-01-31 10:00"))
    await commission.act("serve", "SERVED")
    assert (await commission.task("apply-review")).due == local("2026-03-01 00:00"), "28 February is worked"


async def test_an_application_opens_a_review_that_bars_everybody_who_signed_on_the_way_to_the_decision(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await served(commission)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    (opening,) = started(removal.current.owed)
    assert isinstance(opening, OpenReview)
    assert (opening.parent, opening.instance, opening.target) == ("r1", 1, review_id("r1", 1))
    assert opening.attacked.objection.grounds == APPLICATION["grounds"]
    acted = {task.signer for task in removal.current.acted()} - {"p-member", "p-clerk-1"}
    assert set(opening.barred) == acted | {"p-registrar"}, "whoever served the letters decided nothing"
    assert removal.current.state is CaseState.REMOVED, "the decision is carried out meanwhile"


async def test_whoever_is_kept_from_the_removal_is_kept_from_its_review(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    """Kin of the member who never acted, because they stepped back or were reported in time, review nothing either."""
    kin = asks(ReportConflict, somebody("CLERK"), "r1", person_id="p-cousin", ground="kin", reason="a cousin")
    await removal.send(kin)
    await commission.act("recusal", "RECUSED")
    await served(commission)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    (opening,) = started(removal.current.owed)
    assert isinstance(opening, OpenReview)
    assert "p-cousin" in opening.barred


async def test_grounds_are_asked(removal: PureDesk[Removal], commission: Commission) -> None:
    await served(commission)
    for nothing in ({}, {"grounds": ""}, {"grounds": " \n"}, {"grounds": "so", "documents": ["x"]}):
        with pytest.raises(RefusedError, match="form-invalid"):
            await commission.act("apply-review", "APPLIED", form=nothing)


async def test_a_review_that_revokes_restores_the_member(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    commission = Commission(desk)
    await served(commission)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await desk.until(local("2026-03-20 10:00"))
    await desk.send(outcome(CaseState.REVOKED))
    assert [(str(e.since), e.cause) for e in desk.of(MemberRestored)] == [("2026-03-20", Cause.REVOKED)]
    assert desk.current.sits
    assert [one.act for one in told(desk.current.owed)] == ["seat-ended", "seat-restored"]
    await commission.act("clear-name", "RESTORED")
    await commission.act("file", "FILED")


async def test_a_vacancy_that_nobody_noted_yet_is_none_any_more(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await served(commission)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await removal.send(outcome(CaseState.REVOKED))
    assert removal.current.open_tasks("note-vacancy") == []


@pytest.mark.parametrize("first", [CaseState.UPHELD, CaseState.CHANGED])
async def test_after_the_first_review_the_level_above_may_be_asked_and_then_nobody(
    removal: PureDesk[Removal], commission: Commission, first: CaseState
) -> None:
    await served(commission)
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await removal.send(outcome(first))
    await commission.act("apply-second-review", "APPLIED", form=APPLICATION)
    *_, second = started(removal.current.owed)
    assert second.instance == 2
    assert "p-reviewer-1" in second.barred, "whoever signed the first takes no part in the second"
    await removal.send(outcome(CaseState.UPHELD, 2))
    assert [t.kind for t in removal.current.open_tasks()] == ["file"]
    assert [e.instance for e in removal.of(ReviewAsked)] == [1, 2]


async def test_a_review_that_is_not_under_way_changes_nothing(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await served(commission)
    await refused(removal, outcome(CaseState.REVOKED), "outcome-not-allowed")


async def test_no_review_of_a_seat_that_was_kept_or_given_up(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned()
    await commission.votes("KEPT", (131, 131, 65))
    await commission.act("serve", "SERVED")
    assert [t.kind for t in removal.current.open_tasks()] == ["file"]
