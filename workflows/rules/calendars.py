"""Whether a calendar year may be taken: a new one, or a correction of one that is known (domain §8.8.10)."""

from contracts.policy.model import Calendar, CalendarYear
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.signs import has_visible
from workflows.rules.verdict import Refused


def year_fault(year: CalendarYear, reason: str, calendar: Calendar) -> Refused | None:
    """Refused when the calendar says the same already, and when it says something else and nobody says why."""
    known = next((one for one in calendar.years if one.year == year.year), None)
    if known is None:
        return None
    if _days(known) == _days(year):
        return Refused(RefusalCode.CALENDAR_KNOWN, say("calendar-same", year=year.year))
    if not has_visible(reason):
        return Refused(RefusalCode.REASON_REQUIRED, say("calendar-reason", year=year.year).at("reason"))
    return None


def _days(year: CalendarYear) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(year.holidays), frozenset(year.make_up)
