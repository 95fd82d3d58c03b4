"""Kills processes with SIGKILL at random instants; the supervisor brings them back."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

VICTIMS = {"worker": 4, "registry": 4, "nats": 4, "temporal": 4, "officers": 1, "notices": 1}
"""Each with its weight."""
SHORTEST, LONGEST = 0.1, 2.5
"""Seconds between two kills, or between everything being up again and the next."""
LONGEST_BLOW = 0.1
AT_ONCE = 0.3
"""After so many kills the next does not wait until everything is up again."""


class Killer:
    """Knows who is down from what the supervisor says."""

    def __init__(self, run: Path, chance: Random) -> None:
        """`run` holds a file with the process id of each."""
        self._run = run
        self._chance = chance
        self._down: set[str] = set()
        self._news = asyncio.Event()
        self.kills: Counter[str] = Counter()

    def hear(self, line: str) -> None:
        """The supervisor says something."""
        name, _, what = line.partition(" ")
        if what == "is ready again":
            self._down.discard(name)
        if what.startswith("ended with"):
            self._down.add(name)
        news, self._news = self._news, asyncio.Event()
        news.set()

    @property
    def count(self) -> int:
        """Kills so far."""
        return self.kills.total()

    async def storm(self, kills: int, seconds: float) -> None:
        """So many kills, as long as there is time."""
        until = time.monotonic() + seconds
        while self.count < kills and time.monotonic() < until:
            if self._chance.random() >= AT_ONCE:
                await self.whole()
            await asyncio.sleep(self._chance.uniform(SHORTEST, LONGEST))
            self.kill(self._chance.choices(list(VICTIMS), list(VICTIMS.values()))[0])
        await self.whole()

    async def last_blow(self) -> None:
        """Engine, worker and API at once: what the record took a moment ago, its case may not know yet."""
        await asyncio.sleep(self._chance.uniform(0, LONGEST_BLOW))
        for name in ("temporal", "worker", "officers"):
            self.kill(name)
        await self.whole()

    async def one_by_one(self, kills: int, seconds: float, quiet: Callable[[], Awaitable[None]]) -> None:
        """The same one at a time, with quiet before each."""
        until, turn = time.monotonic() + seconds, 0
        while self.count < kills and time.monotonic() < until:
            await self.whole()
            await quiet()
            await asyncio.sleep(self._chance.uniform(SHORTEST, LONGEST))
            turn += self.kill(list(VICTIMS)[turn % len(VICTIMS)])
        await self.whole()

    async def whole(self) -> None:
        """Wait until everything is up."""
        while self._down:
            await self._news.wait()

    def kill(self, name: str) -> bool:
        """Kill it, if it runs."""
        file = self._run / f"{name}.pid"
        try:
            os.kill(int(file.read_text()), signal.SIGKILL)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return False
        self._down.add(name)
        self.kills[name] += 1
        return True
