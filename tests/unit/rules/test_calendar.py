"""Working days, and where days begin and end."""

from datetime import UTC, date, datetime, timedelta, timezone

import chinese_calendar
import pytest

from contracts.policy.model import Calendar
from workflows.rules.calendar import end_of, is_working_day, local_day, same_date, shift, start_of


def test_a_published_year_agrees_with_another_source_on_every_day(calendar: Calendar) -> None:
    day = date(2025, 1, 1)
    while day <= date(2026, 12, 31):
        assert is_working_day(day, calendar) is chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_year_2026_has_248_working_days(calendar: Calendar) -> None:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(is_working_day(day, calendar) is True for day in days) == 248


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2027, 1, 4), date(2027, 1, 2)])
def test_a_day_of_an_unpublished_year_is_neither_working_nor_free(day: date, calendar: Calendar) -> None:
    assert is_working_day(day, calendar) is None


def test_an_instant_belongs_to_the_day_of_the_calendars_own_zone(calendar: Calendar) -> None:
    assert local_day(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), calendar) == date(2026, 3, 1)
    assert local_day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC), calendar) == date(2026, 3, 2)
    other = timezone(timedelta(hours=-5))
    assert local_day(datetime(2026, 3, 1, 11, 0, tzinfo=other), calendar) == date(2026, 3, 2)


def test_a_day_ends_where_the_next_begins(calendar: Calendar) -> None:
    assert end_of(date(2026, 3, 2), calendar) == start_of(date(2026, 3, 3), calendar)
    assert end_of(date(2026, 3, 2), calendar) == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    assert end_of(date(2026, 3, 2), calendar).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "working_days", "expected"),
    [
        (date(2026, 3, 16), -3, date(2026, 3, 11)),
        (date(2026, 3, 16), 0, date(2026, 3, 16)),
        (date(2026, 5, 8), 1, date(2026, 5, 9)),  # a Saturday that makes up for a holiday
        (date(2026, 5, 11), -1, date(2026, 5, 9)),
        (date(2026, 10, 9), -1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 12, 31), 1, None),
        (date(2025, 1, 2), -1, None),  # 1 January is a holiday; the next one back lies in 2024
    ],
)
def test_shifting_counts_working_days_in_both_directions(
    day: date, working_days: int, expected: date | None, calendar: Calendar
) -> None:
    assert shift(day, working_days, calendar) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
    ],
)
def test_the_same_date_later_or_the_last_day_of_the_month(day: date, months: int, expected: date) -> None:
    assert same_date(day, months) == expected
