"""A calendar year that arrives later: deadlines become real, ladders complete, nothing moves earlier (§8.0, rule 5)."""

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.events.task import RungReached, TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Rung
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office
from workflows.kinds.nomination.case import Nomination

YEAR = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
LOAD = asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=YEAR)


def rungs(desk: PureDesk[Nomination], unit: str) -> list[Rung]:
    return [e.rung for e in desk.of(RungReached) if isinstance(e, RungReached) and e.unit == unit]


async def test_a_rung_that_fell_into_an_unpublished_year_comes_back_with_the_year(
    desk: PureDesk[Nomination], office: Office
) -> None:
    desk.now = local("2026-12-16 10:00")
    await office.screened()
    task = await office.task("reply", "police")
    assert task.due == midnight_after(12, 30)
    assert [rung for rung, _ in task.rungs] == [Rung.BLUE, Rung.YELLOW], "red and conference are in 2027"
    await office.replies("police")
    await desk.until(local("2026-12-31 10:00"))
    await desk.send(LOAD)
    task = await office.task("reply", "police")
    assert [rung for rung, _ in task.rungs] == [Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.CONFERENCE]
    assert task.due == midnight_after(12, 30), "the deadline itself did not move"
    await desk.until(local("2027-01-06 08:59"))
    assert rungs(desk, "police") == [Rung.BLUE, Rung.YELLOW, Rung.RED], "none fires twice"
    await desk.until(local("2027-01-06 09:00"))
    assert rungs(desk, "police")[-1] is Rung.CONFERENCE
    assert len(desk.current.open_tasks("conference")) == 1


async def test_only_what_the_year_changes_is_recounted(desk: PureDesk[Nomination], office: Office) -> None:
    await office.screened()
    desk.now = local("2026-12-28 10:00")
    await office.reply("tax", "RECUSED")
    assert (await office.task("reply", "tax")).provisional is False, "it shares the first one's deadline"
    await desk.send(LOAD)
    (moved,) = desk.of(TaskExtended)
    assert isinstance(moved, TaskExtended)
    assert (moved.task_id, moved.before) == ("c1.reply.2.tax.1", moved.due), "its last rung falls into 2027"
    await refused(desk, LOAD, "calendar-known")


async def test_a_deadline_that_needs_yet_another_year_stays_provisional(
    desk: PureDesk[Nomination], office: Office
) -> None:
    desk.now = local("2026-12-28 10:00")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    year = CalendarYear(year=2028, holidays=(), make_up=(), source="invented")
    await office.load_calendar(year)
    assert (await office.task("declare")).provisional
    assert desk.of(TaskExtended) == []
    await office.load_calendar(YEAR)
    (moved,) = desk.of(TaskExtended)
    assert (moved.cause, moved.before, moved.due) == (Cause.CALENDAR, None, midnight_after(1, 4, 2027))


async def test_a_conference_is_opened_once_however_long_nobody_acts(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-06-30 10:00"))
    assert rungs(desk, "police").count(Rung.CONFERENCE) == 1, (
        "the department's, and none of the conference's own"
    )
    assert len(desk.current.open_tasks("conference")) == 1
    assert desk.current.state is CaseState.CONSULTING


async def test_a_second_signature_that_is_late_brings_no_second_conference(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("reply", "NO_ISSUE", unit="police")
    await desk.until(local("2026-04-30 10:00"))
    assert len(desk.current.open_tasks("conference")) == 1
