"""Pages of cases and tasks with 1,000 and with 100,000 cases stored: p50 and p99 of each, and how they compare.

PYTHONPATH=. .venv/bin/python -m tests.bench.pages
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contracts.actor import Grant
from contracts.events.case import CaseOpened
from contracts.policy import loader
from contracts.vocabulary import Seat
from services.kit import logs
from services.kit.process import end
from services.officers.readmodel.writing import changes as store
from services.officers.readmodel.writing.projection import Change, changes
from tests.officers_rig import POLICY, Person, Rig, nominee, officers, task_opened

DISTRICTS = tuple(f"d{number:02d}" for number in range(12))
UNITS = tuple(department.code for department in loader.released(POLICY).departments)
CHUNK = 2_000
ROUNDS = 150


def _case(rig: Rig, number: int) -> list[Change]:
    case_id = f"c{number:07d}"
    story = rig.story(case_id, f"b{number // 1000}", DISTRICTS[number % len(DISTRICTS)])
    # Sealing one nominee over and over would only slow the filling.
    opened = CaseOpened(
        person_id=f"p{number}",
        seat=Seat.EXECUTIVE,
        nominating_unit="chamber",
        nominator_id="p-nominator",
        late=False,
        content_digest="d" * 64,
        private=nominee(1),
    )
    story.keyring = None
    story.add(opened)
    kind = ("screen", "score", "inspect")[number % 3]
    story.add(task_opened(case_id, kind))
    for unit in (UNITS[number % len(UNITS)], UNITS[(number + 5) % len(UNITS)]):
        story.add(task_opened(case_id, "reply", unit))
    return [change for event in story.events for change in changes(event)]


async def fill(rig: Rig, numbers: Iterable[int]) -> None:
    """Store these cases, each with three open tasks."""
    made: list[Change] = []
    every = list(numbers)
    for start in range(0, len(every), CHUNK):
        made = [change for number in every[start : start + CHUNK] for change in _case(rig, number)]
        async with rig.office.database.write() as session:
            await store.apply_changes(session, made)


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
        "cases of a batch": (everywhere, "/v1/cases", {"batch": "b0"}),
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
