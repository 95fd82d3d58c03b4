"""Whether a calendar year may be taken: a new one always, a known one only otherwise and with a reason (§8.8.10)."""

from datetime import date

import pytest

from contracts.policy.model import Calendar, CalendarYear
from contracts.refusals import RefusalCode
from workflows.rules.calendars import year_fault
from workflows.rules.verdict import Refused


def code(refused: Refused | None) -> str | None:
    """The code of a refusal, None when the year may be taken."""
    return None if refused is None else refused.code


@pytest.fixture
def known(calendar: Calendar) -> CalendarYear:
    """The year 2026, the second one that is published."""
    (year,) = [one for one in calendar.years if one.year == 2026]
    return year


def test_a_new_year_needs_no_reason(calendar: Calendar) -> None:
    year = CalendarYear(year=2027, holidays=(date(2027, 1, 1),), make_up=(), source="notice")
    assert year_fault(year, "", calendar) is None


def test_a_year_that_says_the_same_is_known_whatever_the_order_and_the_source(
    calendar: Calendar, known: CalendarYear
) -> None:
    same = known.model_copy(update={"holidays": known.holidays[::-1], "source": "another"})
    assert code(year_fault(same, "a reason", calendar)) == RefusalCode.CALENDAR_KNOWN


@pytest.mark.parametrize("days", ["holidays", "make_up"])
def test_a_correction_says_why(days: str, calendar: Calendar, known: CalendarYear) -> None:
    corrected = known.model_copy(update={days: getattr(known, days)[1:]})
    assert code(year_fault(corrected, " ", calendar)) == RefusalCode.REASON_REQUIRED
    assert year_fault(corrected, "moved by notice", calendar) is None
