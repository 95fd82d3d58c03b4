"""Opening a batch, its window, its rosters, its election: pure."""

from datetime import date

import pytest

from contracts.actor import Actor
from contracts.canonical import digest_of
from contracts.commands.batch import CallElection, LoadCalendar, OpenBatch, RosterEntry, SubmitRoster
from contracts.policy import loader
from contracts.policy.model import CalendarYear
from tests.office import local, midnight_after, opening
from workflows.rules.batch import (
    Batch,
    BatchStep,
    call_election,
    load_calendar,
    open_batch,
    submit_roster,
)
from workflows.rules.verdict import Refused

POLICY = loader.released("2026.1")
ACTOR = Actor(account_id="a-1", person_id="p-1")


def opened(at: str = "2026-03-02 10:00") -> Batch:
    command = OpenBatch(
        command_id="k",
        actor=ACTOR,
        body_digest=digest_of("k"),
        batch_id="b1",
        title="t",
        districts=("d01",),
        policy="2026.1",
        policy_digest=loader.digest("2026.1"),
    )
    return open_batch(command, POLICY, local(at)).batch


def roster(*entries: RosterEntry, approval: str | None = None) -> SubmitRoster:
    return SubmitRoster(
        command_id="r",
        actor=ACTOR,
        body_digest=digest_of("r"),
        roster_digest=digest_of("roster"),
        entries=entries or (opening().entry,),
        late_approval=approval,
    )


def taken(answer: BatchStep | Refused) -> Batch:
    assert isinstance(answer, BatchStep)
    return answer.batch


def code(answer: BatchStep | Refused) -> str:
    assert isinstance(answer, Refused)
    return answer.code


def test_the_window_is_fifteen_working_days_and_gives_the_cut_off_date() -> None:
    batch = opened()
    assert batch.nomination_closes == midnight_after("2026-03-23")
    assert batch.cut_off == date(2026, 3, 23)


def test_a_roster_in_the_window_opens_its_cases() -> None:
    batch = taken(submit_roster(opened(), roster(), local("2026-03-23 23:59")))
    assert [start.entry.case_id for start in batch.to_start] == ["c1"]
    assert not batch.to_start[0].late


def test_the_same_person_twice_is_refused_whole() -> None:
    entry = opening().entry
    assert code(submit_roster(opened(), roster(entry, entry), local("2026-03-03 10:00"))) == "roster-known"
    batch = taken(submit_roster(opened(), roster(), local("2026-03-03 10:00")))
    assert code(submit_roster(batch, roster(), local("2026-03-03 10:00"))) == "roster-known"


def test_an_unknown_district_is_named() -> None:
    entry = opening(district="d99").entry
    answer = submit_roster(opened(), roster(entry), local("2026-03-03 10:00"))
    assert code(answer) == "district-unknown"
    assert isinstance(answer, Refused)
    assert "d99" in answer.detail


@pytest.mark.parametrize(("approval", "expected"), [(None, "nomination-closed"), ("p-1", "same-person")])
def test_a_late_roster_needs_another_persons_approval(approval: str | None, expected: str) -> None:
    at = midnight_after("2026-03-23")
    assert code(submit_roster(opened(), roster(approval=approval), at)) == expected
    batch = taken(submit_roster(opened(), roster(approval="p-2"), at))
    assert batch.to_start[0].late


def test_an_election_lies_ahead_and_is_told_to_the_cases() -> None:
    call = CallElection(
        command_id="e", actor=ACTOR, body_digest=digest_of("e"), election_at=local("2026-06-01 09:00")
    )
    assert code(call_election(opened(), call, local("2026-06-01 09:00"))) == "election-too-early"
    assert taken(call_election(opened(), call, local("2026-05-01 09:00"))).to_tell == ()
    batch = taken(submit_roster(opened(), roster(), local("2026-03-03 10:00")))
    told = taken(call_election(batch, call, local("2026-05-01 09:00"))).to_tell
    assert [word.case_ids for word in told] == [("c1",)]
    assert told[0].election is not None


def test_a_calendar_is_loaded_once_and_fixes_a_provisional_window() -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    load = LoadCalendar(command_id="c", actor=ACTOR, body_digest=digest_of("c"), year=year)
    batch = opened("2026-12-20 10:00")
    assert batch.nomination_closes is None
    assert code(submit_roster(batch, roster(), local("2026-12-21 10:00"))) == "nomination-closed"
    loaded = taken(load_calendar(batch, load, POLICY))
    assert loaded.nomination_closes == midnight_after("2027-01-08")
    assert code(load_calendar(loaded, load, POLICY)) == "calendar-known"
