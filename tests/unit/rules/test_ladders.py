"""When rungs fire, when a notice runs, and when a re-check may begin."""

from datetime import datetime, timedelta

import pytest

from contracts.policy.model import Calendar, Ladder, Limit, Policy
from contracts.vocabulary import Rung
from tests.instants import at, midnight_after
from workflows.rules import deadlines
from workflows.rules.deadlines import Due


def working_days(n: int) -> Limit:
    return Limit(n=n, unit="WD")


def test_a_silent_departments_ladder_falls_on_the_days_of_the_scenario(
    policy: Policy, calendar: Calendar
) -> None:
    limit = policy.limits["consultation"]
    due = deadlines.due(at(3, 2), limit, calendar)
    assert deadlines.rungs(due, limit, policy.ladders["standard"], calendar) == (
        (Rung.BLUE, at(3, 11, 9)),
        (Rung.YELLOW, at(3, 17, 9)),
        (Rung.RED, at(3, 19, 9)),
        (Rung.CONFERENCE, at(3, 23, 9)),
    )


def test_no_reminder_falls_on_a_day_off(policy: Policy, calendar: Calendar) -> None:
    limit = policy.limits["consultation"]
    due = deadlines.due(at(4, 30), limit, calendar)
    assert due.at == midnight_after(5, 18)
    planned = deadlines.rungs(due, limit, policy.ladders["standard"], calendar)
    assert [instant for _, instant in planned] == [at(5, 13, 9), at(5, 19, 9), at(5, 21, 9), at(5, 25, 9)]


@pytest.mark.parametrize(
    ("limit", "ladder", "blue"),
    [
        (working_days(5), "standard", at(3, 6, 9)),  # due 9 March: one working day before
        (working_days(6), "standard", at(3, 5, 9)),  # due 10 March: three before
        (Limit(n=3, unit="month"), "standard", at(5, 26, 9)),  # due 2 June: five before
        (Limit(n=3, unit="month"), "hold", at(5, 28, 9)),  # a hold: three before
        (Limit(n=5, unit="day"), "standard", at(3, 4, 9)),  # not in working days, so never short; due 9 March
    ],
)
def test_the_first_reminder_depends_on_the_length_of_the_limit(
    limit: Limit, ladder: str, blue: datetime, policy: Policy, calendar: Calendar
) -> None:
    due = deadlines.due(at(3, 2), limit, calendar)
    assert deadlines.rungs(due, limit, policy.ladders[ladder], calendar)[0] == (Rung.BLUE, blue)


@pytest.mark.parametrize(
    ("limit", "ladder", "expired"),
    [("declaration", "nominee", (3, 16)), ("explanation", "explanation", (3, 9))],
)
def test_an_expiry_falls_at_the_end_of_its_day(
    limit: str, ladder: str, expired: tuple[int, int], policy: Policy, calendar: Calendar
) -> None:
    due = deadlines.due(at(3, 2), policy.limits[limit], calendar)
    planned = deadlines.rungs(due, policy.limits[limit], policy.ladders[ladder], calendar)
    assert planned[-1] == (Rung.EXPIRED, midnight_after(*expired))


def test_a_provisional_deadline_has_no_rungs(policy: Policy, calendar: Calendar) -> None:
    due = deadlines.due(at(12, 28), working_days(5), calendar)
    assert deadlines.rungs(due, working_days(5), policy.ladders["standard"], calendar) == ()
    without = Due(at=None, provisional=False, counted=(), skipped=())
    assert deadlines.rungs(without, working_days(5), policy.ladders["standard"], calendar) == ()


def test_rungs_beyond_the_published_years_wait_for_the_calendar(policy: Policy, calendar: Calendar) -> None:
    limit = working_days(10)
    due = deadlines.due(at(12, 16), limit, calendar)
    planned = deadlines.rungs(due, limit, policy.ladders["standard"], calendar)
    assert planned == ((Rung.BLUE, at(12, 25, 9)), (Rung.YELLOW, at(12, 31, 9)))


def test_a_ladder_in_seconds_fires_to_the_second(calendar: Calendar) -> None:
    ladder = Ladder.model_validate(
        {
            "unit": "s",
            "hour": 9,
            "rungs": [
                {"rung": "blue", "offset": -10, "to": []},
                {"rung": "expired", "offset": 5, "to": []},
            ],
        }
    )
    limit = Limit(n=45, unit="s")
    due = deadlines.due(at(3, 7), limit, calendar)
    assert deadlines.rungs(due, limit, ladder, calendar) == (
        (Rung.BLUE, at(3, 7) + timedelta(seconds=35)),
        (Rung.EXPIRED, at(3, 7) + timedelta(seconds=50)),
    )


@pytest.mark.parametrize(
    ("posted", "first", "last"),
    [
        (at(9, 24), (9, 28), (10, 9)),
        (at(6, 11), (6, 12), (6, 18)),
        (at(5, 8), (5, 9), (5, 14)),
    ],
)
def test_a_notice_lasts_full_working_days_from_the_one_after_posting(
    posted: datetime, first: tuple[int, int], last: tuple[int, int], policy: Policy, calendar: Calendar
) -> None:
    window = deadlines.notice_window(posted, policy.limits["notice"], calendar)
    assert window == (at(*first, 0), midnight_after(*last))


def test_a_notice_in_an_unpublished_year_has_no_window(policy: Policy, calendar: Calendar) -> None:
    assert deadlines.notice_window(at(12, 28), policy.limits["notice"], calendar) is None


def test_a_demonstration_notice_starts_at_once(calendar: Calendar) -> None:
    window = deadlines.notice_window(at(3, 7), Limit(n=8, unit="s"), calendar)
    assert window == (at(3, 7), at(3, 7) + timedelta(seconds=8))


def test_the_span_before_an_election_begins_so_many_working_days_earlier(
    policy: Policy, calendar: Calendar
) -> None:
    within = policy.election.recheck_within
    assert deadlines.before(at(6, 23, 9), within, calendar) == at(6, 17, 0)
    assert deadlines.before(at(1, 6, 9, year=2027), within, calendar) is None
    seconds = deadlines.before(at(1, 6, 9, year=2027), Limit(n=600, unit="s"), calendar)
    assert seconds == at(1, 6, 8, 50, year=2027)
