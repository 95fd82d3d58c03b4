"""Deadlines against a second implementation that shares no line with the first.

It never walks day by day: it lays out the published working days as one sorted list and looks places up in it.
"""

import calendar as months
import random
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.policy.loader import released
from contracts.policy.model import Calendar, Limit, Unit
from workflows.rules import deadlines

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
ROUNDS = 10_000
Pause = tuple[datetime, datetime]


class Oracle:
    """Working days as a sorted list of ordinals."""

    def __init__(self, calendar: Calendar) -> None:
        holidays = {day for year in calendar.years for day in year.holidays}
        extra = {day for year in calendar.years for day in year.make_up}
        every = {date.fromordinal(n) for n in range(FIRST.toordinal(), LAST.toordinal() + 1)}
        self.days = sorted(
            day.toordinal() for day in every if day in extra or (day.isoweekday() < 6 and day not in holidays)
        )

    def due(self, start: datetime, n: int, unit: Unit, pauses: list[Pause]) -> date | None:
        """The last day, None when it lies beyond the published years."""
        day = self._day(start)
        stood = self._stood(pauses)
        if unit == "WD":
            left = [d for d in self.days[bisect_right(self.days, day) :] if d not in stood]
            return date.fromordinal(left[n - 1]) if len(left) >= n else None
        nominal = day + n if unit == "day" else self._months_later(day, n * (12 if unit == "year" else 1))
        place = bisect_left(self.days, nominal)
        if place == len(self.days):
            return None
        rolled = self.days[place]
        lost = sum(1 for d in self.days[bisect_right(self.days, day) : place + 1] if d in stood)
        left = [rolled] + [d for d in self.days[place + 1 :] if d not in stood]
        return date.fromordinal(left[lost]) if len(left) > lost else None

    @staticmethod
    def _day(instant: datetime) -> int:
        return (instant.astimezone(UTC).replace(tzinfo=None) + timedelta(hours=8)).toordinal()

    def _stood(self, pauses: list[Pause]) -> set[int]:
        stood: set[int] = set()
        for begin, end in pauses:
            stood |= set(range(self._day(begin), self._day(end - timedelta(microseconds=1)) + 1))
        return stood

    @staticmethod
    def _months_later(day: int, count: int) -> int:
        start = date.fromordinal(day)
        index = start.month + count
        year, month = start.year + (index - 1) // 12, (index - 1) % 12 + 1
        return date(year, month, min(start.day, months.monthrange(year, month)[1])).toordinal()


@pytest.fixture(scope="module")
def oracle(calendar: Calendar) -> Oracle:
    return Oracle(calendar)


def test_ten_thousand_random_deadlines_agree(oracle: Oracle, calendar: Calendar) -> None:
    chance = random.Random(20260102)
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    provisional = 0
    for _ in range(ROUNDS):
        start = begin + timedelta(minutes=chance.randrange(0, 60 * 24 * 725))
        unit: Unit = chance.choice(["WD", "WD", "day", "month", "year"])
        n = chance.randrange(1, {"WD": 40, "day": 70, "month": 14, "year": 3}[unit])
        pauses: list[Pause] = []
        for _ in range(chance.randrange(0, 3)):
            since = start + timedelta(hours=chance.randrange(0, 24 * 30))
            pauses.append((since, since + timedelta(hours=chance.randrange(1, 24 * 15))))
        due = deadlines.due(start, Limit(n=n, unit=unit), calendar, tuple(pauses))
        expected = oracle.due(start, n, unit, pauses)
        told = (start, n, unit, pauses)
        provisional += due.provisional
        assert due.provisional is (expected is None), told
        if expected is not None:
            midnight = datetime(expected.year, expected.month, expected.day, 16, tzinfo=UTC)
            assert due.at == midnight, told
            assert len(set(due.counted) & set(due.skipped)) == 0, told
            assert due.counted[-1] == expected, told
    # A run that met one side only would prove half as much.
    assert ROUNDS * 0.05 < provisional < ROUNDS * 0.6


@given(
    minute=st.integers(0, 60 * 24 * 480),
    n=st.integers(1, 30),
    wait=st.integers(0, 60 * 24 * 40),
    length=st.integers(1, 60 * 24 * 30),
)
def test_resuming_a_deadline_equals_counting_it_with_the_pause(
    minute: int, n: int, wait: int, length: int
) -> None:
    calendar = released("2026.1").calendar
    opened = datetime(2025, 2, 1, tzinfo=UTC) + timedelta(minutes=minute)
    pause = (opened + timedelta(minutes=wait), opened + timedelta(minutes=wait + length))
    plain = deadlines.due(opened, Limit(n=n, unit="WD"), calendar)
    assert plain.at is not None
    counted = deadlines.due(opened, Limit(n=n, unit="WD"), calendar, (pause,))
    resumed = deadlines.resume(plain.at, pause, opened, "WD", calendar)
    assert resumed.at == counted.at
    assert resumed.at is not None
    assert resumed.at >= plain.at
