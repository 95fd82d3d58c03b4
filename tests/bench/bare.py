"""The other side of the decision benchmark: a Temporal workflow with one empty activity per update, nothing else.

Run as a program it is the worker; `BareWorkflow` takes as many updates as it is sent.
"""

import asyncio
import contextlib
import itertools
import sys
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

QUEUE = "bare"


@activity.defn(name="nothing")
async def nothing(number: int) -> int:
    """Do nothing and say so."""
    return number


@workflow.defn(name="bare")
class BareWorkflow:
    """Answers each update after one activity, until it is ended with its server."""

    @workflow.run
    async def run(self) -> None:
        """Live."""
        await workflow.wait_condition(lambda: False)

    @workflow.update(name="decide")
    async def decide(self, number: int) -> int:
        """One update, one activity."""
        return await workflow.execute_activity(nothing, number, start_to_close_timeout=timedelta(seconds=15))


class Bare:
    """Bare workflows that live through the whole run, and their worker."""

    def __init__(self, handles: list[WorkflowHandle[Any, Any]], worker: int) -> None:
        self._handles = itertools.cycle(handles)
        self.worker = worker

    async def decide(self) -> None:
        """One update of the workflow whose turn it is."""
        await next(self._handles).execute_update(BareWorkflow.decide, 1)


@contextlib.asynccontextmanager
async def bare(address: str, cases: int) -> AsyncIterator[Bare]:
    """So many workflows on this server, each warmed by a decision; the worker in a process of its own, as ours is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bare", address, stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the bare worker did not start")
        client = await Client.connect(address)
        handles = [
            await client.start_workflow(BareWorkflow.run, id=f"bare-{uuid.uuid4()}", task_queue=QUEUE)
            for _ in range(cases)
        ]
        side = Bare(handles, process.pid)
        for _ in handles:
            await side.decide()
        yield side
    finally:
        process.kill()
        await process.wait()


async def main(address: str) -> None:
    """Work until killed."""
    client = await Client.connect(address)
    async with Worker(client, task_queue=QUEUE, workflows=[BareWorkflow], activities=[nothing]):
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
