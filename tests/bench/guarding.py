"""What sealing, signing and checking cost: decisions per second with and without, in turns, in one run.

Both sides go the whole way: HTTP, the officers' API, update, rules, settled on the record, read model. One is as it is;
in the other no service encrypts, signs or checks a signature (`tests/bench/unguarded.py`).

    PYTHONPATH=. python tests/bench/guarding.py [--cases 24] [--callers 1,12] [--rounds 6]
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import uvloop

from services.ctl.environment import ON_THE_BROKER
from services.kit.process import end
from tests.bench.consultation import consultation
from tests.bench.decisions import WARMING, compare, path_side
from tests.bench.saying import Verdict, ratio, spread

WITHOUT = {name: ("tests.bench.unguarded", name) for name in ON_THE_BROKER}
LEAST = 0.8
"""The least part of the unguarded rate that is wanted."""


async def measure(cases: int, loads: Sequence[int], rounds: int) -> list[Verdict]:
    """Print both sides under each load, given as callers at once; what guarding leaves of the rate."""
    verdicts = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with_it = await stack.enter_async_context(consultation(folder / "with", cases))
        without = await stack.enter_async_context(consultation(folder / "without", cases, WITHOUT))
        sides = [
            path_side("sealed, signed and checked", with_it),
            path_side("neither sealed nor signed nor checked", without),
        ]
        count = (with_it.left - WARMING * len(loads)) // (rounds * len(loads))
        print(f"guarding: {cases} cases, {count} decisions a round, {rounds} rounds")
        for callers in loads:
            await compare(sides, callers, count, rounds)
            print(f"  {callers} at once")
            guarded, bare = sides
            for side in sides:
                print(side.said())
            each = [one / other for one, other in zip(guarded.rates, bare.rates, strict=True)]
            print(f"    ratio: {spread(each)}")
            what = f"decisions, {callers} at once, sealed, signed and checked, beside without"
            verdicts.append(Verdict(what, ratio(guarded.rates, bare.rates), LEAST))
            print(f"    {verdicts[-1].line()}")
            for side in sides:
                side.rounds.clear()
    return verdicts


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--callers", default="1,12", help="callers at once, one load after the other")
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args(arguments)
    return await measure(options.cases, [int(one) for one in options.callers.split(",")], options.rounds)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        end(0 if all(one.reached for one in runner.run(main())) else 1)
