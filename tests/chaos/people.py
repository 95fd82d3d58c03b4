"""Eight people at work at once, each with one act in hand."""

import asyncio
from random import Random

from tests.chaos.acts import Act, Told, carried_out
from tests.chaos.work import Work

PEOPLE = 8
ABANDONED = 0.035
"""So many acts are given up by their caller, for good."""
SHORTEST, LONGEST = 0.005, 0.15
"""Seconds after which such a caller is gone."""
IDLE_SECONDS = 0.05


class People:
    """Keeps what everybody was told. `over` ends the work: what is in hand then is still asked until answered."""

    def __init__(self, work: Work, chance: Random) -> None:
        self._work = work
        self._chance = chance
        self.over = asyncio.Event()
        self.told: list[Told] = []
        self.in_hand: list[Act] = []
        """What has no answer yet."""

    async def work(self) -> None:
        """Until `over`, and everything in hand is answered."""
        async with asyncio.TaskGroup() as group:
            for _ in range(PEOPLE):
                group.create_task(self._one())

    async def quiet(self) -> None:
        """Wait until everything that is in hand now has its answer."""
        waiting = list(self.in_hand)
        while any(act in self.in_hand for act in waiting):
            await asyncio.sleep(IDLE_SECONDS)

    async def _one(self) -> None:
        while not self.over.is_set():
            act = self._work.next()
            if act is None:
                await asyncio.sleep(IDLE_SECONDS)
                continue
            await self._do(act)

    async def _do(self, act: Act) -> None:
        leaves = self._chance.random() < ABANDONED
        self.in_hand.append(act)
        told = await carried_out(act, self._chance.uniform(SHORTEST, LONGEST) if leaves else None)
        self.in_hand.remove(act)
        self.told.append(told)
        self._work.heard(told)
