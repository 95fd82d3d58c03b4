"""What several ask about one matter at one instant is asked in turn: whoever comes second sees what the first did."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class InTurn:
    """By matter, who is asking: in this process, as far as a case that was begun can be read when it is answered."""

    def __init__(self) -> None:
        """Nobody is asking."""
        self._locks: dict[str, asyncio.Lock] = {}
        self._asking: dict[str, int] = {}

    @asynccontextmanager
    async def of(self, matter: str) -> AsyncIterator[None]:
        """Wait for whoever asks about the same; nobody waits where no `matter` is named."""
        if not matter:
            yield
            return
        lock = self._locks.setdefault(matter, asyncio.Lock())
        self._asking[matter] = self._asking.get(matter, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._asking[matter] -= 1
            if not self._asking[matter]:
                del self._asking[matter], self._locks[matter]
