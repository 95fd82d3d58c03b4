"""Until when a file is kept: whole years, from the first day of the year after it was closed (domain §8.7)."""

from datetime import date

import pytest

from contracts.retention import kept_until, last_year_due


@pytest.mark.parametrize(
    ("closed", "until"),
    [
        (date(2026, 1, 1), date(2036, 12, 31)),
        (date(2026, 12, 31), date(2036, 12, 31)),
        (date(2027, 1, 1), date(2037, 12, 31)),
        (date(2028, 2, 29), date(2038, 12, 31)),
    ],
)
def test_a_file_is_kept_for_whole_years_and_never_a_day_less(closed: date, until: date) -> None:
    assert kept_until(closed, 10) == until


def test_what_has_no_years_is_kept_for_ever() -> None:
    assert kept_until(date(1949, 10, 1), None) is None


@pytest.mark.parametrize("on", [date(2036, 12, 31), date(2037, 1, 1), date(2037, 12, 31), date(2038, 1, 1)])
def test_both_say_the_same_of_every_day(on: date) -> None:
    for closed in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)):
        until = kept_until(closed, 10)
        assert until is not None
        assert (closed.year <= last_year_due(on, 10)) is (until < on)
