"""Whether a hold ends, and whether a lead is registered, is said again where a conflict is found later (SOD-08)."""

from typing import Any

import pytest

from contracts.causes import Cause
from contracts.events.removal import RemovalOpened
from contracts.vocabulary import CaseState, Stage, TaskState
from tests.acting import completing, refused
from tests.asking import somebody
from tests.commission import Commission
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import PAPER, Office


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
    await commission.act(
        "lead", "DUPLICATE", actor=other, form={"of": "another-removal"}, reason="one lead twice"
    )
    assert removal.current.state is CaseState.MERGED
