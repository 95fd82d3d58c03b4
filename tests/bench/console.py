"""What people wait for at the console: pages with 1,000 and with 100,000 cases, workbooks, papers.

Twelve people, each with a session and an address of their own, look at one page after another, each about a second
after the one before came. Both sides run through the same minutes in turns: an API over stored cases and a console
before it, both real processes asked by HTTP. Letters come from a stand-in for the notices. On a busy machine compare
what a page costs in CPU.

    PYTHONPATH=. python -m tests.bench.console [--cases 1000,100000] [--seconds 20] [--rounds 4] [--pause 1]
"""

import argparse
import asyncio
import random
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from tests.bench import papers, workbooks
from tests.bench.crowd import Side, side
from tests.bench.saying import Verdict, percentile

RATIO, MILLISECONDS = 1.3, 150.0
"""The most that pages may take: times those with few cases, and in themselves (the console's specification, row 1)."""


async def measure(sizes: tuple[int, int], rounds: int, seconds: float, pause: float) -> list[Verdict]:
    """Print every page of both sides; the verdicts on the page that suffers most, and on the slowest."""
    chance = random.Random(7)
    async with AsyncExitStack() as stack:
        sides = []
        for size in sizes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            sides.append(await stack.enter_async_context(side(folder, size)))
        for one in sides:
            await one.looked(2 * seconds / rounds, pause, chance)
            one.forget()
        for number in range(rounds):
            for one in sides[:: 1 if number % 2 else -1]:
                await one.looked(seconds, pause, chance)
    return _verdicts(sides, sizes)


def _verdicts(sides: Sequence[Side], sizes: tuple[int, int]) -> list[Verdict]:
    few, many = (one.taken for one in sides)
    print(f"console, 12 people at once: p50 / p99 with {sizes[0]:,} and with {sizes[1]:,} cases")
    for page in sorted(few.keys() & many.keys()):
        (p50, p99), (m50, m99) = (_both(one[page]) for one in (few, many))
        rows, times = ([of[page] for of in each] for each in _of(sides))
        print(
            f"  {page:<24}{p50:7.1f} / {p99:6.1f} ms{m50:9.1f} / {m99:6.1f} ms   x {m50 / p50:.2f} / {m99 / p99:.2f}"
            f"   {rows[0]} and {rows[1]} rows, {times[0]} and {times[1]} times"
        )
    (p50, p99), (m50, m99) = (
        _both([each for one in taken.values() for each in one]) for taken in (few, many)
    )
    print(f"  {'all of them':<24}{p50:7.1f} / {p99:6.1f} ms{m50:9.1f} / {m99:6.1f} ms")
    for one, size in zip(sides, sizes, strict=True):
        print(f"  {size:,} cases: {one.cost()}")
    return [
        Verdict("console, p50 of all pages beside that of few cases", m50 / p50, RATIO, least=False),
        Verdict("console, p99 of all pages with many cases", m99, MILLISECONDS, least=False, unit=" ms"),
    ]


def _both(taken: Sequence[float]) -> tuple[float, float]:
    return statistics.median(taken), percentile(taken, 0.99)


def _of(sides: Sequence[Side]) -> tuple[list[dict[str, int]], list[dict[str, int]]]:
    """The rows of each side's pages, and how often each was looked at."""
    return [one.rows for one in sides], [
        {page: len(taken) for page, taken in one.taken.items()} for one in sides
    ]


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Measure and print pages, workbooks and papers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", default="1000,100000")
    parser.add_argument("--seconds", type=float, default=20, help="of a round, on each side")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--pause", type=float, default=1, help="seconds that somebody looks at a page")
    options = parser.parse_args(arguments)
    small, large = (int(one) for one in options.cases.split(","))
    verdicts = await measure((small, large), options.rounds, options.seconds, options.pause)
    verdicts += [*workbooks.measure(), *papers.measure()]
    print("\n".join(f"  {one.line()}" for one in verdicts))
    return verdicts


if __name__ == "__main__":
    asyncio.run(main())
