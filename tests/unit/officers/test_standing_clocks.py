"""Whose clock stands is late for nobody, and late in no list and no number (domain §8.0, rule 6)."""

from datetime import UTC, datetime, timedelta

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.case import CaseHeld, CaseResumed
from contracts.events.task import TaskCancelled
from contracts.vocabulary import Stage
from tests.officers_rig import START, Rig, task_opened
from tests.unit.officers.test_api_searching import every

OFFICE = Grant(role="ELECTION_OFFICE")


def held(cause: Cause, *before: Cause) -> Event:
    """One more hold, beside those of `before`."""
    return CaseHeld(cause=cause, since=START, until=None, back_to=Stage.SCREENING, standing=(*before, cause))


def resumed(cause: Cause, *left: Cause) -> Event:
    return CaseResumed(cause=cause, until=START, why=Cause.RESUMED, standing=left)


async def test_what_waits_in_a_hold_is_late_in_no_list_and_no_number(rig: Rig) -> None:
    """Nor due today: its clock stands, so its deadline is later than the one that is shown (domain §8.0)."""
    await rig.batch()
    story = await rig.case("c1")
    soon = datetime.now(UTC) + timedelta(minutes=1)
    await rig.tell(story, task_opened("c1", "screen-sign", due=soon))
    reader = await rig.account(OFFICE)

    async def counted() -> tuple[int, ...]:
        """Overdue by the list, by the figures of work and by the office's; later by the list."""
        late = await every(reader, "/v1/tasks", view="all", due="overdue")
        later = await every(reader, "/v1/tasks", view="all", due="later")
        work = (await reader.get("/v1/figures/work")).json()["load"]
        figures = (await reader.get("/v1/figures")).json()["overdue"]
        by_work, by_office = sum(one["overdue"] for one in work), sum(one["tasks"] for one in figures)
        return len(late), by_work, by_office, len(later)

    assert await counted() == (1, 1, 1, 0)
    await rig.tell(story, held(Cause.DEPARTMENT_SILENT))
    assert await counted() == (0, 0, 0, 2)
    rows = await every(reader, "/v1/tasks", view="all")
    assert [(one["stands"], one["left"]) for one in rows] == [(True, None)] * 2
    await rig.tell(story, resumed(Cause.DEPARTMENT_SILENT))
    assert (await counted())[:3] == (1, 1, 1)
    await rig.tell(
        story, TaskCancelled(task_id="c1.screen.1.1", kind="screen", unit="", cause=Cause.CONFLICT)
    )
    assert (await counted())[:3] == (0, 0, 0), "what is closed is late no more"


async def test_of_two_holds_the_first_says_since_when_the_clock_stands(rig: Rig) -> None:
    """What is asked between them, at a stage that goes on, has its own time; after the last of them it is anew."""
    await rig.batch()
    story = await rig.case("c1")
    reader = await rig.account(OFFICE)
    await rig.tell(story, held(Cause.DEPARTMENT_SILENT))
    between = story.events[-1].at + timedelta(seconds=30)
    await rig.tell(story, task_opened("c1", "explain", opened=between, due=START))
    await rig.tell(story, held(Cause.PAUSE_ITEM, Cause.DEPARTMENT_SILENT))
    late = await every(reader, "/v1/tasks", view="all", due="overdue")
    assert [one["kind"] for one in late] == ["explain"]
    await rig.tell(story, resumed(Cause.DEPARTMENT_SILENT, Cause.PAUSE_ITEM))
    await rig.tell(story, resumed(Cause.PAUSE_ITEM), held(Cause.DEPARTMENT_SILENT))
    assert await every(reader, "/v1/tasks", view="all", due="overdue") == []


async def test_a_hold_that_is_not_told_stops_no_clock_that_others_see(rig: Rig) -> None:
    """Others see a case that waits for the check of a report as it was before (§8.8.7)."""
    await rig.batch()
    story = await rig.case("c1")
    evaluator = await rig.account(Grant(role="EVALUATOR"))
    late = await every(evaluator, "/v1/tasks", view="all", due="overdue")
    await rig.tell(story, held(Cause.REPORT_UNPROVEN))
    assert len(late) == 1
    assert await every(evaluator, "/v1/tasks", view="all", due="overdue") == late
    handler = await rig.account(Grant(role="REPORT_HANDLER"))
    assert await every(handler, "/v1/tasks", view="all", due="overdue") == []
