"""A year that came late or was corrected: deadlines are counted anew with all that moved them (domain §8.8.10)."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.events.case import CalendarLoaded
from contracts.events.task import RungReached, TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Rung
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import MINUTES, Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
ADMIN = somebody("ELECTION_OFFICE")


def load(year: int = 2027, *holidays: date, reason: str = "") -> LoadCaseCalendar:
    days = CalendarYear(year=year, holidays=holidays, make_up=(), source="invented")
    return asks(LoadCaseCalendar, ADMIN, year=days, reason=reason)


def fired(desk: Work, kind: str) -> list[Rung]:
    return [e.rung for e in desk.of(RungReached) if isinstance(e, RungReached) and e.kind == kind]


async def test_the_conferences_extension_counts_from_its_decision(desk: Work, office: Office) -> None:
    desk.now = local("2026-12-07 10:00")
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-12-28 10:00"))
    await office.act("conference", "EXTENDED", unit="police", form=MINUTES)
    assert (await office.task("reply", "police")).provisional
    await desk.send(load())
    assert (await office.task("reply", "police")).due == midnight_after(1, 4, 2027), "not 21 December"
    await desk.until(local("2027-01-04 23:59"))
    assert desk.current.state is CaseState.CONSULTING
    await desk.until(midnight_after(1, 4, 2027))
    assert desk.current.state is CaseState.HELD


async def test_an_extension_that_was_asked_for_is_kept(desk: Work, office: Office) -> None:
    desk.now = local("2026-12-16 10:00")
    await office.screened()
    await office.act("reply", "EXTENDED", unit="tax")
    assert (await office.task("reply", "tax")).provisional
    await desk.send(load())
    assert (await office.task("reply", "tax")).due == midnight_after(1, 6, 2027)


async def test_a_pause_that_came_before_the_year_is_kept(desk: Work, office: Office) -> None:
    desk.now = local("2026-12-21 10:00")
    await office.screened()
    await office.paused("police")
    await desk.until(local("2026-12-23 10:00"))
    await office.resumed()
    await desk.send(load())
    assert (await office.task("reply", "tax")).due == midnight_after(1, 6, 2027), "two days came back"


async def test_nobody_has_renounced_on_the_day_of_loading(desk: Work, office: Office) -> None:
    desk.now = local("2026-12-28 10:00")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await desk.until(local("2027-02-01 10:00"))
    await desk.send(load())
    assert fired(desk, "declare") == []
    await desk.until(local("2027-02-02 08:59"))
    assert fired(desk, "declare") == []
    await desk.until(local("2027-02-02 09:00"))
    assert fired(desk, "declare") == [Rung.BLUE, Rung.YELLOW]
    await desk.until(local("2027-02-02 23:59"))
    assert desk.current.state is CaseState.AWAITING_CONSENT
    await office.act("declare", "SIGNED")
    assert desk.current.state is CaseState.CONSULTING


async def test_a_corrected_year_moves_deadlines_later_and_says_why(desk: Work, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    year = next(one for one in desk.policy.calendar.years if one.year == 2026)
    longer = year.model_copy(update={"holidays": (*year.holidays, date(2026, 3, 5), date(2026, 3, 6))})
    correction = asks(LoadCaseCalendar, ADMIN, year=longer, reason="two more days off were announced")
    await refused(desk, asks(LoadCaseCalendar, ADMIN, year=longer), "reason-required")
    await desk.send(correction)
    assert (await office.task("declare")).due == midnight_after(3, 11)
    (loaded,) = desk.of(CalendarLoaded)
    assert isinstance(loaded, CalendarLoaded)
    assert loaded.private is not None
    (moved,) = desk.of(TaskExtended)
    assert isinstance(moved, TaskExtended)
    assert (moved.cause, moved.before) == (Cause.CALENDAR, midnight_after(3, 9))
    await desk.send(asks(LoadCaseCalendar, ADMIN, year=year, reason="it was a mistake"))
    assert (await office.task("declare")).due == midnight_after(3, 11), "never earlier than was shown"
    assert [one.year for one in desk.current.years] == [2026]


@pytest.mark.parametrize("year", [2026, 2027])
async def test_the_same_days_again_are_known(desk: Work, office: Office, year: int) -> None:
    if year == 2027:
        await desk.send(load())
        again = load(reason="once more")
    else:
        known = next(one for one in desk.policy.calendar.years if one.year == year)
        again = asks(LoadCaseCalendar, ADMIN, year=known, reason="once more")
    await refused(desk, again, "calendar-known")


async def test_an_extension_counts_on_from_the_later_day_that_was_shown(desk: Work, office: Office) -> None:
    await office.screened()
    year = next(one for one in desk.policy.calendar.years if one.year == 2026)
    longer = year.model_copy(update={"holidays": (*year.holidays, date(2026, 3, 5))})
    await desk.send(asks(LoadCaseCalendar, ADMIN, year=longer, reason="one more day off"))
    await desk.send(asks(LoadCaseCalendar, ADMIN, year=year, reason="it was a mistake"))
    assert (await office.task("reply", "tax")).due == midnight_after(3, 17)
    await office.act("reply", "EXTENDED", unit="tax")
    assert (await office.task("reply", "tax")).due == midnight_after(3, 24)


async def test_what_was_deferred_is_not_over_on_the_day_of_loading(desk: Work, office: Office) -> None:
    desk.now = local("2026-11-03 10:00")
    await office.to_integrity()
    await office.opinion("DEFER", "NO_OBJECTION")
    await desk.until(local("2027-03-10 10:00"))
    assert desk.current.state is CaseState.HELD, "three months end in a year that is not published"
    await desk.send(load())
    (hold,) = desk.current.holds
    assert hold.until == midnight_after(3, 11, 2027)
    await desk.until(local("2027-03-11 23:59"))
    assert desk.current.state is CaseState.HELD
    await desk.until(midnight_after(3, 11, 2027))
    assert desk.current.state is CaseState.INTEGRITY
    assert "DEFER" not in (await office.task("opinion-draft")).outcomes
