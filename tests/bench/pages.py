"""Pages of cases and tasks with 1,000 and with 100,000 cases stored: p50 and p99 of each, and how they compare.

PYTHONPATH=. .venv/bin/python -m tests.bench.pages
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from contracts.actor import Grant
from contracts.policy import loader
from services.kit import logs
from services.kit.process import end
from services.kit.sealing import Keyring
from services.officers.readmodel.writing import store
from services.officers.readmodel.writing.projection.change import Change
from services.officers.readmodel.writing.projection.every import changes
from tests.events import Story
from tests.officers_rig import POLICY, Rig, case_opened, officers, task_opened
from tests.person import Person

DISTRICTS = tuple(f"d{number:02d}" for number in range(12))
UNITS = tuple(department.code for department in loader.released(POLICY).departments)
CHUNK = 2_000
ROUNDS = 150


def _case(keyring: Keyring, number: int) -> list[Change]:
    case_id = f"c{number:07d}"
    district = DISTRICTS[number % len(DISTRICTS)]
    story = Story(case_id, keyring, parent=f"b{number // 1000}", district=district)
    kind = ("screen", "score", "inspect")[number % 3]
    replies = [task_opened(case_id, "reply", UNITS[(number + step) % len(UNITS)]) for step in (0, 5)]
    events = story.then(case_opened(f"p{number}", 1), task_opened(case_id, kind), *replies)
    return [change for event in events for change in changes(event)]


async def fill(rig: Rig, numbers: Iterable[int]) -> None:
    """Store these cases, each with three open tasks."""
    every = list(numbers)
    for start in range(0, len(every), CHUNK):
        made = [
            change
            for number in every[start : start + CHUNK]
            for change in _case(rig.office.record_keys, number)
        ]
        await rig.office.database.unit(partial(store.change, made=made))


async def _times(person: Person, path: str, params: dict[str, Any]) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = await person.get(path, **params)
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    return taken


async def measure(rig: Rig) -> dict[str, tuple[float, float]]:
    """Milliseconds, p50 and p99, of each page."""
    screener = await rig.account(Grant(role="SCREENER", district="d03"))
    everywhere = await rig.account(Grant(role="ELECTION_OFFICE"))
    department = await rig.account(Grant(role="DEPT_OFFICER", unit=UNITS[2], district="d03"))
    pages = {
        "own tasks, district": (screener, "/v1/tasks", {}),
        "own tasks, department": (department, "/v1/tasks", {}),
        "all tasks, everywhere": (everywhere, "/v1/tasks", {"view": "all"}),
        "cases, district": (screener, "/v1/cases", {}),
        "cases of a batch": (everywhere, "/v1/cases", {"parent": "b0"}),
        "cases by state": (everywhere, "/v1/cases", {"state": "DRAFT"}),
        # Among 1,000 cases a department has a dozen: a shorter page is as long on both sides.
        "cases, department": (department, "/v1/cases", {"limit": 10}),
    }
    found = {}
    for name, (person, path, params) in pages.items():
        taken = await _times(person, path, params)
        found[name] = (statistics.median(taken), sorted(taken)[int(len(taken) * 0.99)])
    return found


async def main(small: int = 1_000, large: int = 100_000) -> None:
    """Fill, measure, fill up, measure again, and print both sides."""
    logs.configure("bench", "error")
    with tempfile.TemporaryDirectory() as folder:
        async with officers(Path(folder)) as rig:
            await fill(rig, range(small))
            few = await measure(rig)
            await fill(rig, range(small, large))
            many = await measure(rig)
    print(f"{'page':<24}{small:>12} cases{large:>18} cases   ratio of p50")
    for name, (p50, p99) in few.items():
        middle, last = many[name]
        print(f"{name:<24}{p50:7.1f} / {p99:5.1f} ms {middle:9.1f} / {last:5.1f} ms   {middle / p50:5.2f}")


if __name__ == "__main__":
    asyncio.run(main())
    end(0)
