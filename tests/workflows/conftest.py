"""A time-skipping server, a worker with our workflows, and a clock that starts on the scenario's day."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker
from workflows.rules.case import Case

from contracts import names
from contracts.commands.base import Command
from contracts.commands.batch import OpenCase
from contracts.policy import loader
from contracts.policy.model import Policy
from services.kit.sealing import Keyring
from services.kit.temporal import data_converter
from services.worker.catalogue import WORKFLOWS, activities
from tests.fakes import FakeCases, FakeRecord
from tests.servers import executable
from tests.updates import send_update
from workflows.nomination import NominationWorkflow


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

    async def until(self, instant: datetime) -> None:
        """Skip to an instant; what falls due on the way happens."""
        wait = instant - await self.now()
        if wait > timedelta(0):
            await self._env.sleep(wait)


@dataclass
class WorkflowDesk:
    """A desk over a running nomination."""

    policy: Policy
    handle: WorkflowHandle[NominationWorkflow, str]
    clock: Clock
    record: FakeRecord

    async def send(self, command: Command) -> None:
        """Send the command as an update."""
        await send_update(self.handle, command)

    async def case(self) -> Case:
        """Ask the workflow."""
        return await self.handle.query(NominationWorkflow.case)

    async def until(self, instant: datetime) -> None:
        """Let time pass."""
        await self.clock.until(instant)


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """One sealing key for all workflow tests."""
    return Keyring.create(tmp_path_factory.mktemp("keys"))


@pytest.fixture
async def env(keyring: Keyring) -> AsyncIterator[WorkflowEnvironment]:
    """A time-skipping server whose payloads are sealed as in production."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=executable("temporal-test-server"), data_converter=data_converter(keyring)
    ) as environment:
        yield environment


@pytest.fixture
def record() -> FakeRecord:
    """The record of one test."""
    return FakeRecord()


@pytest.fixture
def cases() -> FakeCases:
    """What a batch told its cases in one test."""
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


async def first_step(desk: WorkflowDesk) -> None:
    """Wait until the case's first step is on the record."""
    async with asyncio.timeout(10):
        while not (await desk.case()).tasks:
            await asyncio.sleep(0.01)


Open = Callable[[OpenCase], Awaitable[WorkflowDesk]]


@pytest.fixture
def open_case(env: WorkflowEnvironment, record: FakeRecord, worker: Worker, clock: Clock) -> Open:
    """Start a nomination and return a desk over it, once its first step is on the record."""

    async def start(opening: OpenCase) -> WorkflowDesk:
        handle = await env.client.start_workflow(
            NominationWorkflow.run,
            opening,
            id=f"{names.nomination_workflow_id(opening.entry.case_id)}.{uuid.uuid4().hex}",
            task_queue=names.TASK_QUEUE,
        )
        desk = WorkflowDesk(loader.released(opening.policy), handle, clock, record)
        await first_step(desk)
        return desk

    return start
