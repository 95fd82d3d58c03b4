"""How fast people can decide, against a bare Temporal workflow with the same number of updates and activities.

One side goes through the whole path: HTTP, the officers' API, update, rules, settled on the record, read model. The
other sends updates to a workflow whose handler runs one empty activity. Both use the same Temporal server, the same
number of workflows and of callers at once, in turns, in one run. Our services run apart, as they do in production.
A third side is the whole path once more, in a system whose worker runs workflows without the sandbox.

With one caller at a time it is the latency that decides, with many the CPU: both are measured, and CPU milliseconds per
decision of every process tell where it goes.

    PYTHONPATH=. python tests/bench/decisions.py [--cases 48] [--callers 1,12] [--rounds 6] [--with-sandbox-only]
"""

import argparse
import asyncio
import os
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from services.kit.process import end
from tests.bench.bare import Bare, bare
from tests.bench.consultation import Consultation, consultation
from tests.bench.load import Call, Round, round_of
from tests.bench.saying import Verdict, percentile, ratio, spread

TARGETS = {1: 1.1, 12: 1.0}
"""The least part of the bare side's rate, by callers at once (architecture, section 5)."""
WITHOUT = {"worker": ("tests.bench.worker_without_sandbox",)}
WARMING = 12


@dataclass
class Side:
    """One side of the comparison and the rounds that it has done."""

    name: str
    calls: Callable[[int], list[Call]]
    processes: Mapping[str, int]
    rounds: list[Round] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        """Decisions per second, round by round."""
        return [one.rate for one in self.rounds]

    def said(self) -> str:
        """Rate, latencies and CPU, for people."""
        taken = [each for one in self.rounds for each in one.taken]
        used = {
            name: 1000 * sum(one.used.cpu[name] for one in self.rounds) / len(taken)
            for name in self.processes
        }
        foreign = sum(one.used.foreign for one in self.rounds) / sum(one.used.seconds for one in self.rounds)
        cpu = ", ".join(f"{name} {value:.1f}" for name, value in used.items() if value >= 0.05)
        return (
            f"    {self.name}: {spread(self.rates, '.1f')} /s, p50 {statistics.median(taken):.0f} ms, "
            f"p99 {percentile(taken, 0.99):.0f} ms\n"
            f"      CPU ms a decision: {cpu}; sum {sum(used.values()):.1f}; others' load {foreign:.2f} cores"
        )


def _bare_side(side: Bare, path: Consultation) -> Side:
    used = {"temporal": path.processes["temporal"], "bare worker": side.worker, "caller": os.getpid()}
    return Side("bare workflow, one empty activity", lambda count: [side.decide] * count, used)


def path_side(name: str, path: Consultation) -> Side:
    """A side that goes the whole way."""
    return Side(name, path.take, {**path.processes, "caller": os.getpid()})


async def compare(sides: Sequence[Side], callers: int, count: int, rounds: int) -> None:
    """The sides in turns, so many decisions each a round; who goes first changes with the round."""
    # The connections of so many callers, and whatever else is made once.
    for side in sides:
        await round_of(side.calls(WARMING), callers, side.processes)
        side.rounds.clear()
    for number in range(rounds):
        first = number % len(sides)
        for side in (*sides[first:], *sides[:first]):
            side.rounds.append(await round_of(side.calls(count), callers, side.processes))


async def measure(cases: int, loads: Sequence[int], rounds: int, *, without: bool) -> list[Verdict]:
    """Print every side under each load, given as callers at once; the verdicts on the whole path."""
    verdicts = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = await stack.enter_async_context(consultation(folder / "path", cases))
        sides = [path_side("whole path, API to read model", path)]
        if without:
            other = await stack.enter_async_context(consultation(folder / "without", cases, WITHOUT))
            sides.append(path_side("the same, workflows without the sandbox", other))
        sides.insert(0, _bare_side(await stack.enter_async_context(bare(path.temporal, cases)), path))
        count = (path.left - WARMING * len(loads)) // (rounds * len(loads))
        print(f"decisions: {cases} cases, {count} decisions a round, {rounds} rounds")
        for callers in loads:
            await compare(sides, callers, count, rounds)
            verdicts.append(_verdict(sides, callers))
    return verdicts


def _verdict(sides: Sequence[Side], callers: int) -> Verdict:
    """Print the sides; what they come to."""
    print(f"  {callers} at once")
    bare_side, path, *others = sides
    for side in sides:
        print(side.said())
    for side in (path, *others):
        each = [one / other for one, other in zip(side.rates, bare_side.rates, strict=True)]
        print(f"    ratio to the bare workflow: {spread(each)}, {side.name}")
    what = f"decisions, {callers} at once, beside a bare workflow"
    verdict = Verdict(what, ratio(path.rates, bare_side.rates), TARGETS.get(callers, 1.0))
    print(f"    {verdict.line()}")
    for side in sides:
        side.rounds.clear()
    return verdict


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=48)
    parser.add_argument("--callers", default="1,12", help="callers at once, one load after the other")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--with-sandbox-only", action="store_true", help="leave the third side out")
    options = parser.parse_args(arguments)
    loads = [int(one) for one in options.callers.split(",")]
    return await measure(options.cases, loads, options.rounds, without=not options.with_sandbox_only)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        end(0 if all(one.reached for one in runner.run(main())) else 1)
