"""The nomination window and the cut-off date that look-backs are measured against (ST00, ST01; domain §8.8.12)."""

from datetime import date, datetime

from contracts.policy.model import Calendar, Limit, Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.rules import deadlines
from workflows.rules.calendar import DAY, end_of, local_day, same_date
from workflows.rules.deadlines import due_day
from workflows.rules.verdict import Refused

WINDOW = "nomination"
"""The limit that is the length of the nomination window."""
WITHIN = 12
"""Months before the close of nominations within which a cut-off date lies."""


def closes(opened: datetime, policy: Policy, calendar: Calendar) -> datetime | None:
    """When nominations close; None while a year that is not published must say it."""
    return deadlines.due(opened, policy.limits[WINDOW], calendar).at


def open_today(
    closing: datetime | None, shown: datetime | None, calendar: Calendar, now: datetime
) -> datetime | None:
    """The close that a year gives which came or was corrected just now: it is past for nobody on the day of loading.

    Who could not know it has until the end of the next working day (§8.8.10); one that was over stays over.
    """
    tonight = end_of(local_day(now, calendar), calendar)
    if closing is None or closing > tonight or (shown is not None and shown <= now):
        return closing
    return deadlines.due(now, Limit(n=1, unit="WD"), calendar).at or closing


def default_cut_off(opened: datetime, closing: datetime | None, calendar: Calendar) -> date:
    """The last day of the window; until that is known the day of opening, which lets no fact slip through."""
    return due_day(closing, calendar) if closing else local_day(opened, calendar)


def cut_off_fault(named: date, opened: datetime, policy: Policy, calendar: Calendar) -> Refused | None:
    """Refused when the date does not lie within one year before the close of nominations.

    While the close is not known, the earliest day on which it can be stands for it.
    """
    closing = closes(opened, policy, calendar)
    earliest = local_day(opened, calendar) + policy.limits[WINDOW].n * DAY
    last = due_day(closing, calendar) if closing else earliest
    first = same_date(last, -WITHIN)
    if first <= named <= last:
        return None
    return Refused(
        RefusalCode.CUT_OFF_OUT_OF_RANGE, say("cut-off-range", first=first, last=last).at("cut_off")
    )
