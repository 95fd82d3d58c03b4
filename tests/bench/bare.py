"""The other side of the decision benchmark: a Temporal workflow with one empty activity per update, nothing else.

Run as a program it is the worker; `BareWorkflow` takes as many updates as it is sent.
"""

import asyncio
import sys
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

QUEUE = "bare"


@activity.defn(name="nothing")
async def nothing(number: int) -> int:
    """Do nothing and say so."""
    return number


@workflow.defn(name="bare")
class BareWorkflow:
    """Answers each update after one activity."""

    def __init__(self) -> None:
        self._ended = False

    @workflow.run
    async def run(self) -> None:
        """Live until told to end."""
        await workflow.wait_condition(lambda: self._ended)

    @workflow.update(name="decide")
    async def decide(self, number: int) -> int:
        """One update, one activity."""
        return await workflow.execute_activity(nothing, number, start_to_close_timeout=timedelta(seconds=15))

    @workflow.signal
    def end(self) -> None:
        """End the run."""
        self._ended = True


async def main(address: str) -> None:
    """Work until killed."""
    client = await Client.connect(address)
    async with Worker(client, task_queue=QUEUE, workflows=[BareWorkflow], activities=[nothing]):
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
