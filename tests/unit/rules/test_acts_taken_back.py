"""What somebody did beside the tasks is listed and taken back when a conflict of theirs is found later (SOD-08)."""

from typing import Any

import pytest

from contracts.actor import Actor
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, ReportConflict
from contracts.commands.nomination import RecordLoss, Withdraw
from contracts.commands.removal import LiftSuspension, Suspend
from contracts.events.conflict import PapersVoided
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from tests.office import MINUTES, PAPER, Office
from tests.unit.rules.test_redoing import found
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
OTHER = somebody("LEADER_IN_CHARGE", "p-other-chair")


def chair(act: type[Any], cause: Cause, leader: Actor = CHAIR) -> Any:
    """The chair meeting's decision, as a leader writes it down."""
    return asks(act, leader, "r1", cause=cause, minutes_digest="a" * 64)


def void_acts(desk: PureDesk[Any]) -> list[tuple[str, ...]]:
    return [event.acts for event in desk.of(PapersVoided) if isinstance(event, PapersVoided)]


@pytest.mark.parametrize("cause", [Cause.CHAIR_DECISION, Cause.DETAINED])
async def test_a_suspension_is_over_and_decided_by_others(
    removal: PureDesk[Removal], commission: Commission, cause: Cause
) -> None:
    await removal.send(chair(Suspend, cause))
    await found(commission, "p-chair")
    assert removal.current.suspended == ()
    assert void_acts(removal) == [("duty-suspended",)]
    await refused(removal, await completing(commission, "suspend-duty", CHAIR), "conflict-of-interest")
    await commission.act("suspend-duty", "SUSPENDED", actor=OTHER, form=MINUTES)
    assert removal.current.suspended == (cause,)
    assert removal.current.stage is Stage.LEAD, "nothing of the line of decisions rests on it"


async def test_a_suspension_that_was_lifted_is_decided_on_by_others(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await removal.send(chair(Suspend, Cause.DETAINED, OTHER))
    await removal.send(chair(LiftSuspension, Cause.DETAINED))
    await found(commission, "p-chair")
    assert void_acts(removal) == [("suspension-lifted",)]
    await commission.act("suspend-duty", "SUSPENDED", actor=OTHER, form=MINUTES)
    assert removal.current.suspended == (Cause.DETAINED,)


async def test_a_paper_that_somebody_with_a_conflict_showed_is_confirmed_by_nobody(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    shower = somebody("ELECTION_OFFICE", "p-shower")
    await office.asks(RecordLoss, shower, what=Cause.DEATH, document_digest="d" * 64)
    await found(office, "p-shower")
    assert void_acts(desk) == [("loss-recorded",)]
    assert desk.current.shown is None
    assert not desk.current.open_tasks("see-loss")
    again = somebody("ELECTION_OFFICE", "p-again")
    await office.asks(RecordLoss, again, what=Cause.DEATH, document_digest="d" * 64)
    form = {"document_digest": "d" * 64}
    await office.act("see-loss", "CONFIRM", actor=somebody("ELECTION_OFFICE", "p-third"), form=form)
    assert desk.current.state is CaseState.LAPSED


async def test_a_withdrawal_that_the_unit_asked_for_waits_for_another_paper(
    desk: PureDesk[Nomination], office: Office
) -> None:
    for person in ("p-colleague", "p-else"):
        unit = somebody("NOMINATOR", person, unit="chamber-1")
        await desk.send(asks(Withdraw, unit, reason="r", document_digest="a" * 64))
        if person == "p-colleague":
            await found(office, person)
            assert not desk.current.open_tasks("confirm-withdrawal", "see-withdrawal")
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN


async def test_an_extension_is_listed_and_its_deadline_stays(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.act("reply", "EXTENDED", unit="tax", form={"reason": "archives"})
    before = await office.task("reply", "tax")
    await found(office, "p-dept-officer-tax-1")
    assert void_acts(desk) == [("task-extended",)]
    assert (await office.task("reply", "tax")).due == before.due == local("2026-03-24 00:00")


async def test_a_pause_that_was_lifted_waits_again_until_others_have_read_the_state(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.paused("police")
    await office.act("resume", "RESUMED", form=PAPER)
    await office.act("resume-sign", "CONFIRM", form=PAPER, actor=somebody("UFWD", "p-second"))
    assert desk.current.state is CaseState.CONSULTING
    await found(office, "p-second")
    assert desk.current.held_for(Cause.PAUSE_ITEM, "hit.1")
    await office.act("resume", "RESUMED", form=PAPER, actor=somebody("UFWD", "p-third"))
    await office.act("resume-sign", "CONFIRM", form=PAPER, actor=somebody("UFWD", "p-fourth"))
    assert desk.current.state is CaseState.CONSULTING


async def test_whether_somebody_has_a_conflict_is_decided_again_by_somebody_without_one(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.asks(
        ReportConflict, office.actor("CLERK"), person_id="p-screener-1", ground="kin", reason="a cousin"
    )
    task = await office.task("recusal")
    friend = somebody(task.role, "p-friend")
    await office.act("recusal", "NO_CONFLICT", actor=friend)
    assert desk.current.conflicted == frozenset()
    await office.asks(
        ReportConflict, office.actor("CLERK"), person_id="p-friend", ground="other", reason="his friend"
    )
    asked = await office.task("recusal")
    await office.act("recusal", "RECUSED", actor=somebody(asked.role, "p-above"))
    again = await office.task("recusal")
    assert again.about == task.about
    said = asks(
        CompleteTask, friend, task_id=again.id, outcome="NO_CONFLICT", seen=again.content_digest, reason="r"
    )
    await refused(desk, said, "conflict-of-interest")
    await office.act("recusal", "RECUSED", actor=somebody(again.role, "p-above"))
    assert desk.current.stage is Stage.SCREENING
