"""A conflict found of whoever acted later than the case stands now, or while the vote is counted (SOD-08)."""

import pytest

from contracts.vocabulary import CaseState, Stage, TaskState
from tests.asking import local, somebody
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import Office

ELECTION = local("2026-04-20 09:00")


@pytest.mark.parametrize("person", ["p-evaluator-1", "p-inspector-1"])
async def test_nobody_counts_a_vote_whose_papers_are_void(
    desk: PureDesk, office: Office, person: str
) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.until(ELECTION)
    assert desk.current.open_tasks("count")
    await found(office, person)
    assert not desk.current.open_tasks("count")
    assert not desk.current.ended


@pytest.mark.parametrize("person", ["p-inspector-1", "p-evaluator-1"])
async def test_a_case_that_is_evaluated_anew_skips_nothing(
    desk: PureDesk, office: Office, person: str
) -> None:
    await office.ready()
    await office.election(local("2029-03-03 09:00"))
    assert desk.current.state is CaseState.CONSULTING
    await found(office, person)
    assert desk.current.stage is Stage.CONSULTATION
    assert {task.kind for task in desk.current.open_tasks()} == {"reply"}


async def test_a_notice_that_is_posted_anew_is_not_cut_short(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 00:00"))
    task = await office.task("recheck")
    reader = somebody("EVALUATOR", "p-reader")
    await office.answer(task, "CONFIRMED", actor=reader, form=office.readings(task))
    await office.election(local("2026-10-15 09:00"))
    await office.act("post-notice", "POSTED")
    assert desk.current.stage is Stage.NOTICE
    await found(office, "p-reader")
    assert desk.current.tasks[task.id].state is TaskState.VOID
    assert desk.current.stage is Stage.NOTICE, "the names are shown for the whole window"


async def test_whoever_closed_one_notice_and_posted_the_next_has_neither(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.reread("notice")
    person = somebody("NOTICE_OFFICER", "p-closer")
    await office.act("close-notice", "NO_REPORT", actor=person)
    await office.election(local("2026-09-10 09:00"))
    await office.act("post-notice", "POSTED", actor=person)
    await found(office, "p-closer")
    assert not [task for task in desk.current.acted() if "p-closer" in task.signers]
    assert [task.kind for task in desk.current.open_tasks()] == ["post-notice"]
