"""How a part of a service waits: for its next turn or for something to do, and never longer than the service runs."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


class Waker:
    """Wakes the one that waits. A call that comes while it works is not lost: it wakes at the next wait."""

    def __init__(self) -> None:
        """Nobody has called yet."""
        self._called = asyncio.Event()
        self._stopped = False

    def call(self) -> None:
        """There is something to do."""
        self._called.set()

    async def wait(self, seconds: float | None = None) -> bool:
        """Whether somebody called, within this time if one is told. After the stop every wait ends at once."""
        try:
            async with asyncio.timeout(seconds):
                await self._called.wait()
        except TimeoutError:
            return False
        if not self._stopped:
            self._called.clear()
        return True

    @contextmanager
    def until(self, stop: asyncio.Event) -> Iterator[None]:
        """While this lasts, `stop` calls as well."""
        calling = asyncio.create_task(self._call_at(stop))
        try:
            yield
        finally:
            calling.cancel()

    async def _call_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stopped = True
        self.call()
