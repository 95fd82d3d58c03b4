"""Whole lives on the engine: errands of a batch, a removal to its file, and carrying over into a new run."""

import asyncio

import pytest
from temporalio.worker import Replayer

from contracts.commands.batch import CallElection, SubmitRoster
from contracts.commands.removal import LiftSuspension, Suspend
from contracts.errand import Start, Tell
from contracts.settling import CarryRequest
from contracts.vocabulary import Stage
from services.worker.catalogue import WORKFLOWS
from tests.asking import ENTRY, asks, batch_opening, local, opening, removal_opening, somebody
from tests.commission import Commission
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.office import Office
from tests.waiting import PATIENCE
from tests.workflows.conftest import Open
from workflows import options
from workflows.procedure.step import CHUNK

OFFICE = somebody("ELECTION_OFFICE", "p-office")


def roster(first: int, count: int) -> SubmitRoster:
    """So many nominees."""
    numbers = range(first, first + count)
    rows = tuple(ENTRY.model_copy(update={"case_id": f"c{n}", "person_id": f"p{n}"}) for n in numbers)
    return asks(SubmitRoster, OFFICE, "b1", roster_digest="a" * 64, entries=rows)


def started(requests: list[CarryRequest]) -> list[int]:
    """How many cases each start began."""
    return [len(r.errand.openings) for r in requests if isinstance(r.errand, Start)]


async def carried(record: FakeRecord, count: int) -> None:
    """Wait until so many errands are said to be carried."""
    async with asyncio.timeout(PATIENCE):
        while len(record.of("errand-carried")) < count:
            await asyncio.sleep(0.02)


async def test_a_batch_carries_each_errand_once_and_forgets_none_that_comes_meanwhile(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(batch_opening())
    cases.gate.clear()
    await desk.send(roster(1, 70))
    await desk.send(roster(71, 5))  # while the first chunk is on its way
    await desk.send(asks(CallElection, OFFICE, "b1", election_at=local("2026-06-01 09:00")))
    cases.gate.set()
    await carried(record, 5)
    assert started(cases.carried) == [CHUNK, 20, 5]
    told = [r.errand for r in cases.carried if isinstance(r.errand, Tell)]
    assert [len(errand.case_ids) for errand in told] == [CHUNK, 25]
    state = await desk.case()
    assert (state.owed, state.errands) == ((), 5)
    assert [e.payload["number"] for e in record.of("errand-carried")] == [1, 2, 3, 4, 5]


async def test_an_errand_that_cannot_be_carried_is_tried_again(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(batch_opening())
    cases.fail = 2
    await desk.send(roster(1, 1))
    await carried(record, 1)
    assert started(cases.carried) == [1]


async def test_an_errand_is_carried_once_although_the_answer_of_the_record_was_lost(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(batch_opening())
    cases.gate.clear()
    await desk.send(roster(1, 1))
    record.lose_answers = 1
    cases.gate.set()
    await carried(record, 1)
    await desk.send(roster(2, 1))
    await carried(record, 2)
    assert started(cases.carried) == [1, 1]


async def test_a_removal_goes_from_its_lead_to_its_file(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    chair = somebody("LEADER_IN_CHARGE", "p-chair")
    await commission.asks(Suspend, chair, cause="detained", minutes_digest="a" * 64)
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    await desk.until(local("2026-03-12 23:59"))
    assert (await desk.case()).stage is Stage.STATEMENT
    await desk.until(local("2026-03-13 00:01"))
    assert (await desk.case()).stage is Stage.VERIFICATION, "silence is no admission, and no end either"
    await commission.verified("PROVEN", "PARTLY")
    await commission.opinion()
    await commission.asks(LiftSuspension, chair, cause="detained", minutes_digest="b" * 64)
    await commission.plan()
    await commission.votes("REMOVED")
    await commission.closed()
    assert await desk.handle.result() == "REMOVED"
    replayer = Replayer(workflows=list(WORKFLOWS), data_converter=desk.handle._client.data_converter)
    await replayer.replay_workflow(await desk.handle.fetch_history())


async def test_an_act_of_another_kind_is_unknown_on_the_engine_too(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    with pytest.raises(RefusedError, match="unknown-act"):
        await desk.send(asks(CallElection, OFFICE, "r1", election_at=local("2026-06-01 09:00")))


async def test_a_case_continues_as_new_and_forgets_nothing(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "CONTINUE_AFTER", 100)
    await clock.begin(local("2026-03-02 09:30"))
    desk = await open_case(opening())
    office = Office(desk)
    await office.screened()
    first = await office.act("reply", "NO_ISSUE", unit="tax")
    await office.act("reply-sign", "CONFIRM", unit="tax")
    await office.replies("tax", "police")
    runs = {(await desk.handle.describe()).run_id, desk.handle.first_execution_run_id}
    assert len(runs) == 2, "it has continued as new"
    await desk.send(first, "again")  # the same key, answered from what was carried over
    assert len([e for e in record.of("task-completed") if e.payload["kind"] == "reply"]) == 13
    await desk.until(local("2026-03-23 10:00"))
    rungs = [e.payload["rung"] for e in record.of("rung-reached")]
    assert rungs == ["blue", "yellow", "red", "conference"], "the instant was carried over"


async def test_only_the_last_keys_are_remembered(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "KEYS_KEPT", 2)
    await clock.begin(local("2026-03-02 09:30"))
    desk = await open_case(opening())
    office = Office(desk)
    first = await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    last = await office.act("declare", "SIGNED")
    await desk.send(last, "again-1")
    with pytest.raises(RefusedError, match="task-closed"):
        await desk.send(first, "again-2")
