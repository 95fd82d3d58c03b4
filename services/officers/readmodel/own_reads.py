"""Reading what one wrote: whoever acts is answered when the read model shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

GATHER_SECONDS = 0.06
"""How long entries are gathered while several people wait: one unit then serves them all."""


class Reached(Protocol):
    """Tells how far the read model is."""

    async def wait(self, index: int, seconds: float) -> bool:
        """Whether everything up to this index of the record is applied within the time."""
        ...


class UnderWay:
    """How many writes are under way in this process, so that one alone is not made to wait for others."""

    def __init__(self) -> None:
        self._writes = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """A write, until it is answered."""
        self._writes += 1
        try:
            yield
        finally:
            self._writes -= 1

    def linger(self) -> float:
        """Seconds for which the follower gathers entries before it applies them."""
        return 0.0 if self._writes == 1 else GATHER_SECONDS
