"""`make abuse`: how long honest requests take while others attack, beside how long they take in peace.

Rounds of both sides in turns, in one run on one machine. A ratio over the target is printed, not failed.

    PYTHONPATH=. python -m tests.abuse.run [--requests 100] [--rounds 5] [--attacks half,workbook]
"""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.abuse.attacks import NAMES
from tests.abuse.house import House, Round, house
from tests.bench.saying import Verdict, percentile, ratio

TARGET = 2.0
"""Times what they take in peace (issue: keeping abuse out)."""


async def compare(place: House, name: str, requests: int, rounds: int) -> Verdict:
    """Measure one attack, say in a line what it did beside peace, and hold it against the target."""
    peace: list[Round] = []
    attack: list[Round] = []
    for _ in range(rounds):
        peace.append(await place.honest(requests))
        async with place.attacked(name):
            attack.append(await place.honest(requests))
        await asyncio.sleep(1)
    print(line(name, peace, attack), flush=True)
    middle = [[statistics.median(one.taken) for one in side] for side in (attack, peace)]
    return Verdict(f"honest requests under `{name}`", ratio(*middle), TARGET, least=False, unit=" x")


def line(name: str, peace: Sequence[Round], attack: Sequence[Round]) -> str:
    """What honest requests took and the API used, in peace and attacked; the requests of all rounds together."""
    sides = (peace, attack)
    taken = [[each for one in side for each in one.taken] for side in sides]
    said = [
        f"{called} {_both([percentile(one, part) for one in taken], '.1f')} ms"
        for called, part in (("p50", 0.5), ("p99", 0.99))
    ]
    said += [
        f"API {_both([statistics.median(one.cores for one in side) for side in sides], '.2f')} cores",
        f"workbooks {_both([statistics.median(one.children for one in side) for side in sides], '.2f')} cores",
        f"{_both([max(one.memory for one in side) for side in sides], '.0f')} MiB",
        f"{_both([max(one.sockets for one in side) for side in sides], 'd')} descriptors",
        f"answers {sorted(set().union(*(one.statuses for side in sides for one in side)))}",
    ]
    return (
        f"  {name}: in peace and attacked: {', '.join(said)} ({len(taken[0])} and {len(taken[1])} requests)"
    )


def _both(values: Sequence[float], form: str) -> str:
    return " -> ".join(f"{value:{form}}" for value in values)


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
