"""The port to the workflows: what the API asks of the engine, without saying which engine it is."""

from dataclasses import dataclass
from typing import Protocol

from contracts.commands.base import Accepted, Command
from contracts.commands.batch import OpenBatch


@dataclass(frozen=True)
class Pending:
    """Accepted by the workflow and not yet on the record: ask again."""

    command_id: str


class Engine(Protocol):
    """Sends commands to workflows. Every method raises RefusedError: a rule's refusal, or `engine-unavailable`."""

    async def send(self, workflow_id: str, command: Command) -> Accepted | Pending:
        """Ask the workflow to act. Sending the same command again asks for the same answer."""
        ...

    async def open_batch(self, command: OpenBatch) -> None:
        """Start the batch's workflow; one that was started by the same command before is left alone."""
        ...

    async def check(self) -> None:
        """Raise when the engine does not answer."""
        ...
