"""A case that stays open for years, while people go on taking its tasks and giving them back (D13).

Ten years are for `make test-deep`; `make test` keeps the case open for one, in runs as many times shorter.
"""

import pytest

from contracts.commands.case import ClaimTask, LoadCaseCalendar, ReleaseTask
from contracts.vocabulary import CaseState
from tests.asking import local, opening, somebody
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.long_lives import PatientDesk, run_lengths
from tests.office import Office
from tests.tenures import OFFICE, year
from tests.workflows.conftest import Open
from workflows import options
from workflows.kinds.nomination.case import Nomination

MOST_EVENTS = 5_000
"""In one run of a workflow."""
UNITS = ("police", "court", "tax", "market", "labour")
"""Departments that never answer."""


async def a_year(desk: PatientDesk[Nomination], number: int, turns: int) -> None:
    """The year's calendar; then, turn by turn, somebody of each department takes its task and gives it back."""
    office = Office(desk)
    await office.asks(LoadCaseCalendar, OFFICE, year=year(number))
    tasks = {task.unit: task.id for task in (await desk.case()).open_tasks("reply")}

    async def turn(unit: str) -> None:
        officer = somebody("DEPT_OFFICER", f"p-{unit}", unit)
        await office.asks(ClaimTask, officer, task_id=tasks[unit])
        await office.asks(ReleaseTask, officer, task_id=tasks[unit])

    for number_of_turn in range(turns):
        await desk.until(local(f"{number}-{1 + 11 * number_of_turn // turns:02}-20 10:00"))
        for unit in UNITS:
            await turn(unit)


async def an_open_case(
    years: int, turns: int, clock: Clock, open_case: Open, record: FakeRecord
) -> tuple[list[int], list[int]]:
    """A nomination of which the departments are silent for so many years, and then it is withdrawn."""
    await clock.begin(local("2026-03-02 10:00"))
    desk: PatientDesk[Nomination] = PatientDesk.over(await open_case(opening()))
    office = Office(desk)
    await office.screened()
    await office.replies(*UNITS)
    sizes: list[int] = []
    for number in range(2027, 2027 + years):
        await a_year(desk, number, turns)
        sizes.append(len((await desk.case()).model_dump_json()))
    await office.withdraw()
    assert (await desk.case()).state is CaseState.WITHDRAWN
    taken = [len(record.of(kind)) for kind in ("task-claimed", "task-released")]
    assert taken == [years * turns * len(UNITS)] * 2, "an act was lost, or done twice"
    return await run_lengths(desk), sizes


async def test_a_case_open_for_a_year_in_short_runs_loses_no_act(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "CONTINUE_AFTER", 150)
    runs, _ = await an_open_case(1, 4, clock, open_case, record)
    assert len(runs) > 2
    assert max(runs) < MOST_EVENTS / 10


@pytest.mark.deep
@pytest.mark.timeout(1800)
async def test_ten_years_of_an_open_case_stay_within_a_run_s_bound(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    runs, sizes = await an_open_case(10, 50, clock, open_case, record)
    assert len(runs) > 2
    assert max(runs) < MOST_EVENTS
    # Each year adds itself to the calendar, and nothing else.
    assert sizes[-1] - sizes[0] < 9 * 400
    print(f"runs of {runs} events; the state has {sizes[0]} bytes after a year and {sizes[-1]} at the end")
