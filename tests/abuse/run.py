"""`make abuse`: how long honest requests take while others attack, beside how long they take in peace.

Rounds of both sides in turns, in one run on one machine. A ratio over the target is printed, not failed.

    PYTHONPATH=. python -m tests.abuse.run [--requests 100] [--rounds 5] [--attacks half,workbook]
"""

import argparse
import asyncio
import statistics
import tempfile
from pathlib import Path

from tests.abuse.attacks import NAMES
from tests.abuse.house import House, Round, house
from tests.bench.saying import Verdict, percentile, ratio

TARGET = 2.0
"""Times what they take in peace (issue: keeping abuse out)."""


async def compare(place: House, name: str, requests: int, rounds: int) -> Verdict:
    """Measure one attack, say what it did, and hold it against the target."""
    peace: list[Round] = []
    attack: list[Round] = []
    for _ in range(rounds):
        peace.append(await place.honest(requests))
        async with place.attacked(name):
            attack.append(await place.honest(requests))
        await asyncio.sleep(1)
    for called, side in (("in peace", peace), ("attacked", attack)):
        taken = [each for one in side for each in one.taken]
        print(
            f"  {name}, {called}: p50 {statistics.median(taken):.1f} ms, p95 {percentile(taken, 0.95):.1f} ms, "
            f"API {statistics.median(one.cores for one in side):.2f} cores, "
            f"{max(one.memory for one in side):.0f} MiB, {max(one.sockets for one in side)} descriptors, "
            f"answers {sorted(set().union(*(one.statuses for one in side)))}"
        )
    middle = [[statistics.median(one.taken) for one in side] for side in (attack, peace)]
    return Verdict(f"honest requests under `{name}`", ratio(*middle), TARGET, least=False, unit=" x")


async def main(requests: int, rounds: int, attacks: list[str]) -> None:
    """Every attack after the other on one system."""
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder) / "var") as place:
            verdicts = [await compare(place, name, requests, rounds) for name in attacks]
    print("\n" + "\n".join(verdict.line() for verdict in verdicts))


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--requests", type=int, default=100)
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--attacks", type=lambda text: text.split(","), default=list(NAMES))
    chosen = given.parse_args()
    asyncio.run(main(chosen.requests, chosen.rounds, chosen.attacks))
