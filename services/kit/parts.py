"""The parts of one service, run so that none outlives another."""

import asyncio
from collections.abc import Awaitable


async def run_parts(stop: asyncio.Event, *parts: Awaitable[None]) -> None:
    """Run the parts until each has ended. The first to end, in whatever way, sets `stop` for the others.

    A service that answers readers but has ceased to write would look alive. Raises what a part raised.
    """
    async with asyncio.TaskGroup() as group:
        for part in parts:
            group.create_task(_until(part, stop))


async def _until(part: Awaitable[None], stop: asyncio.Event) -> None:
    try:
        await part
    finally:
        stop.set()
