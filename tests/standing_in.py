"""What stands in for the engine and for the follower when the officers' API is tested alone."""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contracts.commands.base import Accepted, Command
from contracts.commands.opening import Opening
from services.officers.desk.engine import Absent, Pending, Unheard


@dataclass
class StandInEngine:
    """Behind the engine's port: answers what the test says, and remembers what was sent."""

    sent: list[Command] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    caught_up: list[tuple[str, str, int]] = field(default_factory=list)
    answers: Callable[[Command], Any] = field(
        default=lambda command: Accepted(case_id=command.target, sequence=1, index=-1)
    )
    """An answer, an exception to raise, or a coroutine of either."""
    opened: Callable[[Opening], Any] = field(default=lambda opening: Pending())
    begun: Callable[[str], Any] = field(default=lambda case_id: None)
    """Nothing when the case lives, or an exception to raise."""
    reached: Callable[[str], bool] = field(default=lambda case_id: True)

    async def send(self, kind: str, command: Command) -> Accepted | Pending | Unheard | Absent:
        """Record the command and answer."""
        self._note(kind, command)
        answer: Accepted | Pending | Unheard | Absent = await _answer(self.answers(command))
        return answer

    async def open(self, kind: str, opening: Opening) -> Pending | Unheard:
        """Record the opening; `opened` may put its first step into the read model."""
        self._note(kind, opening)
        answer: Pending | Unheard = await _answer(self.opened(opening))
        return answer

    async def not_begun(self, kind: str, case_id: str) -> None:
        """Answer for the first step."""
        await _answer(self.begun(case_id))

    async def catch_up(self, kind: str, case_id: str, sequence: int) -> bool:
        """Remember what was asked."""
        self.caught_up.append((kind, case_id, sequence))
        return self.reached(case_id)

    async def check(self) -> None:
        """Always well."""

    def _note(self, kind: str, command: Command) -> None:
        self.sent.append(command)
        self.kinds.append(kind)


async def _answer(answer: Any) -> Any:
    if inspect.isawaitable(answer):
        answer = await answer
    if isinstance(answer, Exception):
        raise answer
    return answer


class Reached:
    """How far the read model is, as a follower tells it."""

    def __init__(self) -> None:
        self.index = -1
        self._moved = asyncio.Event()

    def move(self, index: int) -> None:
        """Everything up to this index is applied."""
        self.index = index
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def wait(self, index: int, seconds: float) -> bool:
        """Whether everything up to this index is applied within the time."""
        try:
            async with asyncio.timeout(seconds):
                while self.index < index:
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True
