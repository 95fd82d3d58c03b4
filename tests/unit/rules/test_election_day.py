"""What an election day asks of the days before it, by the day and by the instant (§8.8.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.policy.model import Calendar, Limit
from tests.instants import at, midnight_after
from workflows.rules import election_day
from workflows.rules.deadlines import Due

WITHIN = Limit(n=3, unit="WD")
MOMENT = timedelta(microseconds=1)


def exactly(instant: datetime) -> Due:
    """A deadline at an instant, with no day counted."""
    return Due(at=instant, provisional=False, counted=(), skipped=())


def test_the_re_check_may_begin_so_many_working_days_before(calendar: Calendar) -> None:
    assert election_day.opening(at(4, 20, 9), WITHIN, calendar) == at(4, 15, 0)
    assert election_day.opening(at(1, 4, 9, year=2027), WITHIN, calendar) is None


def test_it_is_due_with_the_last_working_day_before_the_election(calendar: Calendar) -> None:
    # Monday 20 April: the last working day before it is Friday the 17th; the 11th and the 12th are a weekend.
    due = election_day.eve(at(4, 20, 9), WITHIN, at(4, 10, 12), calendar)
    assert due is not None
    assert (due.at, due.provisional) == (midnight_after(4, 17), False)
    assert due.counted == tuple(date(2026, 4, day) for day in (10, 13, 14, 15, 16, 17))
    assert due.skipped == (date(2026, 4, 11), date(2026, 4, 12))


def test_who_begins_on_the_eve_has_the_eve(calendar: Calendar) -> None:
    due = election_day.eve(at(4, 20, 9), WITHIN, midnight_after(4, 17) - MOMENT, calendar)
    assert due is not None
    assert (due.at, due.counted) == (midnight_after(4, 17), (date(2026, 4, 17),))


@pytest.mark.parametrize("start", [midnight_after(4, 17), at(4, 18, 12), at(4, 20, 8)])
def test_who_begins_after_the_eve_has_until_the_election(start: datetime, calendar: Calendar) -> None:
    due = election_day.eve(at(4, 20, 9), WITHIN, start, calendar)
    assert due == exactly(at(4, 20, 9).astimezone(UTC))


def test_an_eve_in_a_year_that_is_not_published_is_unknown(calendar: Calendar) -> None:
    assert election_day.eve(at(1, 5, 9, year=2027), WITHIN, at(12, 30, 9), calendar) is None


def test_a_span_in_seconds_has_no_eve(calendar: Calendar) -> None:
    due = election_day.eve(at(4, 20, 9), Limit(n=60, unit="s"), at(4, 10, 9), calendar)
    assert due == exactly(at(4, 20, 9))


@pytest.mark.parametrize(
    ("term", "last"),
    [
        (Limit(n=6, unit="month"), midnight_after(9, 10)),
        (Limit(n=1, unit="year"), midnight_after(3, 10, year=2027)),
    ],
)
def test_a_term_by_date_is_over_with_its_last_day(term: Limit, last: datetime, calendar: Calendar) -> None:
    start = at(3, 10, 12)
    assert not election_day.beyond(start, term, last - MOMENT, calendar)
    assert election_day.beyond(start, term, last, calendar)


def test_a_term_in_seconds_is_over_after_its_last_second(calendar: Calendar) -> None:
    start, term = at(3, 10, 12), Limit(n=60, unit="s")
    assert not election_day.beyond(start, term, start + timedelta(seconds=60), calendar)
    assert election_day.beyond(start, term, start + timedelta(seconds=60) + MOMENT, calendar)


def test_the_age_of_a_notice_is_counted_from_its_last_day(calendar: Calendar) -> None:
    ended, valid = midnight_after(3, 9), Limit(n=6, unit="month")
    assert not election_day.too_old(ended, valid, midnight_after(9, 9) - MOMENT, calendar)
    assert election_day.too_old(ended, valid, midnight_after(9, 9), calendar)


@pytest.mark.parametrize(
    ("election", "first"),
    [(at(9, 10, 9), at(3, 10, 0)), (at(8, 31, 0), at(3, 1, 0)), (at(12, 31, 23), at(7, 1, 0))],
)
def test_a_term_lasts_from_the_first_day_whose_same_date_reaches_the_election(
    election: datetime, first: datetime, calendar: Calendar
) -> None:
    term = Limit(n=6, unit="month")
    assert election_day.lasting_from(term, election, calendar) == first
    assert not election_day.beyond(first, term, election, calendar)
    assert election_day.beyond(first - MOMENT, term, election, calendar)


def test_a_term_in_seconds_lasts_from_so_many_before(calendar: Calendar) -> None:
    first = election_day.lasting_from(Limit(n=60, unit="s"), at(4, 20, 9), calendar)
    assert first == at(4, 20, 9) - timedelta(seconds=60)
