"""The port to the workflows: what the API asks of the engine, without saying which engine it is."""

from dataclasses import dataclass
from typing import Protocol

from contracts.commands.base import Accepted, Command
from contracts.commands.opening import Opening


@dataclass(frozen=True)
class Pending:
    """The workflow took the command up, and it is not on the record yet: ask again."""


@dataclass(frozen=True)
class Unheard:
    """Nobody said whether the workflow took the command up; it may yet take effect: ask again."""


@dataclass(frozen=True)
class Absent:
    """No workflow of the case runs: the case is over, or the engine was lost and it waits to be taken up again."""


class Engine(Protocol):
    """Sends commands to workflows. Raises RefusedError: a rule's refusal, or `engine-unavailable`: nothing was sent."""

    async def send(self, kind: str, command: Command) -> Accepted | Pending | Unheard | Absent:
        """Ask the case that is the command's target. Sending the same command again asks for the same answer."""
        ...

    async def open(self, kind: str, opening: Opening) -> Pending | Unheard:
        """Begin the case that is the opening's target; one that began is left alone. The record tells the rest."""
        ...

    async def not_begun(self, kind: str, case_id: str) -> None:
        """Wait as long as the case lives. Raises RefusedError when the rules refused its first step."""
        ...

    async def catch_up(self, kind: str, case_id: str, sequence: int) -> bool:
        """Have the case take over what is on the record up to there. Whether it has; if not, ask again."""
        ...

    async def check(self) -> None:
        """Raise when the engine does not answer."""
        ...

    async def check_worker(self) -> None:
        """Raise when nobody takes the engine's work: acts would be sent and never decided."""
        ...
