"""A time-skipping server, a worker with our workflows over fakes, and a clock that starts on the scenario's day."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.commands.opening import Opening, Resume
from services.worker.catalogue import WORKFLOWS
from tests.engine import Clock, WorkflowDesk, start, time_skipping
from tests.fakes import FakeCases, FakeRecord, activities
from tests.waiting import UNHURRIED
from workflows import options


@pytest.fixture
async def env() -> AsyncIterator[WorkflowEnvironment]:
    """A time-skipping server. What seals payloads has tests of its own."""
    async with await time_skipping(data_converter=pydantic_data_converter) as environment:
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
        debug_mode=UNHURRIED,
    ) as running:
        yield running


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a workflow waits for between its tries, it waits for briefly."""
    short, brief = timedelta(milliseconds=50), timedelta(seconds=0.7)
    for name in ("LOCAL_TRY", "RECORD_TRY", "CARRY_TRY"):
        monkeypatch.setattr(options, name, brief)
    monkeypatch.setattr(options, "PAUSE_BETWEEN_ROUNDS", short)
    monkeypatch.setattr(options, "RETRY", RetryPolicy(initial_interval=short, maximum_interval=short))


@pytest.fixture
def clock(env: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The scenario's clock."""
    clock = Clock(env)
    monkeypatch.setattr(workflow, "now", clock.shifting(workflow.now))
    return clock


Open = Callable[[Opening | Resume], Awaitable[WorkflowDesk[Any]]]


@pytest.fixture
def open_case(env: WorkflowEnvironment, record: FakeRecord, worker: Worker, clock: Clock) -> Open:
    """Start a case of any kind and return a desk over it."""
    return lambda opening: start(env.client, opening, clock, record)
