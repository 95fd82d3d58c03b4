"""`make bench`: every benchmark, each with its other side in the same run, and a line per target at the end.

A target that is missed is printed, not failed: on a machine that is busy with other work, measure again.

    PYTHONPATH=. python tests/bench/run.py [decisions guarding record pages console start]
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop

from services.kit.process import end
from tests.bench import console, decisions, guarding, pages, record, start
from tests.bench.saying import Verdict

EVERY: dict[str, Callable[[list[str]], Awaitable[list[Verdict]]]] = {
    "decisions": decisions.main,
    "guarding": guarding.main,
    "record": record.main,
    "pages": pages.main,
    "console": console.main,
    "start": start.main,
}


async def main(chosen: list[str]) -> int:
    """Run those that are named, or all. Fails only when one cannot be measured."""
    verdicts = [verdict for name in chosen or EVERY for verdict in await EVERY[name]([])]
    print("\n" + "\n".join(verdict.line() for verdict in verdicts))
    return 0


if __name__ == "__main__":
    if unknown := [name for name in sys.argv[1:] if name not in EVERY]:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(EVERY)}")
    # The loop of our services, so that the callers cost little.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        end(runner.run(main(sys.argv[1:])))
