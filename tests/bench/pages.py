"""Pages of cases and tasks with 1,000 and with 100,000 cases stored: p50 and p99 of each, and how they compare.

Both sides are measured in turns, in one run: two read models, filled by the projector's own rules, answer the same
questions of the same people.

    PYTHONPATH=. python tests/bench/pages.py [--cases 1000,100000] [--requests 800]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

from contracts.actor import Grant
from contracts.envelope import Envelope
from contracts.policy import loader
from services.kit import logs
from services.kit.db import Unit
from services.kit.process import end
from services.officers.readmodel.writing import store
from services.officers.readmodel.writing.projection.every import changes
from tests.bench.saying import Verdict, percentile
from tests.events import Asked, Case, draft, step
from tests.officers_rig import POLICY, Person, Rig, case_opened, officers, task_opened

DISTRICTS = tuple(f"d{number:02d}" for number in range(12))
UNITS = tuple(department.code for department in loader.released(POLICY).departments)
FIRST_TASKS = ("screen", "score", "inspect")
CHUNK = 2_000
WARMING = 20
"""Requests for each page that do not count."""
TARGET = 1.3


class Page(NamedTuple):
    """Somebody's look at a list."""

    person: Person
    path: str
    asked: Mapping[str, str | int]


def _case(number: int) -> list[Envelope]:
    """A case with three open tasks; nothing of it is sealed, which would only slow the filling."""
    case_id, district = f"c{number:07d}", DISTRICTS[number % len(DISTRICTS)]
    units = (UNITS[number % len(UNITS)], UNITS[(number + 5) % len(UNITS)])
    events = (
        case_opened(f"p{number}", 1),
        task_opened(case_id, FIRST_TASKS[number % len(FIRST_TASKS)]),
        *(task_opened(case_id, "reply", unit) for unit in units),
    )
    about = Case(case_id, parent=f"b{number // 1000}", district=district, policy=POLICY)
    return step(about, [draft(event).model_copy(update={"private": None}) for event in events], Asked())


async def fill(rig: Rig, numbers: Iterable[int]) -> None:
    """Store these cases."""
    every = list(numbers)
    for start in range(0, len(every), CHUNK):
        envelopes = [one for number in every[start : start + CHUNK] for one in _case(number)]

        def work(unit: Unit, envelopes: list[Envelope] = envelopes) -> None:
            store.apply(unit, envelopes, [change for one in envelopes for change in changes(one)])

        await rig.office.database.unit(work)


async def pages(rig: Rig) -> dict[str, Page]:
    """What is looked at, by whom."""
    screener = await rig.account(Grant(role="SCREENER", district="d03"))
    everywhere = await rig.account(Grant(role="ELECTION_OFFICE"))
    department = await rig.account(Grant(role="DEPT_OFFICER", unit=UNITS[2], district="d03"))
    nominator = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d03"))
    return {
        "own tasks, district": Page(screener, "/v1/tasks", {}),
        "own tasks, department": Page(department, "/v1/tasks", {}),
        "all tasks, everywhere": Page(everywhere, "/v1/tasks", {"view": "all"}),
        "all tasks, district": Page(screener, "/v1/tasks", {"view": "all"}),
        "all tasks, department": Page(department, "/v1/tasks", {"view": "all", "limit": 10}),
        "cases, district": Page(screener, "/v1/cases", {}),
        "cases, nominating unit": Page(nominator, "/v1/cases", {}),
        "cases of a batch": Page(everywhere, "/v1/cases", {"parent": "b0"}),
        "cases by state": Page(everywhere, "/v1/cases", {"state": "DRAFT"}),
        "cases of a kind": Page(everywhere, "/v1/cases", {"kind": "nomination"}),
        # Among 1,000 cases a department has a dozen: a shorter page is as long on both sides.
        "cases, department": Page(department, "/v1/cases", {"limit": 10}),
    }


async def milliseconds(page: Page) -> float:
    """One request for it."""
    began = time.perf_counter()
    answer = await page.person.get(page.path, **page.asked)
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"], page
    return taken


async def measure(sizes: tuple[int, int], requests: int) -> list[Verdict]:
    """Print every page of both sides; the verdict on the page that suffers most."""
    taken: dict[int, dict[str, list[float]]] = {size: defaultdict(list) for size in sizes}
    async with AsyncExitStack() as stack:
        sides = {}
        for size in sizes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            rig = await stack.enter_async_context(officers(folder))
            await fill(rig, range(size))
            sides[size] = await pages(rig)
        for name in sides[sizes[0]]:
            for number in range(-WARMING, requests):
                # Whoever goes first changes with every request, so that both meet the same machine.
                for size in sizes[:: 1 if number % 2 else -1]:
                    found = await milliseconds(sides[size][name])
                    if number >= 0:
                        taken[size][name].append(found)
    return [_verdict(taken, sizes)]


def _verdict(taken: Mapping[int, Mapping[str, list[float]]], sizes: tuple[int, int]) -> Verdict:
    few, many = (taken[size] for size in sizes)
    ratios = {}
    print(f"pages: p50 / p99 with {sizes[0]:,} and with {sizes[1]:,} cases")
    for name, of_few in few.items():
        (p50, p99), (m50, m99) = (
            (statistics.median(each), percentile(each, 0.99)) for each in (of_few, many[name])
        )
        ratios[name] = m99 / p99
        print(
            f"  {name:<22}{p50:6.1f} / {p99:5.1f} ms{m50:9.1f} / {m99:5.1f} ms   x {m50 / p50:.2f} / {m99 / p99:.2f}"
        )
    worst = max(ratios, key=lambda name: ratios[name])
    return Verdict(
        f"pages, p99 beside that of few cases, worst page ({worst})", ratios[worst], TARGET, least=False
    )


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Fill, measure and print both sides."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", default="1000,100000")
    parser.add_argument("--requests", type=int, default=800, help="for each page, on each side")
    options = parser.parse_args(arguments)
    logs.configure("bench", "error")
    small, large = (int(one) for one in options.cases.split(","))
    verdicts = await measure((small, large), options.requests)
    print("\n".join(f"  {one.line()}" for one in verdicts))
    return verdicts


if __name__ == "__main__":
    asyncio.run(main())
    end(0)
