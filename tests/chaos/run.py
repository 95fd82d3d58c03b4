"""Kill processes of a whole system while eight people act, and count what must be nought: `make chaos`.

    make chaos ARGS="--kills 200 --seconds 1800 --seed 7"
    make chaos ARGS="--single --kills 12"

Without --single processes are killed at random instants, also several at once. With it one at a time, with quiet
before each: then the slowest act is answered within 15 s.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from services.kit.process import end
from tests.chaos.acts import Fate
from tests.chaos.storm import Outcome, Plan, storm

AFTER_ONE = 15.0
"""Seconds within which every act is answered when one process is killed and all others run."""


async def main(arguments: list[str] | None = None) -> int:
    """0 when everything that must be nought is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=1800.0, help="the storm ends then, whatever is left")
    parser.add_argument("--rest", type=float, default=180.0, help="how long cases may take to come to rest")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--single", action="store_true", help="one kill at a time, with quiet between")
    parser.add_argument("--keep", type=Path, help="a folder for data and logs, to look at afterwards")
    chosen = parser.parse_args(arguments)
    plan = Plan(chosen.kills, chosen.seconds, chosen.rest, chosen.seed, chosen.single)
    print(f"seed {plan.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        outcome = await storm(plan, chosen.keep or Path(folder), said)
    return report(outcome, single=plan.single)


def said(line: str) -> None:
    """What the supervisor says, with the time."""
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def report(outcome: Outcome, *, single: bool) -> int:
    """Print what came of it; the exit code."""
    fates = Counter(one.fate.value for one in outcome.told)
    codes = Counter(one.code for one in outcome.told if one.fate is Fate.REFUSED)
    faults = sum(one.faults for one in outcome.told)
    print(f"kills {dict(outcome.kills)}, acts {dict(fates)}, refused {dict(codes)}, faults of ours {faults}")
    for sentence in outcome.findings.sentences():
        print(sentence)
    print(outcome.line(), flush=True)
    late = single and outcome.slowest > AFTER_ONE
    if late:
        print(f"after a single kill an act took longer than {AFTER_ONE:.0f} s")
    return 1 if outcome.failed or late else 0


if __name__ == "__main__":
    end(asyncio.run(main()))
