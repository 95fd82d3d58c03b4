"""Days in the calendar's own zone: which are working days, and where a day begins and ends."""

from datetime import UTC, date, datetime, time, timedelta, timezone

from contracts.policy.model import Calendar

DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, calendar: Calendar) -> bool | None:
    """Whether people work on this day; None while its year is not published, because nobody may guess it.

    A working day is a weekday that is no holiday, or a weekend day that makes up for one (§8.0, rule 1).
    """
    year = next((year for year in calendar.years if year.year == day.year), None)
    if year is None:
        return None
    if day.weekday() >= SATURDAY:
        return day in year.make_up
    return day not in year.holidays


def local_day(instant: datetime, calendar: Calendar) -> date:
    """The day on which this instant falls in the calendar's zone. 24:00 already belongs to the next day."""
    return instant.astimezone(_zone(calendar)).date()


def start_of(day: date, calendar: Calendar) -> datetime:
    """The instant at which the day begins, in UTC."""
    return at_hour(day, 0, calendar)


def end_of(day: date, calendar: Calendar) -> datetime:
    """The day's 24:00, in UTC: the first instant that no longer belongs to it."""
    return at_hour(day + DAY, 0, calendar)


def at_hour(day: date, hour: int, calendar: Calendar) -> datetime:
    """A full hour of the day, in UTC."""
    return datetime.combine(day, time(hour), _zone(calendar)).astimezone(UTC)


def shift(day: date, working_days: int, calendar: Calendar) -> date | None:
    """The day so many working days later, or earlier when negative; the day itself for none.

    None when the way there leads through a year that is not published.
    """
    step = DAY if working_days > 0 else -DAY
    left = abs(working_days)
    while left:
        day += step
        working = is_working_day(day, calendar)
        if working is None:
            return None
        left -= working
    return day


def same_date(day: date, months: int) -> date:
    """The same date so many months later; where the month has no such date, its last day (rule 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = date(year + month // 11, (month + 1) % 12 + 1, 1) - DAY
    return min(first + (day.day - 1) * DAY, last)


def _zone(calendar: Calendar) -> timezone:
    return timezone(timedelta(hours=calendar.utc_offset_hours))
