"""Opening a batch, its window, its rosters, its election, and what it owes to its cases: pure."""

from datetime import date
from typing import Any

import pytest

from contracts.claim import UNSIGNED
from contracts.commands.base import Command
from contracts.commands.batch import CallElection, CutQuota, LoadCalendar, SubmitRoster
from contracts.commands.nomination import RegisterReport
from contracts.errand import Errand, Start, Tell
from contracts.matter import ReportContent
from contracts.names import errand_id
from contracts.nominee import RosterEntry
from contracts.policy.model import CalendarYear, Policy
from tests.acting import refused
from tests.asking import ENTRY, asks, batch_opening, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER
from workflows.kinds.nomination.fold import FOLDING
from workflows.procedure.step import CHUNK

OFFICE = somebody("ELECTION_OFFICE", "p-office")


def opened(policy: Policy, at: str = "2026-03-02 10:00") -> PureDesk[Batch]:
    desk = PureDesk(DECIDER, policy, local(at))
    desk.open(batch_opening())
    return desk


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    return opened(policy)


def asked(cls: type[Command], **fields: Any) -> Command:
    return asks(cls, OFFICE, "b1", **fields)


def roster(*entries: RosterEntry) -> Command:
    return asked(SubmitRoster, roster_digest="a" * 64, entries=entries or (ENTRY,))


def many(count: int, first: int = 1) -> tuple[RosterEntry, ...]:
    return tuple(
        ENTRY.model_copy(update={"case_id": f"c{n}", "person_id": f"p{n}"})
        for n in range(first, first + count)
    )


def started(errand: Errand) -> list[str]:
    assert isinstance(errand, Start)
    return [opening.target for opening in errand.openings]


def test_the_window_is_fifteen_working_days_and_gives_the_cut_off_date(batch: PureDesk[Batch]) -> None:
    assert batch.current.nomination_closes == midnight_after(3, 23)
    assert batch.current.cut_off == date(2026, 3, 23)


async def test_a_roster_in_the_window_opens_its_cases(batch: PureDesk[Batch]) -> None:
    batch.now = local("2026-03-23 23:59")
    await batch.send(roster())
    (errand,) = batch.current.owed
    assert isinstance(errand, Start)
    (opening,) = errand.openings
    assert not opening.late
    assert (opening.target, opening.parent, opening.district) == ("c1", "b1", "d01")
    assert opening.policy_digest == batch_opening().policy_digest
    assert FOLDING.blank(opening).case_id == "c1"


async def test_the_same_person_twice_is_refused_whole(batch: PureDesk[Batch]) -> None:
    await refused(batch, roster(ENTRY, ENTRY), "roster-known")
    await batch.send(roster())
    await refused(batch, roster(), "roster-known")


async def test_an_unknown_district_is_named(batch: PureDesk[Batch]) -> None:
    with pytest.raises(RefusedError, match="d99") as caught:
        await batch.send(roster(ENTRY.model_copy(update={"district": "d99"})))
    assert caught.value.code == "district-unknown"


async def test_an_election_is_called_for_a_day_that_calendars_know(batch: PureDesk[Batch]) -> None:
    for instant in (local("2031-03-03 00:00"), local("9999-12-31 23:59")):
        await refused(batch, asked(CallElection, election_at=instant), "election-too-late")
    await batch.send(asked(CallElection, election_at=local("2031-03-02 23:00")))


async def test_the_date_that_was_called_last_counts_for_every_later_roster(batch: PureDesk[Batch]) -> None:
    moved = local("2026-06-02 09:00")
    await batch.send(asked(CallElection, election_at=local("2026-06-01 09:00")))
    await batch.send(asked(CallElection, election_at=moved))
    for first in (1, 3):
        await batch.send(roster(*many(2, first)))
    starts = [owed for owed in batch.current.owed if isinstance(owed, Start)]
    told = [opening.election_at for start in starts for opening in start.openings]  # type: ignore[union-attr]
    assert told == [moved] * 4


async def test_an_election_lies_ahead_and_is_told_to_the_cases(batch: PureDesk[Batch]) -> None:
    instant = local("2026-06-01 09:00")
    batch.now = instant
    await refused(batch, asked(CallElection, election_at=instant), "election-too-early")
    batch.now = local("2026-03-03 10:00")
    await batch.send(asked(CallElection, election_at=instant))
    assert batch.current.owed == (), "nobody is there to be told yet"
    await batch.send(roster())
    start, *_ = batch.current.owed
    assert isinstance(start, Start)
    assert start.openings[0].election_at == instant, "a case that comes later learns of it when it begins"
    await batch.send(asked(CallElection, election_at=local("2026-06-02 09:00")))
    tell = batch.current.owed[-1]
    assert isinstance(tell, Tell)
    assert (tell.kind, tell.case_ids) == ("nomination", ("c1",))
    assert tell.command.act == "schedule-election"


async def test_a_calendar_is_loaded_once_and_fixes_a_provisional_window(policy: Policy) -> None:
    load = asked(LoadCalendar, year=CalendarYear(year=2027, holidays=(), make_up=(), source="invented"))
    desk = opened(policy, "2026-12-20 10:00")
    assert desk.current.nomination_closes is None
    desk.now = local("2026-12-21 10:00")
    await desk.send(load)
    assert desk.current.nomination_closes == midnight_after(1, 8, 2027)
    await refused(desk, load, "calendar-known")
    await desk.send(roster())
    (start,) = desk.current.owed
    assert isinstance(start, Start)
    assert [year.year for year in start.openings[0].calendar_years] == [2027]


async def test_a_calendar_that_comes_later_leaves_a_fixed_window_alone(batch: PureDesk[Batch]) -> None:
    await batch.send(roster())
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await batch.send(asked(LoadCalendar, year=year))
    assert batch.current.nomination_closes == midnight_after(3, 23)
    assert [errand.what for errand in batch.current.owed] == ["start", "tell"]


async def test_errands_are_owed_in_chunks_in_order_and_carried_once(batch: PureDesk[Batch]) -> None:
    await batch.send(roster(*many(70)))
    await batch.send(roster(*many(1, first=71)))
    await batch.send(asked(CallElection, election_at=local("2026-06-01 09:00")))
    assert [len(started(errand)) for errand in batch.current.owed[:3]] == [CHUNK, 70 - CHUNK, 1]
    told = [errand for errand in batch.current.owed if isinstance(errand, Tell)]
    assert [len(errand.case_ids) for errand in told] == [CHUNK, 71 - CHUNK]
    assert [errand.number for errand in batch.current.owed] == [1, 2, 3, 4, 5]
    batch.carry()
    await batch.send(roster(*many(1, first=72)))
    assert [errand.number for errand in batch.current.owed] == [2, 3, 4, 5, 6], "no later errand is forgotten"
    while batch.current.owed:
        batch.carry()
    assert batch.current.errands == 6


async def test_an_errand_is_asked_by_whoever_asked_for_the_step_and_signed_by_nobody_yet(
    batch: PureDesk[Batch],
) -> None:
    command = roster()
    await batch.send(command)
    (errand,) = batch.current.owed
    assert isinstance(errand, Start)
    claim = errand.openings[0].claim
    assert (claim.actor, claim.at) == (command.actor, command.claim.at)
    assert (claim.command_id, claim.signature) == (errand_id("b1", 1, "c1"), UNSIGNED)
    assert errand.openings[0].fits_its_claim()


async def test_a_batch_takes_no_act_of_another_kind_and_waits_for_no_time(batch: PureDesk[Batch]) -> None:
    report = asked(RegisterReport, signed=False, channel="net", content=ReportContent(text="t"))
    await refused(batch, report, "unknown-act")
    assert DECIDER.next_instant(batch.current, batch.policy, batch.now) is None
    assert DECIDER.wake(batch.current, batch.policy, batch.now).events == ()
    assert DECIDER.closed(batch.current) is None


async def test_a_batch_takes_what_is_asked_in_the_roles_of_the_policy_only(batch: PureDesk[Batch]) -> None:
    screener = somebody("SCREENER", "p-screener")
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="x")
    for command in (
        asks(SubmitRoster, screener, "b1", roster_digest="a" * 64, entries=(ENTRY,)),
        asks(CallElection, screener, "b1", election_at=local("2026-06-01 09:00")),
        asks(LoadCalendar, screener, "b1", year=year),
    ):
        await refused(batch, command, "wrong-role")


async def test_places_that_are_cut_are_told_to_who_stands_behind_the_last_one(batch: PureDesk[Batch]) -> None:
    clerk = somebody("COMMITTEE_CLERK", "p-clerk")

    def cut(*order: str, places: int = 2) -> Command:
        return asks(CutQuota, clerk, "b1", places=places, order=order, minutes_digest="a" * 64)

    await batch.send(roster(*many(4)))
    batch.carry()
    await refused(batch, cut("c1", "c1"), "form-invalid")
    await refused(batch, cut("c1", "c9"), "form-invalid")
    await batch.send(cut("c3", "c1", "c4", "c2"))
    (tell,) = batch.current.owed
    assert isinstance(tell, Tell)
    assert (tell.command.act, tell.case_ids) == ("reject-for-quota", ("c4", "c2"))
    batch.carry()
    await batch.send(cut("c3", places=5))
    assert not batch.current.owed, "there is room for everybody"
