"""Cases on a real engine, for tests: how one is started, asked, and seen through time."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.commands.every import OPENS
from contracts.commands.opening import CaseOpening, Opening, Resume
from contracts.policy import loader
from contracts.policy.model import Policy
from tests.deciders import DECIDERS
from tests.fakes import FakeRecord
from tests.servers import executable
from tests.updates import send_update
from tests.waiting import PATIENCE
from workflows.procedure.case import State
from workflows.procedure.decider import Decider

S = TypeVar("S", bound=State)


async def time_skipping(**more: Any) -> WorkflowEnvironment:
    """A server whose time passes by itself. On a busy machine it takes longer to start than the library waits."""
    return await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=executable("temporal-test-server"),
        test_server_startup_timeout=timedelta(seconds=PATIENCE),
        **more,
    )


class Clock:
    """Time as the scenario tells it. The server's clock begins today and only moves forward, and the scenarios
    are of another year; so `workflow.now` is shifted by a constant, the same for the whole of a test."""

    def __init__(self, env: WorkflowEnvironment) -> None:
        self._env = env
        self._shift = timedelta(0)

    def shifting(self, real: Callable[[], datetime]) -> Callable[[], datetime]:
        """Stands in for `workflow.now`."""
        return lambda: real() + self._shift

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
    client: Client

    async def send(self, command: Command, other_id: str = "") -> Accepted:
        """Send the command as an update."""
        return await send_update(self.handle, command, other_id)

    async def case(self) -> S:
        """Ask the workflow."""
        return await self.handle.query(names.STATE_QUERY, result_type=self.decider.folding.state)

    async def until(self, instant: datetime) -> None:
        """Let time pass until an instant, and until everything is settled that fell due."""
        await self.clock.until(instant)
        async with asyncio.timeout(PATIENCE):
            while await self._due():
                await self.clock.breathe()

    async def _due(self) -> bool:
        now = await self.clock.now()
        instant = self.decider.next_instant(await self.case(), self.policy, now)
        return instant is not None and instant <= now


async def start(
    client: Client, given: Opening | Resume, clock: Clock, record: FakeRecord
) -> WorkflowDesk[Any]:
    """Start a case of any kind, or take it up from the record; a desk over it, once its first step is recorded."""
    kind = given.kind if isinstance(given, Resume) else OPENS[given.act].value
    handle: WorkflowHandle[object, str] = await client.start_workflow(
        kind,
        given,
        id=f"{names.workflow_id(kind, given.target)}.{uuid.uuid4().hex}",
        task_queue=names.TASK_QUEUE,
        result_type=str,
    )
    policy = loader.released(given.policy)
    desk = WorkflowDesk(policy, given.target, handle, DECIDERS[kind], clock, record, client)
    await recorded(record, given.target)
    return desk


def resumption(opening: CaseOpening) -> Resume:
    """The input that takes a case up from its record alone."""
    return Resume(
        kind=OPENS[opening.act],
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


async def recorded(record: FakeRecord, case_id: str, steps: int = 1, seconds: float = PATIENCE) -> None:
    """Wait until so many steps of a case are on the record."""
    async with asyncio.timeout(seconds):
        while len(record.steps.get(case_id, [])) < steps:
            await asyncio.sleep(0.01)
