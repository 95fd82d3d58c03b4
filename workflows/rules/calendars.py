"""Whether a calendar year may be taken: a new one, or a correction of one that is known (domain §8.8.10)."""

from contracts.policy.model import Calendar, CalendarYear
from contracts.refusals import RefusalCode
from contracts.signs import has_visible
from workflows.rules.verdict import Refused


def year_fault(year: CalendarYear, reason: str, calendar: Calendar) -> Refused | None:
    """Refused when the calendar says the same already, and when it says something else and nobody says why."""
    known = next((one for one in calendar.years if one.year == year.year), None)
    if known is None:
        return None
    if _days(known) == _days(year):
        return Refused(RefusalCode.CALENDAR_KNOWN, f"the calendar of {year.year} says the same already")
    if not has_visible(reason):
        detail = f"the calendar of {year.year} is known; say why it is corrected"
        return Refused(RefusalCode.REASON_REQUIRED, detail)
    return None


def _days(year: CalendarYear) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(year.holidays), frozenset(year.make_up)
