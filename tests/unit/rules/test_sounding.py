"""When a planned reminder sounds, seen from any instant: both sides of each hour (§8.0 rule 6, §8.8.11)."""

from datetime import datetime, timedelta

import pytest

from contracts.policy.model import Calendar, Policy
from contracts.vocabulary import Rung
from tests.instants import at, midnight_after
from workflows.rules.reminding import on_the_next_day, sounds

PLANNED = at(3, 17, 9)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "fires"),
    [
        (at(3, 16, 12), PLANNED),
        (PLANNED, PLANNED),
        (at(3, 17, 10) - MOMENT, PLANNED),  # within its hour
        (at(3, 17, 10), at(3, 18, 9)),
        (at(3, 18, 6), at(3, 18, 9)),
        (at(3, 18, 10) - MOMENT, at(3, 18, 9)),
        (at(3, 18, 10), at(3, 19, 9)),
        (at(3, 20, 12), at(3, 23, 9)),  # a Friday
        (at(3, 21, 8), at(3, 23, 9)),  # a Saturday before the hour
        (at(5, 9, 8), at(5, 9, 9)),  # a Saturday on which people work
        (at(12, 31, 12), None),  # the next year is not published
    ],
)
def test_a_reminder_sounds_in_the_hour_of_a_working_day(
    now: datetime, fires: datetime | None, policy: Policy, calendar: Calendar
) -> None:
    assert sounds(Rung.YELLOW, PLANNED, policy.ladders["standard"], calendar, now) == fires


def test_a_reminder_planned_for_another_hour_has_an_hour_from_there(
    policy: Policy, calendar: Calendar
) -> None:
    planned, ladder = at(3, 17, 15), policy.ladders["standard"]
    assert sounds(Rung.YELLOW, planned, ladder, calendar, at(3, 17, 15, 30)) == planned
    assert sounds(Rung.YELLOW, planned, ladder, calendar, at(3, 17, 16)) == at(3, 18, 9)


def test_an_expiry_is_no_reminder(policy: Policy, calendar: Calendar) -> None:
    ended = midnight_after(3, 16)
    assert sounds(Rung.EXPIRED, ended, policy.ladders["standard"], calendar, at(3, 21, 8)) == ended


def test_a_ladder_in_seconds_knows_no_hours(policy: Policy, calendar: Calendar) -> None:
    seconds = policy.ladders["standard"].model_copy(update={"unit": "s"})
    assert sounds(Rung.RED, PLANNED, seconds, calendar, at(3, 21, 8)) == PLANNED


@pytest.mark.parametrize(
    ("rung", "now", "fires"),
    [
        (Rung.BLUE, at(3, 17, 0), at(3, 18, 9)),
        (Rung.BLUE, at(3, 20, 23), at(3, 23, 9)),
        (Rung.EXPIRED, at(3, 17, 0), midnight_after(3, 18)),
        (Rung.BLUE, at(12, 31, 8), None),
        (Rung.EXPIRED, at(12, 31, 8), None),
    ],
)
def test_on_the_next_day_it_fires_at_the_hour_and_an_expiry_when_that_day_is_over(
    rung: Rung, now: datetime, fires: datetime | None, policy: Policy, calendar: Calendar
) -> None:
    assert on_the_next_day(rung, policy.ladders["standard"], calendar, now) == fires
