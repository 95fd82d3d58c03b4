"""What is refused without any work is answered late: told at once, a program would ask again at once, without end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.officers.web.problems import RefusedError

HELD = frozenset({"too-many-attempts", "sign-in-busy", "too-many-refusals", "too-many-requests"})
"""Codes of refusals that cost next to nothing, so that a program may ask for hundreds in a second."""

MOST = 256
"""Answers held back at once: half of the connections that a service takes, so that there is room for everybody else."""


class Holding:
    """Holds answers back. Beyond what is held at once a refusal goes out at once, as it would without."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: how long after it came a request is answered that is refused so."""
        self._seconds = seconds
        self._here = 0

    async def back(self, code: str) -> None:
        """Wait before the refusal of this code is answered, if it is one of those."""
        if code not in HELD or self._here >= MOST:
            return
        self._here += 1
        try:
            await asyncio.sleep(self._seconds)
        finally:
            self._here -= 1

    @asynccontextmanager
    async def late(self) -> AsyncIterator[None]:
        """What is refused within is told late, if it is one of those."""
        try:
            yield
        except RefusedError as refusal:
            await self.back(refusal.code)
            raise
