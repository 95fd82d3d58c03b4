"""Callers that decide side by side, and what a round of them took."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.processes import Used, Watched

Call = Callable[[], Awaitable[object]]

TAIL_SECONDS = 0.5
"""What a decision leaves behind, letters first of all, belongs to what it costs."""


@dataclass(frozen=True)
class Round:
    """Decisions per second, each decision's milliseconds, and CPU from the first call until TAIL_SECONDS later."""

    rate: float
    taken: list[float]
    used: Used


async def round_of(calls: Sequence[Call], callers: int, processes: Mapping[str, int]) -> Round:
    """Deal the calls out to the callers, who make theirs one after the other, and watch these processes."""
    taken: list[float] = []

    async def caller(mine: Sequence[Call]) -> None:
        for call in mine:
            begin = time.perf_counter()
            await call()
            taken.append((time.perf_counter() - begin) * 1000)

    watched = Watched(processes)
    begin = time.perf_counter()
    await asyncio.gather(*(caller(calls[number::callers]) for number in range(callers)))
    rate = len(taken) / (time.perf_counter() - begin)
    await asyncio.sleep(TAIL_SECONDS)
    return Round(rate, taken, watched.used())
