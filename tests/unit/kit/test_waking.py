"""Who waits for something to do is woken once for each call, and for good when the service stops."""

import asyncio

from services.kit.waking import Waker, pause
from tests.waiting import PATIENCE


async def test_a_call_that_came_before_wakes_once() -> None:
    waker = Waker()
    waker.call()
    assert await waker.wait()
    assert not await waker.wait(0.01)


async def test_after_the_stop_every_wait_ends_at_once() -> None:
    waker, stop = Waker(), asyncio.Event()
    with waker.until(stop):
        assert not await waker.wait(0.01)
        stop.set()
        async with asyncio.timeout(PATIENCE):
            assert await waker.wait()
            assert await waker.wait()


async def test_a_pause_ends_when_the_service_stops() -> None:
    stop = asyncio.Event()
    await pause(stop, 0.01)
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await pause(stop, 600)
