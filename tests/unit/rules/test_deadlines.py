"""The time rules of the procedure, with both sides of each limit."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.policy.model import Calendar, CalendarYear, Limit, Unit
from tests.instants import at, midnight_after
from workflows.rules import deadlines
from workflows.rules.deadlines import Due


def working_days(n: int) -> Limit:
    return Limit(n=n, unit="WD")


@pytest.mark.parametrize(
    ("start", "limit", "last_day"),
    [
        (at(4, 30), working_days(10), (5, 18)),
        (at(4, 30), working_days(5), (5, 11)),
        (at(2, 13), working_days(5), (2, 27)),
        (at(3, 2), working_days(10), (3, 16)),
        (at(3, 16), working_days(5), (3, 23)),
        (at(3, 23), working_days(5), (3, 30)),
        (at(3, 7), working_days(1), (3, 9)),  # an event on a Saturday
        (at(1, 31), Limit(n=1, unit="month"), (2, 28)),
        (at(2, 28), Limit(n=1, unit="month"), (3, 30)),  # 28 March is a Saturday
        (at(9, 1), Limit(n=1, unit="month"), (10, 8)),  # rolls out of the holidays
        (at(3, 2), Limit(n=15, unit="day"), (3, 17)),
        (at(3, 1), Limit(n=13, unit="day"), (3, 16)),  # 14 March is a Saturday
        (at(3, 2, year=2025), Limit(n=1, unit="year"), (3, 2)),
    ],
)
def test_a_limit_ends_with_its_last_day(
    start: datetime, limit: Limit, last_day: tuple[int, int], calendar: Calendar
) -> None:
    due = deadlines.due(start, limit, calendar)
    assert due.at == midnight_after(*last_day)
    assert due.at is not None
    assert due.at.tzinfo is UTC
    assert not due.provisional


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (9, 0), (23, 59)])
def test_the_hour_of_the_event_changes_nothing(hour: int, minute: int, calendar: Calendar) -> None:
    due = deadlines.due(at(3, 2, hour, minute), working_days(10), calendar)
    assert due.at == midnight_after(3, 16)


def test_an_event_at_midnight_belongs_to_the_day_that_begins(calendar: Calendar) -> None:
    before = deadlines.due(at(3, 3, 0) - timedelta(microseconds=1), working_days(1), calendar)
    after = deadlines.due(at(3, 3, 0), working_days(1), calendar)
    assert (before.at, after.at) == (midnight_after(3, 3), midnight_after(3, 4))


def test_every_day_of_the_count_is_explained(calendar: Calendar) -> None:
    due = deadlines.due(at(4, 30), working_days(5), calendar)
    assert due.counted == tuple(date(2026, 5, day) for day in (6, 7, 8, 9, 11))
    assert due.skipped == tuple(date(2026, 5, day) for day in (1, 2, 3, 4, 5, 10))


def test_a_rolled_term_explains_what_it_rolled_over(calendar: Calendar) -> None:
    due = deadlines.due(at(9, 1), Limit(n=1, unit="month"), calendar)
    assert due.counted == (date(2026, 10, 8),)
    assert due.skipped == tuple(date(2026, 10, day) for day in range(1, 8))


@pytest.mark.parametrize(
    ("start", "limit", "provisional"),
    [
        (at(12, 28), working_days(3), False),
        (at(12, 28), working_days(4), True),
        (at(12, 28), working_days(5), True),
        (at(11, 30), Limit(n=1, unit="month"), False),
        (at(12, 1), Limit(n=1, unit="month"), True),
        (at(12, 16), Limit(n=15, unit="day"), False),
        (at(12, 17), Limit(n=15, unit="day"), True),
    ],
)
def test_an_unpublished_year_makes_a_deadline_provisional(
    start: datetime, limit: Limit, provisional: bool, calendar: Calendar
) -> None:
    due = deadlines.due(start, limit, calendar)
    assert due.provisional is provisional
    assert (due.at is None) is provisional


def test_a_term_that_can_only_end_in_an_unpublished_year_does_not_stop_at_its_edge(
    calendar: Calendar,
) -> None:
    closed = calendar.years[-1].model_copy(update={"holidays": (date(2026, 12, 31),)})
    shut = calendar.model_copy(update={"years": (calendar.years[0], closed)})
    due = deadlines.due(at(11, 30), Limit(n=1, unit="month"), shut)
    assert due.at == midnight_after(12, 30)
    due = deadlines.due(at(12, 1), Limit(n=30, unit="day"), shut)
    assert due.provisional
    assert due.skipped == (date(2026, 12, 31),)


def test_loading_the_year_makes_a_provisional_deadline_real(calendar: Calendar) -> None:
    year = CalendarYear(year=2027, holidays=(date(2027, 1, 1),), make_up=(), source="example")
    loaded = calendar.model_copy(update={"years": (*calendar.years, year)})
    assert deadlines.due(at(12, 28), working_days(5), loaded).at == midnight_after(1, 5, year=2027)


def test_seconds_run_through_nights_and_holidays(calendar: Calendar) -> None:
    due = deadlines.due(at(12, 31, 23, 59), Limit(n=90, unit="s"), calendar)
    assert due == Due(
        at=at(12, 31, 23, 59) + timedelta(seconds=90), provisional=False, counted=(), skipped=()
    )


@pytest.mark.parametrize(
    ("unit", "n", "expected"),
    [
        ("WD", 5, midnight_after(3, 23)),
        ("day", 4, midnight_after(3, 20)),
        ("month", 1, midnight_after(4, 16)),
    ],
)
def test_an_extension_counts_from_the_old_due_day(
    unit: Unit, n: int, expected: datetime, calendar: Calendar
) -> None:
    old = deadlines.due(at(3, 2), working_days(10), calendar).at
    assert old is not None
    assert deadlines.extend(old, n, unit, calendar).at == expected


def test_an_extension_in_seconds_counts_from_the_old_instant(calendar: Calendar) -> None:
    assert deadlines.extend(at(3, 2), 20, "s", calendar).at == at(3, 2) + timedelta(seconds=20)


def test_an_extension_into_an_unpublished_year_is_provisional(calendar: Calendar) -> None:
    assert deadlines.extend(midnight_after(12, 30), 5, "WD", calendar).provisional


# A task of five working days, opened on Monday 2 March: due on Monday 9 March.
@pytest.mark.parametrize(
    ("pause", "last_day"),
    [
        ((at(3, 4, 10), at(3, 10, 10)), (3, 16)),  # unused: 4, 5, 6 and 9 March
        ((at(3, 5, 0), at(3, 11, 0)), (3, 13)),  # ends at 24:00 of 10 March: 11 March counts again
        (
            (at(3, 5, 0), at(3, 11, 0) + timedelta(microseconds=1)),
            (3, 16),
        ),  # an instant of 11 March stands too
        ((at(3, 4, 10), at(3, 4, 11)), (3, 10)),  # a day with a pause in it is given back whole
        ((at(3, 7, 9), at(3, 8, 18)), (3, 9)),  # a weekend costs nothing
        ((at(3, 9, 23), at(3, 20, 12)), (3, 23)),  # one hour before the end one day is still unused
        ((at(3, 10, 0), at(3, 20, 12)), (3, 9)),  # too late: it was over
        ((at(3, 5, 9), at(3, 5, 9)), (3, 9)),  # no time at all
        ((at(3, 2, 17), at(3, 3, 10)), (3, 10)),  # the event's own day is not counted, so not given back
    ],
)
def test_a_pause_gives_the_unused_days_back(
    pause: tuple[datetime, datetime], last_day: tuple[int, int], calendar: Calendar
) -> None:
    unpaused = deadlines.due(at(3, 2), working_days(5), calendar)
    assert unpaused.at is not None
    assert deadlines.due(at(3, 2), working_days(5), calendar, (pause,)).at == midnight_after(*last_day)
    assert deadlines.resume(unpaused.at, pause, at(3, 2), "WD", calendar).at == midnight_after(*last_day)


def test_two_pauses_are_given_back_each(calendar: Calendar) -> None:
    pauses = ((at(3, 3, 9), at(3, 4, 9)), (at(3, 5, 9), at(3, 6, 9)))
    assert deadlines.due(at(3, 2), working_days(5), calendar, pauses).at == midnight_after(3, 13)


def test_a_pause_moves_a_term_in_months_by_the_working_days_it_took(calendar: Calendar) -> None:
    term = Limit(n=1, unit="month")
    pause = (at(3, 5, 9), at(3, 9, 9))  # Thursday to Monday: three working days
    assert deadlines.due(at(3, 2), term, calendar).at == midnight_after(4, 2)
    assert deadlines.due(at(3, 2), term, calendar, (pause,)).at == midnight_after(4, 8)
    for nothing in ((at(3, 7, 9), at(3, 8, 9)), (at(3, 5, 9), at(3, 5, 9))):
        assert deadlines.due(at(3, 2), term, calendar, (nothing,)) == deadlines.due(at(3, 2), term, calendar)
    assert deadlines.due(at(3, 2), term, calendar, ((at(1, 5), at(1, 9)),)).at == midnight_after(4, 2)


def test_a_pause_changes_nothing_about_a_provisional_term(calendar: Calendar) -> None:
    paused = deadlines.due(at(12, 1), Limit(n=1, unit="month"), calendar, ((at(12, 3), at(12, 4)),))
    assert paused == Due(at=None, provisional=True, counted=(), skipped=())


def test_a_pause_into_an_unpublished_year_makes_the_deadline_provisional(calendar: Calendar) -> None:
    pause = (at(12, 29), at(1, 4, year=2027))
    assert deadlines.resume(midnight_after(12, 30), pause, at(12, 23), "WD", calendar).provisional


def test_a_limit_in_seconds_gets_the_length_of_its_pauses_back(calendar: Calendar) -> None:
    start, limit = at(3, 2), Limit(n=60, unit="s")
    first = (start + timedelta(seconds=10), start + timedelta(seconds=30))
    second = (start + timedelta(seconds=70), start + timedelta(seconds=75))
    early = (start - timedelta(seconds=30), start + timedelta(seconds=5))
    over = (start - timedelta(seconds=30), start - timedelta(seconds=20))
    late = (start + timedelta(seconds=200), start + timedelta(seconds=300))
    for pauses, seconds in (((second, first), 85), ((early,), 65), ((over,), 60), ((late,), 60)):
        assert deadlines.due(start, limit, calendar, pauses).at == start + timedelta(seconds=seconds)
    due = start + timedelta(seconds=60)
    at_its_end = (due, due + timedelta(seconds=9))
    assert deadlines.due(start, limit, calendar, (at_its_end,)).at == due
    for pause, seconds in ((first, 80), ((first[1], first[0]), 60), (late, 60), (at_its_end, 60)):
        resumed = deadlines.resume(due, pause, start, "s", calendar)
        assert resumed.at == start + timedelta(seconds=seconds)
