"""Lives of many years on a time-skipping engine: whoever asks is patient, and the runs are counted afterwards."""

import asyncio
from dataclasses import dataclass
from typing import Generic, TypeVar

from temporalio.client import WorkflowHandle, WorkflowUpdateRPCTimeoutOrCancelledError

from contracts.commands.base import Accepted, Command
from contracts.refusals import RefusalCode
from tests.desks import RefusedError
from tests.engine import WorkflowDesk
from tests.updates import send_update
from workflows.procedure.case import State

ANSWER_SECONDS = 5.0
"""After which a command is asked again."""

PAUSE_SECONDS = 0.5
"""Before it is asked again: a run cannot end while something new arrives in each of its tasks."""

S = TypeVar("S", bound=State)


@dataclass
class PatientDesk(WorkflowDesk[S], Generic[S]):
    """Asks again, under the same key, while the case is being carried over to its next run, as the API does.

    What arrives in the instant of the carrying over may be answered by nobody: then it is asked again as well.
    """

    asked: int = 0
    again: int = 0
    """How often it was asked, all commands together."""

    @classmethod
    def over(cls, desk: WorkflowDesk[S]) -> "PatientDesk[S]":
        """Over a case that is running."""
        return cls(**vars(desk))

    async def send(self, command: Command, other_id: str = "") -> Accepted:
        """Send the command until it is answered."""
        self.asked += 1
        while True:
            self.again += 1
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    return await send_update(
                        self.handle, command, other_id or f"{command.command_id}.{self.again}"
                    )
            except RefusedError as error:
                if error.code != RefusalCode.TRY_AGAIN:
                    raise
            except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
                continue
            await asyncio.sleep(PAUSE_SECONDS)


async def run_lengths(desk: WorkflowDesk[S]) -> list[int]:
    """How many history events each run of the case has, the first run first."""
    found: list[int] = []
    run: str | None = desk.handle.first_execution_run_id
    while run:
        handle: WorkflowHandle[object, str] = desk.client.get_workflow_handle(desk.handle.id, run_id=run)
        history = await handle.fetch_history()
        found.append(len(history.events))
        last = history.events[-1]
        continued = last.HasField("workflow_execution_continued_as_new_event_attributes")
        run = (
            last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id
            if continued
            else None
        )
    return found
