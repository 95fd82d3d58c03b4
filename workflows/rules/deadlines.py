"""Deadlines as a function of start, limit, calendar and pauses, every counted day named (domain §8.0, D7).

All instants returned are in UTC. A deadline is the 24:00 that ends its last day: an act before that instant
is in time, an act at it is late.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from contracts.base import Contract, Instant
from contracts.policy.model import Calendar, Ladder, LadderRung, Limit, Unit
from contracts.vocabulary import Rung
from workflows.rules.calendar import (
    DAY,
    at_hour,
    end_of,
    is_working_day,
    local_day,
    same_date,
    shift,
    start_of,
)

Pause: TypeAlias = tuple[datetime, datetime]
"""From this instant until that one the clock stood."""

MOMENT = timedelta(microseconds=1)
MONTHS = {"month": 1, "year": 12}


class Due(Contract):
    """A deadline and its explanation; `at` is None while it is provisional, and for a task without a limit.

    `counted` are the days that used up the limit and `skipped` those passed over between them: days off, days
    on which the clock stood. A term in days, months or years runs by date; there `counted` is its last day.
    """

    at: Instant | None
    provisional: bool
    counted: tuple[date, ...]
    skipped: tuple[date, ...]


def due(start: datetime, limit: Limit, calendar: Calendar, pauses: tuple[Pause, ...] = ()) -> Due:
    """When a limit that begins with an event at `start` ends.

    The event's own day is not counted. A day on which the clock stood, even for a part of it, is not counted
    either, so that a pause never costs anybody time. Provisional as soon as the count needs a year that is
    not published: then it has no instant, and nothing overdue can fire on it.
    """
    if limit.unit == "s":
        return _exact(_seconds_later(start, limit.n, pauses))
    day = local_day(start, calendar)
    if limit.unit == "WD":
        return _count(day, limit.n, calendar, _stood(pauses, calendar))
    last = day + limit.n * DAY if limit.unit == "day" else same_date(day, limit.n * MONTHS[limit.unit])
    found = _roll(last, calendar)
    if found.at is None:
        return found
    return _given_back(found.counted[-1], pauses, calendar, after=day) or found


def extend(at: datetime, n: int, unit: Unit, calendar: Calendar, stood: tuple[Pause, ...] = ()) -> Due:
    """The deadline that ends n units after the old one ended, counted from the old due day.

    `stood` are pauses before: a day of theirs was given back, so it does not count now either.
    """
    if unit == "s":
        return due(at, Limit(n=n, unit=unit), calendar)
    return due(at - MOMENT, Limit(n=n, unit=unit), calendar, stood)


def resume(
    at: datetime,
    pause: Pause,
    opened: datetime,
    unit: Unit,
    calendar: Calendar,
    stood: tuple[Pause, ...] = (),
) -> Due:
    """The deadline after a pause: the days that were unused when it began are added from its end (rule 6).

    `opened` is the event from which the deadline was counted; its day was no part of the limit and is not
    given back. `unit` is the limit's: one in seconds gets the length of the pause back. A deadline that had
    passed before the pause began stays where it was. `stood` are pauses before: their days came back already.
    """
    if pause[0] >= at:
        return _exact(at)
    if unit == "s":
        return _exact(at + max(pause[1] - pause[0], timedelta(0)))
    first = local_day(opened, calendar)
    return _given_back(due_day(at, calendar), (pause,), calendar, after=first, before=stood) or _exact(at)


def due_day(at: datetime, calendar: Calendar) -> date:
    """The last day of a deadline; its instant is that day's 24:00, which the clock writes as the next day."""
    return local_day(at - MOMENT, calendar)


def rungs(
    deadline: Due, limit: Limit, ladder: Ladder, calendar: Calendar
) -> tuple[tuple[Rung, datetime], ...]:
    """The instants of the ladder's rungs in order. None of a provisional deadline, which cannot be overdue.

    `expired` ends a task and therefore fires at its day's 24:00; the others remind at the ladder's hour.
    A rung whose day lies in a year that is not published is left out until that year is loaded.
    """
    if deadline.at is None:
        return ()
    if ladder.unit == "s":
        return tuple(
            (step.rung, (deadline.at + timedelta(seconds=_offset(step, limit, ladder))).astimezone(UTC))
            for step in ladder.rungs
        )
    last = due_day(deadline.at, calendar)
    days = ((step.rung, shift(last, _offset(step, limit, ladder), calendar)) for step in ladder.rungs)
    return tuple((rung, _fires(rung, day, ladder, calendar)) for rung, day in days if day is not None)


def notice_window(posted: datetime, limit: Limit, calendar: Calendar) -> tuple[datetime, datetime] | None:
    """First and last instant of a public notice: full working days, from the one after posting (rule 4).

    None while the window needs a year that is not published: such a notice cannot close.
    """
    window = due(posted, limit, calendar)
    if window.at is None:
        return None
    start = start_of(window.counted[0], calendar) if window.counted else posted.astimezone(UTC)
    return start, window.at


def before(instant: datetime, limit: Limit, calendar: Calendar) -> datetime | None:
    """Where a span of working days (or seconds) that ends with the day before `instant` begins.

    None when a day of it lies in a year that is not published.
    """
    if limit.unit == "s":
        return (instant - timedelta(seconds=limit.n)).astimezone(UTC)
    day = shift(local_day(instant, calendar), -limit.n, calendar)
    return None if day is None else start_of(day, calendar)


def _count(day: date, n: int, calendar: Calendar, stood: frozenset[date]) -> Due:
    """Count n working days after `day`."""
    counted: list[date] = []
    skipped: list[date] = []
    while len(counted) < n:
        day += DAY
        working = is_working_day(day, calendar)
        if working is None:
            return Due(at=None, provisional=True, counted=tuple(counted), skipped=tuple(skipped))
        (counted if working and day not in stood else skipped).append(day)
    return Due(at=end_of(day, calendar), provisional=False, counted=tuple(counted), skipped=tuple(skipped))


def _roll(day: date, calendar: Calendar) -> Due:
    """A term that ends on this day, or on the next working day when nobody works on it (rule 3)."""
    if is_working_day(day, calendar):
        return Due(at=end_of(day, calendar), provisional=False, counted=(day,), skipped=())
    rolled = _count(day, 1, calendar, frozenset()) if is_working_day(day, calendar) is False else None
    if rolled is None:
        return Due(at=None, provisional=True, counted=(), skipped=())
    return rolled.model_copy(update={"skipped": (day, *rolled.skipped)})


def _given_back(
    last: date, pauses: Iterable[Pause], calendar: Calendar, after: date, before: Iterable[Pause] = ()
) -> Due | None:
    """The deadline `last` plus the working days until it on which the clock stood; None without any.

    A day on which it stood `before` came back already: two pauses on one day give one day back. None of those
    days lies behind `last`, because they were over when these pauses began, and these began before it.
    """
    stood = _stood(pauses, calendar)
    given = stood - _stood(before, calendar)
    lost = sum(is_working_day(day, calendar) is True for day in given if after < day <= last)
    return _count(last, lost, calendar, stood) if lost else None


def _stood(pauses: Iterable[Pause], calendar: Calendar) -> frozenset[date]:
    """Every day that a pause touches. One that ends at 24:00 does not touch the day after."""
    days: set[date] = set()
    for begin, end in pauses:
        if begin < end:
            first, last = local_day(begin, calendar), local_day(end - MOMENT, calendar)
            days.update(first + offset * DAY for offset in range((last - first).days + 1))
    return frozenset(days)


def _seconds_later(start: datetime, seconds: int, pauses: Iterable[Pause]) -> datetime:
    at = start + timedelta(seconds=seconds)
    for begin, end in sorted(pauses):
        if begin < at:
            at += max(end - max(begin, start), timedelta(0))
    return at


def _exact(at: datetime) -> Due:
    return Due(at=at.astimezone(UTC), provisional=False, counted=(), skipped=())


def _fires(rung: Rung, day: date, ladder: Ladder, calendar: Calendar) -> datetime:
    """Reminders at the ladder's hour; an expiry when its day is over, so that the whole day counts as in time."""
    return end_of(day, calendar) if rung is Rung.EXPIRED else at_hour(day, ladder.hour, calendar)


def _offset(step: LadderRung, limit: Limit, ladder: Ladder) -> int:
    if limit.unit in MONTHS and step.month_offset is not None:
        return step.month_offset
    if limit.unit == ladder.unit and limit.n <= ladder.short_limit and step.short_offset is not None:
        return step.short_offset
    return step.offset
