"""Temporal is lost in the middle of a batch: every open case goes on from the record, and nothing else is needed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import Client, WorkflowFailureError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.worker import Worker

from contracts import names
from contracts.actor import Actor, Grant
from contracts.case import CaseKind
from contracts.commands.base import Accepted, Command
from contracts.commands.batch import CallElection, OpenBatch, SubmitRoster
from contracts.commands.opening import Resume
from contracts.policy import loader
from services.kit.beginning import begin
from services.kit.temporal import connect
from services.worker.carrying import Carrying
from services.worker.catalogue import WORKFLOWS, activities
from services.worker.record import Record
from services.worker.resuming import is_stuck, take_up
from services.worker.sandbox import runner
from services.worker.settling import Settling
from services.worker.surveying import Survey
from tests.asking import ENTRY
from tests.claims import KeySet, claim, claimed
from tests.record_double import RecordDouble
from tests.servers import TemporalServer, start_temporal
from tests.waiting import PATIENCE, UNHURRIED

POLICY = "2026.1"
PEOPLE = 3
OFFICER = Actor(
    account_id="a1", person_id="p1", grants=(Grant(role="ELECTION_OFFICE"), Grant(role="NOMINATOR"))
)


@pytest.fixture
def second_server(tmp_path: Path) -> Iterator[TemporalServer]:
    """Temporal again, with nothing in it."""
    server = start_temporal(tmp_path / "temporal")
    yield server
    server.kill()


@dataclass
class Office:
    """Those who ask, with the engine that they ask."""

    client: Client
    keys: KeySet

    async def ask(self, kind: str, command: Command) -> Accepted:
        """Send a command, as the API does."""
        asked = claimed(command, self.keys.claim)
        handle = self.client.get_workflow_handle(names.workflow_id(kind, asked.target))
        update = names.update_id(asked.command_id, asked.body_digest)
        return await handle.execute_update(names.ACT_UPDATE, asked, id=update, result_type=Accepted)

    async def state(self, kind: str, case_id: str) -> dict[str, Any]:
        """What a workflow knows."""
        handle = self.client.get_workflow_handle(names.workflow_id(kind, case_id))
        return await handle.query(names.STATE_QUERY, result_type=dict[str, Any])


@asynccontextmanager
async def office(server: TemporalServer, keys: KeySet, record: RecordDouble) -> AsyncIterator[Office]:
    """A worker on this engine and this record, and those who ask."""
    client = await connect(server.address, "default", keys.engine)
    asks = Record(record, 2.0)
    settling = Settling(asks, keys.checker, keys.record, keys.step)
    carrying = Carrying(client, asks, keys.errand)
    async with Worker(
        client,
        task_queue=names.TASK_QUEUE,
        workflows=list(WORKFLOWS),
        activities=activities(settling, carrying),
        workflow_runner=runner(),
        debug_mode=UNHURRIED,
    ):
        yield Office(client, keys)


def roster(batch: str) -> SubmitRoster:
    """People for a batch."""
    entries = tuple(
        ENTRY.model_copy(update={"case_id": f"{batch}-c{number}", "person_id": f"p{100 + number}"})
        for number in range(PEOPLE)
    )
    return SubmitRoster(
        claim=claim(batch, f"{batch}-roster", OFFICER), roster_digest="1" * 64, entries=entries
    )


def call(batch: str) -> CallElection:
    """The election is called."""
    return CallElection(
        claim=claim(batch, f"{batch}-call", OFFICER), election_at=datetime.now(UTC) + timedelta(days=365)
    )


def cases(batch: str) -> list[str]:
    """The cases of the roster."""
    return [f"{batch}-c{number}" for number in range(PEOPLE)]


async def _opened(desk: Office, record: RecordDouble, batch: str) -> None:
    """A batch whose roster was taken, that owes nothing, and whose cases have begun."""
    opening = OpenBatch(
        claim=claim(batch, f"{batch}-open", OFFICER),
        policy=POLICY,
        policy_digest=loader.digest(POLICY),
        title="2026",
        districts=("d01",),
    )
    once = WorkflowIDReusePolicy.REJECT_DUPLICATE
    assert await begin(desk.client, CaseKind.BATCH, batch, claimed(opening, desk.keys.claim), once)
    await desk.ask("batch", roster(batch))
    await _until(lambda: all(record.envelopes(case) for case in cases(batch)))
    await _until(lambda: record.envelopes(batch)[-1].type == "errand-carried")


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not reached():
            await asyncio.sleep(0.05)


def _survey(keys: KeySet, record: RecordDouble) -> Survey:
    survey = Survey(keys.record)
    for envelope in record.everything():
        survey.take_in(envelope)
    return survey


async def test_every_open_case_goes_on_where_the_record_stands(
    temporal_server: TemporalServer, second_server: TemporalServer, tmp_path: Path
) -> None:
    keys, record, batch = KeySet.make(tmp_path / "keys"), RecordDouble(), "b-all"
    async with office(temporal_server, keys, record) as before:
        await _opened(before, record, batch)
        known = [await before.state("nomination", case) for case in cases(batch)]
        whole = await before.state("batch", batch)
    stood = record.everything()
    async with office(second_server, keys, record) as after:
        told = await take_up(after.client, keys.errand, _survey(keys, record))
        assert told == {"open": 4, "resumed": 4, "stuck": 0, "begun": 0}
        async with asyncio.timeout(PATIENCE):
            while [await after.state("nomination", case) for case in cases(batch)] != known:
                await asyncio.sleep(0.05)
            while await after.state("batch", batch) != whole:
                await asyncio.sleep(0.05)
        assert record.everything() == stood, "to take a case up writes nothing"
        again = await take_up(after.client, keys.errand, _survey(keys, record))
        assert again == {"open": 4, "resumed": 0, "stuck": 0, "begun": 0}
        assert await after.ask("batch", roster(batch)), "a used key is known as before"
        assert record.everything() == stood
        await after.ask("batch", call(batch))
        await _until(lambda: all(record.envelopes(c)[-1].type == "election-scheduled" for c in cases(batch)))


async def test_a_case_that_was_owed_and_had_not_begun_is_begun(
    temporal_server: TemporalServer, second_server: TemporalServer, tmp_path: Path
) -> None:
    keys, record, batch = KeySet.make(tmp_path / "keys"), RecordDouble(), "b-owed"
    async with office(temporal_server, keys, record) as before:
        await _opened(before, record, batch)
    lost = cases(batch)[1]
    record.lose(lost)  # as if Temporal had been lost between its start and its first step
    async with office(second_server, keys, record) as after:
        told = await take_up(after.client, keys.errand, _survey(keys, record))
        assert told == {"open": 3, "resumed": 3, "stuck": 0, "begun": 1}
        await _until(lambda: bool(record.envelopes(lost)))
    first = record.envelopes(lost)[0]
    assert first.claim is not None
    assert keys.checker.fault(first.claim) is None


@workflow.defn(name="nomination", sandboxed=False)
class OtherRules:
    """Leaves a history that the cases' own code cannot replay, as a fault of the engine or of a release would."""

    @workflow.run
    async def run(self, given: dict[str, Any]) -> None:
        """Wait again and again, where a case asks the record first."""
        while True:
            await asyncio.sleep(1)


async def test_a_case_whose_history_nobody_can_replay_goes_on_from_the_record(
    temporal_server: TemporalServer, second_server: TemporalServer, tmp_path: Path
) -> None:
    keys, record, batch = KeySet.make(tmp_path / "keys"), RecordDouble(), "b-stuck"
    async with office(temporal_server, keys, record) as before:
        await _opened(before, record, batch)
        known = await before.state("nomination", cases(batch)[0])
    stood = record.everything()
    (case,) = [
        one for one in _survey(keys, record).resumptions(loader.digest) if one.case_id == known["case_id"]
    ]
    client = await connect(second_server.address, "default", keys.engine)
    async with Worker(client, task_queue=names.TASK_QUEUE, workflows=[OtherRules]):
        await begin(client, case.kind, case.case_id, case, WorkflowIDReusePolicy.REJECT_DUPLICATE)
        handle = client.get_workflow_handle(names.workflow_id(case.kind, case.case_id))
        async with asyncio.timeout(PATIENCE):
            while len((await handle.fetch_history()).events) < 5:
                await asyncio.sleep(0.05)
    async with office(second_server, keys, record) as after:
        async with asyncio.timeout(PATIENCE):
            while not await is_stuck(after.client, case):
                await asyncio.sleep(0.05)
        told = await take_up(after.client, keys.errand, _survey(keys, record))
        assert told == {"open": 4, "resumed": 4, "stuck": 1, "begun": 0}
        async with asyncio.timeout(PATIENCE):
            while await after.state("nomination", case.case_id) != known:
                await asyncio.sleep(0.05)
        assert not await is_stuck(after.client, case)
        assert record.everything() == stood, "to take a case up writes nothing"


async def test_what_stands_on_no_record_is_not_taken_up(
    temporal_server: TemporalServer, tmp_path: Path
) -> None:
    keys, record = KeySet.make(tmp_path / "keys"), RecordDouble()
    async with office(temporal_server, keys, record) as desk:
        case = Resume(
            kind="nomination",
            case_id="c-nowhere",
            parent="b9",
            district="d01",
            policy=POLICY,
            policy_digest=loader.digest(POLICY),
        )
        await begin(desk.client, case.kind, case.case_id, case, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
        handle = desk.client.get_workflow_handle(names.workflow_id("nomination", case.case_id))
        with pytest.raises(WorkflowFailureError):
            await handle.result()
    assert record.everything() == []
