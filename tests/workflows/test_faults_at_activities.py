"""Every activity fails, is slow, loses its answer or answers in part while a case is about to be decided.

Nobody is elected or kept and no fact is cleared by that: the case waits, and goes on once the fault is repaired.
"""

import asyncio
from collections.abc import Callable

import pytest
from temporalio import activity

from contracts import names
from contracts.commands.tenure import SeatKept
from contracts.errand import Tell
from contracts.vocabulary import CaseState
from services.worker.carrying import Carrying
from services.worker.catalogue import activities
from services.worker.settling import Settling
from tests.asking import local, removal_opening
from tests.commission import Commission
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.workflows.conftest import Open

LONG = 10_000
"""Tries: until it is repaired."""


def errors(record: FakeRecord) -> None:
    record.fail_local = record.fail_ordinary = LONG


def is_slow_and_then_errs(record: FakeRecord) -> None:
    record.slow_local, record.fail_ordinary = 30, LONG


def loses_answers(record: FakeRecord) -> None:
    record.fail_local, record.fail_ordinary, record.lose_answers = LONG, 3, 1


def says_nothing_new(record: FakeRecord) -> None:
    record.say_again = 4


INJECTED: dict[str, tuple[str, ...]] = {
    names.SETTLE_ACTIVITY: ("test_nobody_is_kept_while_settling_fails",),
    names.CARRY_ACTIVITY: ("test_a_decision_that_cannot_be_told_waits_and_is_told_once",),
}
"""By activity the tests that inject faults into it."""


def test_every_activity_has_its_faults() -> None:
    """One that somebody adds fails here until faults are injected into it."""

    class Named:
        def __getattr__(self, name: str) -> object:
            return _known(name)

    ours = set(activities(Named(), Named()))  # type: ignore[arg-type]
    assert ours == set(INJECTED)
    assert all(test in globals() for tests in INJECTED.values() for test in tests)


def _known(name: str) -> str:
    method = getattr(Settling, name, None) or getattr(Carrying, name)
    found = activity._Definition.must_from_callable(method).name
    assert found is not None
    return found


@pytest.mark.parametrize("fault", [errors, is_slow_and_then_errs, loses_answers, says_nothing_new])
async def test_nobody_is_kept_while_settling_fails(
    clock: Clock, open_case: Open, record: FakeRecord, fault: Callable[[FakeRecord], None]
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.planned()
    known = len(record.events())
    fault(record)
    deciding = asyncio.create_task(commission.votes("KEPT", (131, 100, 10)))
    await asyncio.sleep(0.3)
    state = (await desk.case()).state
    ended = [event for event in record.events()[known:] if event.type == "case-ended"]
    assert state is CaseState.VOTING or len(ended) == 1, "only what stands on the record is believed"
    record.fail_local = record.fail_ordinary = record.lose_answers = record.say_again = 0
    record.slow_local = 0
    await asyncio.wait_for(deciding, 60)
    assert (await desk.case()).state is CaseState.KEPT
    assert len(record.of("case-ended")) == 1


async def test_a_decision_that_cannot_be_told_waits_and_is_told_once(
    clock: Clock, open_case: Open, cases: FakeCases, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening(tenure="t1"))
    commission = Commission(desk)
    await commission.planned()
    cases.fail = LONG
    await commission.votes("KEPT", (131, 100, 10))
    assert (await desk.case()).owed, "it is owed as long as it is not carried"
    assert not any(isinstance(one.errand, Tell) for one in cases.carried)
    cases.fail = 0
    async with asyncio.timeout(60):
        while (await desk.case()).owed:
            await clock.breathe()
    said = [one.errand.command for one in cases.carried if isinstance(one.errand, Tell)]
    assert [type(command) for command in said] == [SeatKept]
    assert len(record.of("errand-carried")) == 1
