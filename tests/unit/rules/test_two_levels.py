"""City and districts: each with its own version, its own days and its own batches; nothing knows how many levels."""

from datetime import date

import pytest

from contracts.commands.case import LoadCaseCalendar
from contracts.events.batch import BatchOpened
from contracts.policy import loader
from contracts.policy.consistency import findings
from contracts.policy.model import CalendarYear, District, Level, Policy
from contracts.policy.text import Text
from tests.asking import asks, batch_opening, local, opening, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER

BASE = loader.released("2026.1")
NAME = Text(zh="某地", en="Somewhere")
FREE = date(2026, 3, 4)


def having(*districts: District, levels: tuple[Level, ...] = BASE.levels) -> Policy:
    """The version with these districts instead of those of the same code."""
    named = {row.code: row for row in districts}
    kept = tuple(named.pop(row.code, row) for row in BASE.districts)
    return BASE.model_copy(update={"levels": levels, "districts": (*kept, *named.values())})


def place(code: str = "d01", level: str = "district", **fields: object) -> District:
    return District.model_validate({"code": code, "name": NAME, "level": level, **fields})


def batch(policy: Policy, *districts: str) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    given = batch_opening()
    desk.open(given.model_copy(update={"districts": districts}))
    return desk


def case(policy: Policy, district: str) -> PureDesk[Nomination]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(opening(district=district))
    return desk


def test_a_day_that_is_free_in_one_district_moves_deadlines_there_and_nowhere_else() -> None:
    policy = having(place(closed=(FREE,)))
    due = {code: case(policy, code).current.open_tasks("screen")[0].due for code in ("d01", "d02", "city")}
    assert due == {"d01": midnight_after(3, 10), "d02": midnight_after(3, 9), "city": midnight_after(3, 9)}


def test_a_batch_of_several_districts_rests_on_days_that_are_free_in_all_of_them() -> None:
    policy = having(place(closed=(FREE,)))
    closes = {names: batch(policy, *names).current.nomination_closes for names in (("d01",), ("d01", "d02"))}
    assert closes == {("d01",): midnight_after(3, 24), ("d01", "d02"): midnight_after(3, 23)}


async def test_a_year_that_is_loaded_later_knows_the_district_s_days_too() -> None:
    policy = having(place(closed=(date(2027, 1, 5),)))
    due = {}
    for code in ("d01", "d02"):
        desk = PureDesk(DECIDER, policy, local("2026-12-28 10:00"))
        desk.open(opening(district=code))
        year = CalendarYear(year=2027, holidays=(date(2027, 1, 1),), make_up=(), source="invented")
        await desk.send(asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=year))
        due[code] = desk.current.open_tasks("screen")[0].due
    assert due == {"d01": midnight_after(1, 6, 2027), "d02": midnight_after(1, 5, 2027)}


def test_a_batch_belongs_to_the_level_of_its_districts() -> None:
    levels = (*BASE.levels, Level(code="township", name=NAME))
    policy = having(place("t1", "township"), levels=levels)
    of = {names: batch(policy, *names).of(BatchOpened)[0] for names in (("city",), ("d01", "d02"), ("t1",))}
    assert [one.level for one in of.values() if isinstance(one, BatchOpened)] == [
        "city",
        "district",
        "township",
    ]
    assert policy.level_of(("city", "d01")) is None
    assert policy.level_of(("nowhere",)) is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (place(level="moon"), "level"),
        (place("city", "city", version="2026.2"), "no version of their own"),
        (place("city", "city", closed=(FREE,)), "lets its districts have 0"),
        (place(closed=tuple(date(2026, 3, day) for day in (3, 4, 5, 6))), "lets its districts have 3"),
    ],
)
def test_a_district_says_no_more_than_its_level_lets_it(wrong: District, reason: str) -> None:
    found = list(findings(having(wrong)))
    assert [one for one in found if reason in one.reason], found
    assert not list(findings(having(place(version="2026.2", closed=(FREE,)))))


def test_both_levels_are_shipped() -> None:
    assert {level.code: level.own_version for level in BASE.levels} == {"city": False, "district": True}
