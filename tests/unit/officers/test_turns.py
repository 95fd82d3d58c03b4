"""Hashing in turns: a flood waits for itself, and honest people not for it. Counted in turns, not in seconds."""

import asyncio
import contextlib

from services.officers.identity.signin.turns import AT_ONCE, DOUBTED_AT_ONCE, DOUBTED_WAITING, Turns
from services.officers.web.problems import RefusedError

ATTACKERS = 40


class Work:
    """Slow work that ends when the test says so; it keeps count of who is at it."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.running: list[str] = []
        self.refused: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}

    async def by(self, who: str, *, doubted: bool) -> None:
        """One piece of work."""
        try:
            async with self._turns.turn(doubted=doubted):
                self.running.append(who)
                await self._ends.setdefault(who, asyncio.Event()).wait()
                self.running.remove(who)
        except RefusedError as refusal:
            if refusal.code == "sign-in-busy" and int(refusal.headers["Retry-After"]) > 0:
                self.refused.append(who)

    async def end(self, who: str) -> None:
        """Let it end, and whoever is next begin."""
        self._ends[who].set()
        await settled()


async def settled() -> None:
    """Until everybody who can go on has gone on."""
    for _ in range(2 * ATTACKERS):
        await asyncio.sleep(0)


async def flooded() -> tuple[Work, list[asyncio.Task[None]]]:
    """Attackers who all ask at once."""
    work = Work(Turns())
    asked = [asyncio.create_task(work.by(f"attacker {n}", doubted=True)) for n in range(ATTACKERS)]
    await settled()
    return work, asked


async def ended(asked: list[asyncio.Task[None]]) -> None:
    """Nobody left behind."""
    for one in asked:
        one.cancel()
    for one in asked:
        with contextlib.suppress(asyncio.CancelledError):
            await one


async def test_a_flood_has_one_place_and_a_short_queue() -> None:
    work, asked = await flooded()
    assert len(work.running) == DOUBTED_AT_ONCE
    assert len(work.refused) == ATTACKERS - DOUBTED_AT_ONCE - DOUBTED_WAITING
    await ended(asked)


async def test_honest_people_begin_at_once_whatever_the_flood() -> None:
    work, asked = await flooded()
    honest = [f"honest {number}" for number in range(AT_ONCE - DOUBTED_AT_ONCE)]
    asked += [asyncio.create_task(work.by(who, doubted=False)) for who in honest]
    await settled()
    assert set(honest) <= set(work.running)
    await ended(asked)


async def test_an_honest_person_waits_for_one_turn_at_most_while_three_others_are_at_it() -> None:
    work, asked = await flooded()
    others = [f"other {number}" for number in range(AT_ONCE - DOUBTED_AT_ONCE)]
    asked += [asyncio.create_task(work.by(who, doubted=False)) for who in others]
    await settled()
    asked.append(asyncio.create_task(work.by("late", doubted=False)))
    await settled()
    assert "late" not in work.running
    # Whoever ends first, the next place is not a further attacker's before it is the honest person's.
    await work.end(work.running[0])
    assert "late" in work.running
    await ended(asked)


async def test_too_many_honest_people_are_told_when_to_come_again() -> None:
    work = Work(Turns(at_once=1, waiting=2))
    asked = [asyncio.create_task(work.by(f"honest {n}", doubted=False)) for n in range(5)]
    await settled()
    assert (len(work.running), len(work.refused)) == (1, 2)
    for who in ("honest 0", "honest 1", "honest 2"):
        assert work.running == [who]
        await work.end(who)
    assert work.running == []
    await ended(asked)


async def test_places_are_free_again_after_those_who_went_away() -> None:
    work, asked = await flooded()
    await ended(asked)
    again = [asyncio.create_task(work.by("one more", doubted=True))]
    await settled()
    assert work.running[-1] == "one more"
    await ended(again)
