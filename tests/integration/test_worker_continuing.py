"""Many ask at the instant of carrying over into a new run: nobody is lost, and nothing is done twice (D13).

On the time-skipping server the same case hangs: it tells the worker UNHANDLED_COMMAND when an update arrives beside
continue-as-new, and afterwards hands out a history in which that update's machine finds an invalid transition. A real
server gives such an update back to whoever asked, who asks the next run; so this is tried on a real server only.
"""

import asyncio

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.commands.case import ClaimTask, ReleaseTask
from services.worker.catalogue import WORKFLOWS
from tests.asking import opening, somebody
from tests.engine import Clock, start
from tests.fakes import FakeCases, FakeRecord, activities
from tests.long_lives import PatientDesk, run_lengths
from tests.office import Office
from tests.servers import TemporalServer
from tests.waiting import UNHURRIED
from workflows import options
from workflows.kinds.nomination.case import Nomination

TURNS = 4


async def test_what_many_ask_while_a_case_is_carried_over_is_done_once(
    temporal_server: TemporalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "CONTINUE_AFTER", 60)
    client = await Client.connect(temporal_server.address, data_converter=pydantic_data_converter)
    record = FakeRecord()
    async with Worker(
        client,
        task_queue=names.TASK_QUEUE,
        workflows=list(WORKFLOWS),
        activities=activities(record, FakeCases()),
        debug_mode=UNHURRIED,
    ):
        clock = Clock(WorkflowEnvironment.from_client(client))
        desk: PatientDesk[Nomination] = PatientDesk.over(await start(client, opening(), clock, record))
        office = Office(desk)
        await office.screened()
        tasks = {task.unit: task.id for task in (await desk.case()).open_tasks("reply")}

        async def busy(unit: str, task: str) -> None:
            officer = somebody("DEPT_OFFICER", f"p-{unit}", unit)
            for _ in range(TURNS):
                await office.asks(ClaimTask, officer, task_id=task)
                await office.asks(ReleaseTask, officer, task_id=task)

        async with asyncio.timeout(240):
            await asyncio.gather(*(busy(unit, task) for unit, task in tasks.items()))
        taken = [len(record.of(kind)) for kind in ("task-claimed", "task-released")]
        assert taken == [TURNS * len(tasks)] * 2
        assert len(await run_lengths(desk)) > 2, "it was carried over while they asked"
        await desk.handle.terminate("the test is over")
