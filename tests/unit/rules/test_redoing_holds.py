"""What is asked again after a later conflict: that a hold ends, a lead, a first signature that waits (SOD-08)."""

from typing import Any

import pytest

from contracts.causes import Cause
from contracts.commands.removal import KnownOfSeat
from contracts.events.removal import RemovalOpened
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage, TaskState
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.commission import Commission
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import PAPER, Office, People
from tests.prizes import CHAIR, award_opening, owed
from workflows.kinds.award.kind import DECIDER as AWARDS


async def deferred_nomination(office: Office) -> None:
    await office.to_integrity()
    await office.opinion("DEFER", "DEFER")


async def deferred_removal(commission: Commission) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion("DEFER", "DEFER")


async def resumed_by_others(desk: PureDesk[Any], people: Any) -> None:
    """The first of the two who end the hold has a conflict: the second has nothing to confirm, and others are asked."""
    (asked,) = desk.current.open_tasks("resume")
    await people.act("resume", "RESUMED", form=PAPER)
    signer = desk.current.tasks[asked.id].signer
    await found(people, signer)
    assert desk.current.tasks[asked.id].state is TaskState.VOID
    assert desk.current.held_for(Cause.OPINION_DEFERRED), "nobody else has said that it ends"
    assert not desk.current.open_tasks("resume-sign")
    (again,) = desk.current.open_tasks("resume")
    assert (again.about, again.due, again.outcomes) == (asked.about, asked.due, asked.outcomes)
    same = await completing(people, "resume", somebody(again.role, signer), outcome="RESUMED", form=PAPER)
    await refused(desk, same, "conflict-of-interest")
    for kind, outcome in (("resume", "RESUMED"), ("resume-sign", "CONFIRM")):
        await people.act(kind, outcome, actor=somebody(again.role, f"p-other-{kind}"), form=PAPER)
    assert not desk.current.holds


async def test_two_others_say_whether_the_hold_of_a_nomination_ends(desk: PureDesk, office: Office) -> None:
    await deferred_nomination(office)
    await resumed_by_others(desk, office)


async def test_two_others_say_whether_the_hold_of_a_removal_ends(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await deferred_removal(commission)
    await resumed_by_others(removal, commission)


@pytest.mark.parametrize("far", ["looked", "heard", "planned"])
async def test_a_lead_is_registered_again_by_somebody_else_and_all_that_rests_on_it_is_void(
    removal: PureDesk[Any], commission: Commission, far: str
) -> None:
    await getattr(commission, far)()
    (first,) = removal.current.acted("lead")
    before = removal.current.acted("first-look", "first-look-sign", "verify", "plan")
    await found(commission, first.signer)
    assert removal.current.stage is Stage.LEAD
    assert {removal.current.tasks[one.id].state for one in (first, *before)} == {TaskState.VOID}
    assert [one.kind for one in removal.current.open_tasks()] == ["lead"]
    assert len(removal.of(RemovalOpened)) == 1, "it is the same lead"
    again = await completing(commission, "lead", somebody("EVALUATOR", first.signer), outcome="OPENED")
    await refused(removal, again, "conflict-of-interest")
    await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", "p-other"))
    assert removal.current.stage is Stage.FIRST_LOOK


async def test_a_lead_that_is_registered_again_may_be_a_duplicate_after_all(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await commission.planned()
    (first,) = removal.current.acted("lead")
    await found(commission, first.signer)
    other = somebody("EVALUATOR", "p-other")
    await removal.send(owed(KnownOfSeat, "r1", "t1", case="t1", open_removal="another-removal"))
    await commission.act(
        "lead", "DUPLICATE", actor=other, form={"of": "another-removal"}, reason="one lead twice"
    )
    assert removal.current.state is CaseState.MERGED


async def nobody_confirms(desk: PureDesk[Any], people: Any, kind: str, outcome: str, form: Any) -> None:
    """A first signature of somebody with a conflict waits for its second: others give it, over the same content."""
    await people.act(kind, outcome, form=form)
    (first,) = desk.current.acted(kind)
    (second,) = desk.current.open_tasks(f"{kind}-sign")
    await found(people, first.signer)
    assert desk.current.tasks[first.id].state is TaskState.VOID
    assert desk.current.tasks[second.id].state is TaskState.CANCELLED
    (again,) = desk.current.open_tasks(kind)
    assert (again.content, again.about, again.due) == (first.content, first.about, first.due)
    same = await completing(people, kind, somebody(again.role, first.signer), outcome=outcome, form=form)
    await refused(desk, same, "conflict-of-interest")
    await people.act(kind, outcome, actor=somebody(again.role, "p-other"), form=form)
    await people.act(f"{kind}-sign", "CONFIRM")
    assert not desk.current.open_tasks(kind, f"{kind}-sign")


async def test_others_check_an_application_whose_first_check_was_somebodys_with_a_conflict(
    policy: Policy,
) -> None:
    desk = PureDesk(AWARDS, policy, local("2026-03-02 10:00"))
    desk.open(award_opening())
    indexes = {"indexes": [{"person_id": CHAIR, "index": 400, "source": "第三方机构"}]}
    await nobody_confirms(desk, People(desk), "award-check", "ELIGIBLE", indexes)
    assert desk.current.state is CaseState.RECOGNISING


async def test_others_write_down_a_hearing_that_somebody_with_a_conflict_presided(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await commission.looked()
    await commission.act("statement", "HEARING_ASKED", form={"text": "hear me"})
    form = {"held_on": removal.now.date().isoformat(), "minutes_digest": "a" * 64}
    await nobody_confirms(removal, commission, "hearing", "HEARD", form)
    assert removal.current.stage is Stage.VERIFICATION
