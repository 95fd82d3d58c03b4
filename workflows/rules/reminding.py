"""When a rung of a ladder may still sound: at the ladder's hour of working days, also after an outage (§8.8.11)."""

from datetime import datetime, timedelta

from contracts.policy.model import Calendar, Ladder
from contracts.vocabulary import Rung
from workflows.rules.calendar import at_hour, end_of, is_working_day, local_day, shift

HOUR = timedelta(hours=1)
"""How long the ladder's hour lasts: a reminder that is late by less is in time."""


def sounds(rung: Rung, at: datetime, ladder: Ladder, calendar: Calendar, now: datetime) -> datetime | None:
    """When a rung planned for `at` fires, as seen from `now`; None while a year that is not published must say it.

    An expiry is no reminder, and a ladder in seconds knows no hours: both fire as soon as they can.
    """
    if rung is Rung.EXPIRED or ladder.unit == "s" or now < at + HOUR:
        return at
    today = local_day(now, calendar)
    hour = at_hour(today, ladder.hour, calendar)
    if is_working_day(today, calendar) and now < hour + HOUR:
        return hour
    return on_the_next_day(rung, ladder, calendar, now)


def on_the_next_day(rung: Rung, ladder: Ladder, calendar: Calendar, now: datetime) -> datetime | None:
    """When the rung fires on the working day after this one; None when its year is not published."""
    day = shift(local_day(now, calendar), 1, calendar)
    if day is None:
        return None
    return end_of(day, calendar) if rung is Rung.EXPIRED else at_hour(day, ladder.hour, calendar)
