"""Eight people at work at once, each with one act in hand."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.chaos.acts import Act, Told, carried_out
from tests.chaos.work import Work

PEOPLE = 8
ABANDONED = 0.035
"""So many acts are given up by their caller, for good."""
SHORTEST, LONGEST = 0.005, 0.15
"""Seconds after which such a caller is gone."""
GO_HOME = 0.5
IDLE_SECONDS = 0.05


@dataclass(frozen=True)
class Hand:
    """An act that somebody has in hand."""

    act: Act
    called_away: asyncio.Event = field(default_factory=asyncio.Event)


class People:
    """Keeps what everybody was told. `over` ends the work: what is in hand then is still asked until answered."""

    def __init__(self, work: Work, chance: Random) -> None:
        self._work = work
        self._chance = chance
        self.over = asyncio.Event()
        self.told: list[Told] = []
        self._in_hand: dict[str, Hand] = {}

    async def work(self) -> None:
        """Until `over`, and everything in hand is answered."""
        async with asyncio.TaskGroup() as group:
            for _ in range(PEOPLE):
                group.create_task(self._one())

    async def quiet(self) -> None:
        """Wait until everything that is in hand now has its answer."""
        waiting = set(self._in_hand)
        while waiting & self._in_hand.keys():
            await asyncio.sleep(IDLE_SECONDS)

    def unanswered(self) -> list[Act]:
        """What has no answer yet."""
        return [hand.act for hand in self._in_hand.values()]

    def leave(self) -> None:
        """The day is over, and every second one goes home without waiting for an answer."""
        self.over.set()
        for hand in self._in_hand.values():
            if self._chance.random() < GO_HOME:
                hand.called_away.set()

    async def _one(self) -> None:
        while not self.over.is_set():
            act = self._work.next()
            if act is None:
                await asyncio.sleep(IDLE_SECONDS)
                continue
            await self._do(act)

    async def _do(self, act: Act) -> None:
        leaves = self._chance.random() < ABANDONED
        hand = self._in_hand[act.key] = Hand(act)
        patience = self._chance.uniform(SHORTEST, LONGEST) if leaves else None
        told = await carried_out(act, patience, hand.called_away)
        del self._in_hand[act.key]
        self.told.append(told)
        self._work.heard(told)
