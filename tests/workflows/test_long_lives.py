"""A seat of many years: no run outgrows its bound, the state does not grow, and no act is lost on the way (D13).

Twenty years are for `make test-deep`; `make test` leads the same life for three, in runs as many times shorter.
"""

from datetime import date

import pytest

from contracts.commands.case import ClaimTask, LoadCaseCalendar
from contracts.vocabulary import CaseState, Stage
from tests.asking import local
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.long_lives import PatientDesk, run_lengths
from tests.tenures import OFFICE, SeatOffice, tenure_opening, year
from tests.workflows.conftest import Open
from workflows import options
from workflows.kinds.tenure.case import Tenure

MOST_EVENTS = 5_000
"""In one run of a workflow."""
OWNERS = 9


async def one_year(desk: PatientDesk[Tenure], number: int) -> None:
    """The year's calendar, four plenaries, and a re-evaluation whose acts follow one another without a pause."""
    office = SeatOffice(desk)
    await office.asks(LoadCaseCalendar, OFFICE, year=year(number))
    await desk.until(local(f"{number}-03-02 00:00"))
    await office.appears("re-reply")
    assert len((await desk.case()).open_tasks("re-reply")) == OWNERS
    units = [task.unit for task in (await desk.case()).open_tasks("re-reply")]

    for unit in units:
        for kind, outcome in (("re-reply", "NO_ISSUE"), ("re-reply-sign", "CONFIRM")):
            task = await office.task(kind, unit)
            taker = office.actor(task.role, unit, task.signature)
            await office.asks(ClaimTask, taker, task_id=task.id)
            await office.act(kind, outcome, unit=unit)
    for month in (4, 6, 9, 12):
        await office.attends(f"{number - 1}-{month:02}-10", "present")
    await office.scored()
    assert (await desk.case()).stage is Stage.IN_OFFICE


async def a_life(
    years: int, clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> tuple[list[int], list[int]]:
    """So many years of one seat; the lengths of its runs, and the size of its state after each year."""
    await clock.begin(local("2026-03-02 10:00"))
    opening = tenure_opening(ends=date(2026 + years, 3, 2), evaluated_until=local("2100-01-01 00:00"))
    desk: PatientDesk[Tenure] = PatientDesk.over(await open_case(opening))
    sizes: list[int] = []
    for number in range(2027, 2027 + years - 1):
        await one_year(desk, number)
        sizes.append(len((await desk.case()).model_dump_json()))
    office = SeatOffice(desk)
    await office.asks(LoadCaseCalendar, OFFICE, year=year(2026 + years))
    await desk.until(local(f"{2026 + years}-03-03 00:01"))
    await office.appears("serve")
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    assert await desk.handle.result() == CaseState.TERM_ENDED
    said = ("task-claimed", "task-completed", "attendance-recorded", "calendar-loaded")
    assert sum(len(record.of(kind)) for kind in said) == desk.asked, "an act was lost, or done twice"
    assert len({e.payload["task_id"] for e in record.of("task-opened")}) == len(record.of("task-opened"))
    assert cases.carried == []
    return await run_lengths(desk), sizes


async def test_three_years_of_a_seat_in_short_runs_lose_no_act(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "CONTINUE_AFTER", 100)
    runs, sizes = await a_life(4, clock, open_case, record, cases)
    assert len(runs) > 2
    assert max(runs) < MOST_EVENTS / 10
    assert sizes[-1] < sizes[1] * 1.05, "a year more makes the state no larger"


@pytest.mark.deep
@pytest.mark.timeout(1800)
async def test_twenty_years_of_a_seat_stay_within_a_run_s_bound(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    runs, sizes = await a_life(20, clock, open_case, record, cases)
    # The time-skipping server ends a run after ten years, a real one never: these continued as new before.
    assert len(runs) > 1
    assert max(runs) < MOST_EVENTS
    assert sizes[-1] < sizes[2] * 1.05
    print(f"runs of {runs} events; the state has {sizes[0]} bytes after a year and {sizes[-1]} at the end")
