"""Every activity fails, is slow, answers in part, answers twice or loses its answer while a decision is made.

Nobody is cleared, elected or kept by that. What a case believes stands on the record, nothing of a step is believed
before all of it is, and once the fault is repaired the decision is made, once.
"""

import asyncio
from collections.abc import Callable

import pytest
from temporalio import activity

from contracts import names
from services.worker.carrying import Carrying
from services.worker.catalogue import activities
from services.worker.settling import Settling
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.waiting import PATIENCE
from tests.workflows import test_faults_while_carrying as carrying
from tests.workflows.conftest import Open
from tests.workflows.decisions import BEGAN, DECISIONS
from tests.workflows.past import taken_up

LONG = 10_000
"""Tries: until it is repaired."""


def errs(record: FakeRecord) -> None:
    record.fail_local = record.fail_ordinary = LONG


def times_out(record: FakeRecord) -> None:
    record.slow_local = 600
    record.gate.clear()


def answers_in_part(record: FakeRecord) -> None:
    record.cut = LONG


def answers_twice(record: FakeRecord) -> None:
    record.double = LONG


def loses_its_answers(record: FakeRecord) -> None:
    record.lose_answers, record.fail_local = LONG, LONG


def says_nothing_new(record: FakeRecord) -> None:
    record.say_again = LONG


def repaired(record: FakeRecord) -> None:
    record.fail_local = record.fail_ordinary = record.lose_answers = record.say_again = 0
    record.cut = record.double = 0
    record.slow_local = 0
    record.gate.set()


FAULTS: tuple[Callable[[FakeRecord], None], ...] = (
    errs,
    times_out,
    answers_in_part,
    answers_twice,
    loses_its_answers,
    says_nothing_new,
)
UNRECORDED = frozenset({errs, times_out, says_nothing_new})
"""While these last nothing comes to the record at all."""
pytestmark = pytest.mark.usefixtures("hurried")


@pytest.mark.parametrize("name", DECISIONS)
async def test_a_decision_is_made_once_or_not_at_all_whatever_settling_does(
    clock: Clock, open_case: Open, record: FakeRecord, name: str
) -> None:
    decision = DECISIONS[name]
    for number, fault in enumerate(FAULTS):
        opening = decision.of(f"x{number}")
        case = await taken_up(opening, decision.before, BEGAN, clock, open_case, record)
        known, asked = case.said(decision.event, *decision.says), _asked(record)
        fault(record)
        deciding = asyncio.ensure_future(decision.decide(case.desk))
        await _tried(record, asked, deciding)
        if fault in UNRECORDED:
            assert case.said(decision.event, *decision.says) == known
        await case.believes_its_record()
        repaired(record)
        await asyncio.wait_for(deciding, 60)
        await case.believes_its_record()
        assert case.said(decision.event, *decision.says) == known + 1


async def _tried(record: FakeRecord, asked: int, deciding: "asyncio.Future[object]") -> None:
    """The record was asked several times, or has answered."""
    async with asyncio.timeout(PATIENCE):
        while _asked(record) < asked + 3 and not deciding.done():
            await asyncio.sleep(0.02)


def _asked(record: FakeRecord) -> int:
    return len(record.local) + len(record.ordinary)


INJECTED: dict[str, tuple[Callable[..., object], ...]] = {
    names.SETTLE_ACTIVITY: (test_a_decision_is_made_once_or_not_at_all_whatever_settling_does,),
    names.CARRY_ACTIVITY: (
        carrying.test_what_a_decision_owes_is_done_once_whatever_carrying_does,
        carrying.test_whoever_is_not_told_of_an_election_is_on_no_ballot_and_is_told_once,
    ),
}
"""By activity the tests that inject faults into it."""


def test_every_activity_has_its_faults() -> None:
    """One that somebody adds fails here until faults are injected into it."""

    class Named:
        def __getattr__(self, name: str) -> object:
            return _known(name)

    assert set(activities(Named(), Named())) == set(INJECTED)  # type: ignore[arg-type]


def _known(name: str) -> str:
    method = getattr(Settling, name, None) or getattr(Carrying, name)
    found = activity._Definition.must_from_callable(method).name
    assert found is not None
    return found
