"""A bounded number of hands, given out by urgency: whoever's deadline is nearest acts next."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """At most `hands` bodies run at once; of those that wait the one with the smallest `urgency` is next."""

    def __init__(self, hands: int) -> None:
        self._free = hands
        self._arrived = 0
        self._waiting: list[tuple[str, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def turn(self, urgency: str) -> AsyncIterator[None]:
        """Run the body when it is our turn."""
        if self._free:
            self._free -= 1
        else:
            await self._queue(urgency)
        try:
            yield
        finally:
            self._pass_on()

    async def _queue(self, urgency: str) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived += 1
        heapq.heappush(self._waiting, (urgency, self._arrived, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()  # our turn had come in the same moment: the next one takes it
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
