"""A time-skipping server, a worker with our workflows over fakes, and a clock that starts on the scenario's day."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.commands.every import OPENS
from contracts.commands.opening import Opening
from contracts.policy import loader
from contracts.policy.model import Policy
from tests.fakes import FakeCases, FakeRecord, activities
from tests.servers import executable
from tests.updates import send_update
from workflows.batch import BatchWorkflow
from workflows.kinds import batch
from workflows.kinds.nomination import kind as nomination
from workflows.kinds.removal import kind as removal
from workflows.nomination import NominationWorkflow
from workflows.procedure.case import State
from workflows.procedure.decider import Decider
from workflows.removal import RemovalWorkflow

WORKFLOWS: tuple[type, ...] = (BatchWorkflow, NominationWorkflow, RemovalWorkflow)
DECIDERS: dict[str, Decider[Any]] = {
    "batch": batch.DECIDER,
    "nomination": nomination.DECIDER,
    "removal": removal.DECIDER,
}

S = TypeVar("S", bound=State)


class Clock:
    """Time as the scenario tells it. The server's clock begins today and only moves forward, and the scenarios
    are of another year; so `workflow.now` is shifted by a constant, the same for the whole of a test."""

    def __init__(self, env: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
        self._env = env
        self._shift = timedelta(0)
        real = workflow.now
        monkeypatch.setattr(workflow, "now", lambda: real() + self._shift)

    async def begin(self, instant: datetime) -> None:
        """Let the scenario begin at an instant; call it before any workflow starts."""
        self._shift = instant - await self._env.get_current_time()

    async def now(self) -> datetime:
        """The scenario's time."""
        return await self._env.get_current_time() + self._shift

    async def breathe(self) -> None:
        """Let a second pass."""
        await self._env.sleep(timedelta(seconds=1))

    async def until(self, instant: datetime) -> None:
        """Skip to an instant; what falls due on the way begins to happen."""
        wait = instant - await self.now()
        if wait > timedelta(0):
            await self._env.sleep(wait)


@dataclass
class WorkflowDesk(Generic[S]):
    """A desk over a running case."""

    policy: Policy
    case_id: str
    handle: WorkflowHandle[object, str]
    decider: Decider[S]
    clock: Clock
    record: FakeRecord

    async def send(self, command: Command, other_id: str = "") -> Accepted:
        """Send the command as an update."""
        return await send_update(self.handle, command, other_id)

    async def case(self) -> S:
        """Ask the workflow."""
        return await self.handle.query(names.STATE_QUERY, result_type=self.decider.folding.state)

    async def until(self, instant: datetime) -> None:
        """Let time pass until an instant, and until everything is settled that fell due."""
        await self.clock.until(instant)
        async with asyncio.timeout(60):
            while _due(self.decider.next_instant(await self.case(), self.policy), await self.clock.now()):
                await self.clock.breathe()


@pytest.fixture
async def env() -> AsyncIterator[WorkflowEnvironment]:
    """A time-skipping server. What seals payloads has tests of its own."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=executable("temporal-test-server"), data_converter=pydantic_data_converter
    ) as environment:
        yield environment


@pytest.fixture
def record() -> FakeRecord:
    """The record of one test."""
    return FakeRecord()


@pytest.fixture
def cases() -> FakeCases:
    """What was carried in one test."""
    return FakeCases()


@pytest.fixture
async def worker(env: WorkflowEnvironment, record: FakeRecord, cases: FakeCases) -> AsyncIterator[Worker]:
    """A worker with our workflows over the fakes."""
    async with Worker(
        env.client,
        task_queue=names.TASK_QUEUE,
        workflows=list(WORKFLOWS),
        activities=activities(record, cases),
    ) as running:
        yield running


@pytest.fixture
def clock(env: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The scenario's clock."""
    return Clock(env, monkeypatch)


Open = Callable[[Opening], Awaitable[WorkflowDesk[State]]]


@pytest.fixture
def open_case(env: WorkflowEnvironment, record: FakeRecord, worker: Worker, clock: Clock) -> Open:
    """Start a case of any kind and return a desk over it, once its first step is on the record."""

    async def start(opening: Opening) -> WorkflowDesk[State]:
        kind = OPENS[opening.act].value
        handle: WorkflowHandle[object, str] = await env.client.start_workflow(
            kind,
            opening,
            id=f"{names.workflow_id(kind, opening.target)}.{uuid.uuid4().hex}",
            task_queue=names.TASK_QUEUE,
            result_type=str,
        )
        policy = loader.released(opening.policy)
        desk = WorkflowDesk(policy, opening.target, handle, DECIDERS[kind], clock, record)
        await recorded(record, opening.target)
        return desk

    return start


async def recorded(record: FakeRecord, case_id: str, steps: int = 1, seconds: float = 20) -> None:
    """Wait until so many steps of a case are on the record."""
    async with asyncio.timeout(seconds):
        while len(record.steps.get(case_id, [])) < steps:
            await asyncio.sleep(0.01)


def _due(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and instant <= now
