"""Hands are bounded and given to the most urgent; none is lost when somebody gives up waiting."""

import asyncio

from services.ctl.demo.turns import Turns
from tests.waiting import PATIENCE


async def test_the_most_urgent_of_those_who_wait_is_next() -> None:
    turns, order = Turns(1), []

    async def act(urgency: str) -> None:
        async with turns.turn(urgency):
            order.append(urgency)
            await asyncio.sleep(0)

    await asyncio.gather(*(act(urgency) for urgency in ("b", "d", "c", "a")))
    assert order == ["b", "a", "c", "d"]


async def test_no_more_than_the_hands_are_busy_at_once() -> None:
    turns, busy, most = Turns(3), 0, 0

    async def act() -> None:
        nonlocal busy, most
        async with turns.turn(""):
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0.001)
            busy -= 1

    await asyncio.gather(*(act() for _ in range(20)))
    assert most == 3


async def test_a_hand_is_not_lost_when_somebody_gives_up_waiting() -> None:
    turns = Turns(1)
    release = asyncio.Event()

    async def hold() -> None:
        async with turns.turn("a"):
            await release.wait()

    async def wait() -> None:
        async with turns.turn("b"):
            pass

    holder = asyncio.create_task(hold())
    await asyncio.sleep(0)
    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    release.set()
    await holder
    waiting.cancel()  # its turn has just come
    await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(PATIENCE):
        await wait()
