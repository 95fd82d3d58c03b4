"""What an election day asks of the days before it: when the re-check runs, and how old a notice may be (§8.8.5)."""

from datetime import UTC, datetime, timedelta

from contracts.policy.model import Calendar, Limit
from workflows.rules import deadlines
from workflows.rules.calendar import DAY, end_of, is_working_day, local_day, same_date, shift, start_of
from workflows.rules.deadlines import MOMENT, MONTHS, Due


def opening(election: datetime, within: Limit, calendar: Calendar) -> datetime | None:
    """When the re-check may begin: so many working days before the election. None while a year is not published."""
    return deadlines.before(election, within, calendar)


def eve(election: datetime, within: Limit, start: datetime, calendar: Calendar) -> Due | None:
    """The deadline of a re-check that begins at `start`: 24:00 of the last working day before election day.

    Who begins later than that has until the election itself: nobody is given a deadline in the past. A span in
    seconds has no eve. None while a year that it needs is not published.
    """
    at_last = Due(at=election.astimezone(UTC), provisional=False, counted=(), skipped=())
    if within.unit == "s":
        return at_last
    last = shift(local_day(election, calendar), -1, calendar)
    if last is None:
        return None
    if end_of(last, calendar) <= start:
        return at_last
    first = local_day(start, calendar)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    counted = tuple(day for day in days if is_working_day(day, calendar))
    skipped = tuple(day for day in days if not is_working_day(day, calendar))
    return Due(at=end_of(last, calendar), provisional=False, counted=counted, skipped=skipped)


def beyond(start: datetime, term: Limit, instant: datetime, calendar: Calendar) -> bool:
    """Whether an instant lies beyond a term that runs by date, to the day it is not yet over."""
    if term.unit == "s":
        return instant > start + timedelta(seconds=term.n)
    last = same_date(local_day(start, calendar), term.n * MONTHS[term.unit])
    # Compared as instants: a day far beyond every calendar has no local date.
    return instant >= end_of(last, calendar)


def lasting_from(term: Limit, instant: datetime, calendar: Calendar) -> datetime:
    """The earliest instant from which on a term that runs by date, begun then, is not over at `instant`."""
    if term.unit == "s":
        return instant - timedelta(seconds=term.n)
    day, months = local_day(instant, calendar), term.n * MONTHS[term.unit]
    first = same_date(day, -months)
    # The 31st has no same date in every month: a short month's last day does not reach it.
    while same_date(first, months) < day:
        first += DAY
    return start_of(first, calendar)


def too_old(ended: datetime, valid: Limit, election: datetime, calendar: Calendar) -> bool:
    """Whether a public notice that ended at this instant is older on election day than it may be.

    Its age is counted from its last day, to which the instant of its end no longer belongs.
    """
    return beyond(ended - MOMENT, valid, election, calendar)
