"""Many calls, a few at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

AT_ONCE = 8
"""Calls in flight: enough to keep two cores busy, few enough not to starve the officers' acts."""

T = TypeVar("T")
R = TypeVar("R")


async def each(items: Iterable[T], call: Callable[[T], Awaitable[R]]) -> list[R]:
    """The results, in order. The first failure ends the other calls and is raised."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> R:
        async with gate:
            return await call(item)

    try:
        async with asyncio.TaskGroup() as group:
            calls = [group.create_task(one(item)) for item in items]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [call.result() for call in calls]
