"""Nomination window, cut-off date and election of a batch, by a calendar that comes late or is corrected."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.commands.base import Command
from contracts.commands.batch import CallElection, LoadCalendar, SubmitRoster
from contracts.commands.case import LoadCaseCalendar
from contracts.errand import Start, Tell
from contracts.events.nomination import CutOffMoved
from contracts.policy.model import CalendarYear, Policy
from tests.acting import refused
from tests.asking import ENTRY, asks, batch_opening, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from tests.office import Office
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER
from workflows.kinds.nomination.case import Nomination

OFFICE = somebody("ELECTION_OFFICE", "p-office")
YEAR = CalendarYear(year=2027, holidays=(date(2027, 1, 1),), make_up=(), source="invented")


def opened(policy: Policy, at: str = "2026-03-02 10:00", cut_off: date | None = None) -> PureDesk[Batch]:
    desk = PureDesk(DECIDER, policy, local(at))
    opening = batch_opening().model_copy(update={"cut_off": cut_off})
    desk.open(opening.claimed_as(opening.claim))
    return desk


def asked(cls: type[Command], **fields: Any) -> Command:
    return asks(cls, OFFICE, "b1", **fields)


def roster(number: int) -> Command:
    entry = ENTRY.model_copy(update={"case_id": f"c{number}", "person_id": f"p{number}"})
    return asked(SubmitRoster, roster_digest="a" * 64, entries=(entry,))


async def test_a_second_days_roster_is_in_time_while_the_window_has_no_known_end(policy: Policy) -> None:
    desk = opened(policy, "2026-12-20 10:00")
    desk.now = local("2026-12-21 10:00")
    await desk.send(roster(1))
    (start,) = desk.current.owed
    assert isinstance(start, Start)
    assert not start.openings[0].late


async def test_the_cut_off_is_corrected_when_the_close_is_known_and_the_cases_are_told(
    policy: Policy,
) -> None:
    desk = opened(policy, "2026-12-20 10:00")
    assert desk.current.cut_off == date(2026, 12, 20)
    await desk.send(roster(1))
    await desk.send(asked(LoadCalendar, year=YEAR))
    assert desk.current.nomination_closes == midnight_after(1, 11, 2027)
    assert desk.current.cut_off == date(2027, 1, 11)
    tell = desk.current.owed[-1]
    assert isinstance(tell, Tell)
    assert isinstance(tell.command, LoadCaseCalendar)
    assert tell.command.cut_off == date(2027, 1, 11)


async def test_nominations_are_late_for_nobody_on_the_day_of_loading(policy: Policy) -> None:
    desk = opened(policy, "2026-12-20 10:00")
    desk.now = local("2027-02-01 10:00")
    await desk.send(asked(LoadCalendar, year=YEAR))
    assert desk.current.nomination_closes == midnight_after(2, 2, 2027), (
        "it would have been over since January"
    )
    assert desk.current.cut_off == date(2027, 1, 11), (
        "look-backs are measured against the close that was counted"
    )
    await desk.send(asked(LoadCalendar, year=YEAR.model_copy(update={"year": 2028, "holidays": ()})))
    assert desk.current.cut_off == date(2027, 1, 11), "and stay so"
    await desk.send(roster(1))
    (start,) = [one for one in desk.current.owed if isinstance(one, Start)]
    assert not start.openings[0].late
    corrected = YEAR.model_copy(update={"holidays": (date(2027, 1, 1), date(2027, 1, 4))})
    desk.now = local("2027-02-10 10:00")
    await desk.send(asked(LoadCalendar, year=corrected, reason="published anew"))
    assert desk.current.nomination_closes == midnight_after(2, 2, 2027), "what was over stays over"


async def test_a_case_measures_look_backs_by_the_corrected_cut_off(
    desk: PureDesk[Nomination], office: Office
) -> None:
    word = asks(LoadCaseCalendar, OFFICE, year=YEAR, cut_off=date(2026, 3, 24))
    await desk.send(word)
    assert desk.current.cut_off == date(2026, 3, 24)
    assert len(desk.of(CutOffMoved)) == 1


async def test_a_cut_off_that_somebody_named_stays(policy: Policy) -> None:
    desk = opened(policy, "2026-12-20 10:00", date(2026, 12, 1))
    await desk.send(asked(LoadCalendar, year=YEAR))
    assert desk.current.cut_off == date(2026, 12, 1)


async def test_a_corrected_year_moves_the_close_later_and_never_earlier(policy: Policy) -> None:
    desk = opened(policy)
    year = next(one for one in policy.calendar.years if one.year == 2026)
    longer = year.model_copy(update={"holidays": (*year.holidays, date(2026, 3, 5))})
    await refused(desk, asked(LoadCalendar, year=longer), "reason-required")
    await desk.send(asked(LoadCalendar, year=longer, reason="announced later"))
    assert desk.current.nomination_closes == midnight_after(3, 24)
    assert desk.current.cut_off == date(2026, 3, 24)
    await desk.send(asked(LoadCalendar, year=year, reason="taken back"))
    assert desk.current.nomination_closes == midnight_after(3, 24)
    await desk.send(roster(1))
    start = desk.current.owed[-1]
    assert isinstance(start, Start)
    assert start.openings[0].calendar_years == (year,), "each year as it was loaded last"


@pytest.mark.parametrize(
    ("cut_off", "right"),
    [
        (date(2026, 3, 23), True),  # the day on which nominations close
        (date(2026, 3, 24), False),
        (date(2025, 3, 23), True),  # one year before
        (date(2025, 3, 22), False),
        (date(2206, 3, 23), False),
        (date(1949, 10, 1), False),
        (date.max, False),
        (date.min, False),
    ],
)
def test_a_cut_off_lies_within_one_year_before_the_close(policy: Policy, cut_off: date, right: bool) -> None:
    if right:
        assert opened(policy, cut_off=cut_off).current.cut_off == cut_off
    else:
        with pytest.raises(RefusedError, match="from 2025-03-23 to 2026-03-23") as caught:
            opened(policy, cut_off=cut_off)
        assert caught.value.code == "cut-off-out-of-range"


def test_a_cut_off_is_bounded_while_the_close_is_not_known(policy: Policy) -> None:
    with pytest.raises(RefusedError, match="cut-off-out-of-range"):
        opened(policy, "2026-12-20 10:00", date(2027, 12, 20))
    assert opened(policy, "2026-12-20 10:00", date(2026, 12, 20)).current.cut_off == date(2026, 12, 20)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(9999, 12, 31, 15, 59, 59, tzinfo=UTC),
        local("2031-03-03 00:01"),
    ],
)
async def test_an_election_absurdly_far_away_is_refused(policy: Policy, instant: datetime) -> None:
    desk = opened(policy)
    await desk.send(roster(1))
    await refused(desk, asked(CallElection, election_at=instant), "election-too-late")
    await desk.send(asked(CallElection, election_at=local("2031-03-02 09:00")))
    assert desk.current.election_at == local("2031-03-02 09:00")
