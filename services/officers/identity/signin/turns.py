"""Slow work in turns: few at once, few waiting, and whoever is in doubt behind everybody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from services.officers.web.problems import RefusedError

AT_ONCE = 4
"""Passwords hashed at the same time: each takes 19 MiB and a processor."""

DOUBTED_AT_ONCE = 1
"""Of these, for those in doubt: however many they are, three places are never theirs."""

WAITING, DOUBTED_WAITING = 64, 8
"""Who may wait. Beyond it nobody is kept waiting for an answer that comes too late: 503, and when to come again."""

COME_AGAIN = "2"
"""Seconds."""


class Turns:
    """Places for slow work, in the order of coming within each of two lanes."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, doubted_waiting: int = DOUBTED_WAITING
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._doubted_places = asyncio.Semaphore(DOUBTED_AT_ONCE)
        self._most = {False: at_once + waiting, True: DOUBTED_AT_ONCE + doubted_waiting}
        self._here = {False: 0, True: 0}

    @asynccontextmanager
    async def turn(self, *, doubted: bool = False) -> AsyncIterator[None]:
        """One's turn. RefusedError `sign-in-busy` at once when too many of the same lane are here already."""
        if self._here[doubted] >= self._most[doubted]:
            raise RefusedError("sign-in-busy", headers={"Retry-After": COME_AGAIN})
        self._here[doubted] += 1
        try:
            async with AsyncExitStack() as held:
                if doubted:
                    await held.enter_async_context(self._doubted_places)
                await held.enter_async_context(self._places)
                yield
        finally:
            self._here[doubted] -= 1
