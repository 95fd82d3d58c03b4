"""A roster that comes after the nomination window: who may let it in, and what the batch does with it (§8.8.8)."""

from typing import Any

import pytest

from contracts.commands.base import Command
from contracts.commands.batch import AdmitRoster, LoadCalendar, SubmitRoster, TurnRosterDown
from contracts.commands.case import CompleteTask
from contracts.commands.late_roster import OpenLateRoster
from contracts.errand import Start, Tell
from contracts.events.batch import RosterAccepted, RosterHeld
from contracts.nominee import RosterEntry
from contracts.policy.model import CalendarYear, Policy
from contracts.vocabulary import CaseState, Rung
from tests.acting import refused
from tests.asking import ENTRY, asks, batch_opening, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.prizes import words_for
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.late_roster.case import LateRoster
from workflows.kinds.late_roster.kind import DECIDER as LATE_ROSTERS
from workflows.procedure.step import CHUNK

SUBMITTER = somebody("NOMINATOR", "p-submitter", "chamber-1")
LATE = midnight_after(3, 23)
DIGEST = "a" * 64


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    """A batch whose window has just closed."""
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    desk.now = LATE
    return desk


def roster(*entries: RosterEntry, by: Any = SUBMITTER) -> Command:
    return asks(SubmitRoster, by, "b1", roster_digest=DIGEST, entries=entries or (ENTRY,))


def laid_before(batch: PureDesk[Batch], policy: Policy) -> PureDesk[LateRoster]:
    """The case that decides on what the batch holds."""
    errand = batch.current.owed[-1]
    assert isinstance(errand, Start)
    (opening,) = errand.openings
    assert isinstance(opening, OpenLateRoster)
    desk = PureDesk(LATE_ROSTERS, policy, batch.now)
    desk.open(opening)
    return desk


def answer(desk: PureDesk[LateRoster], outcome: str, person: str) -> Command:
    (task,) = desk.current.open_tasks("approve-roster")
    return asks(
        CompleteTask,
        somebody("ELECTION_OFFICE", person),
        desk.case_id,
        task_id=task.id,
        outcome=outcome,
        reason="the chamber's letter was lost",
        seen=task.content_digest,
    )


def told(desk: PureDesk[LateRoster]) -> Command:
    """What the batch is told, claimed for it."""
    (errand,) = desk.current.owed
    assert isinstance(errand, Tell)
    assert (errand.kind, errand.case_ids) == ("batch", ("b1",))
    return errand.command


async def test_a_late_roster_opens_nobody_until_somebody_else_lets_it_in(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    await batch.send(roster())
    assert batch.of(RosterAccepted) == []
    desk = laid_before(batch, policy)
    (task,) = desk.current.open_tasks()
    assert (task.role, task.content_digest) == ("ELECTION_OFFICE", DIGEST)
    assert task.due == midnight_after(3, 26)
    await desk.send(answer(desk, "APPROVED", "p-other"))
    assert desk.current.state is CaseState.ADMITTED
    await batch.send(told(desk))
    accepted = batch.of(RosterAccepted)[0].model_dump()
    assert (accepted["late_approval"], accepted["cases"]) == ("p-other", ("c1",))
    errand = batch.current.owed[-1]
    assert isinstance(errand, Start)
    (opening,) = errand.openings
    assert (opening.late, opening.nominator_id) == (True, "p-submitter")  # type: ignore[union-attr]
    assert batch.current.held == {}


@pytest.mark.parametrize(
    ("person", "code"), [("p-submitter", "same-person"), ("p-nominee", "conflict-of-interest")]
)
async def test_neither_nominator_nor_nominee_lets_it_in(
    batch: PureDesk[Batch], policy: Policy, person: str, code: str
) -> None:
    await batch.send(roster(ENTRY.model_copy(update={"case_id": "c9", "person_id": "p9"}), ENTRY))
    desk = laid_before(batch, policy)
    await refused(desk, answer(desk, "APPROVED", person), code)
    await refused(desk, answer(desk, "REFUSED", person), code)


async def test_a_roster_turned_down_nominates_nobody_and_may_come_again(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    await batch.send(roster())
    await refused(batch, roster(), "roster-known")
    desk = laid_before(batch, policy)
    await desk.send(answer(desk, "REFUSED", "p-other"))
    assert desk.current.state is CaseState.TURNED_DOWN
    word = told(desk)
    assert isinstance(word, TurnRosterDown)
    await batch.send(word)
    assert (batch.current.cases, batch.current.held) == ((), {})
    await batch.send(roster())
    assert len(batch.current.held) == 1


async def test_a_year_of_the_calendar_reaches_what_is_held(batch: PureDesk[Batch], policy: Policy) -> None:
    await batch.send(roster())
    (approval,) = batch.current.held
    desk = laid_before(batch, policy)
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await batch.send(asks(LoadCalendar, somebody("ELECTION_OFFICE"), "b1", year=year))
    ((approvals, word),) = words_for(batch, "late-roster")
    assert approvals == (approval,)
    await desk.send(word)
    assert [one.year for one in desk.current.years] == [2027]


async def test_nobody_waits_for_it_unseen(batch: PureDesk[Batch], policy: Policy) -> None:
    await batch.send(roster())
    desk = laid_before(batch, policy)
    await desk.until(local("2026-04-02 10:00"))
    task, item = desk.current.open_tasks()
    assert item.kind == "overdue"
    assert task.fired == (Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.CONFERENCE)


async def test_what_is_held_of_a_long_roster_is_told_in_parts_and_admitted_whole(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    entries = tuple(
        ENTRY.model_copy(update={"case_id": f"c{n}", "person_id": f"p{n}"}) for n in range(CHUNK + 5)
    )
    await batch.send(roster(*entries))
    assert len(batch.of(RosterHeld)) == 2
    (approval,) = batch.current.held
    word = asks(AdmitRoster, somebody("ELECTION_OFFICE", "p-other"), "b1", approval=approval)
    await batch.send(word)
    assert batch.current.cases == tuple(entry.case_id for entry in entries)
    await batch.send(word)
    assert len(batch.of(RosterAccepted)) == 1, "told twice, taken once"


async def test_nobody_nominates_himself(policy: Policy) -> None:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    await refused(desk, roster(by=somebody("NOMINATOR", "p-nominee", "chamber-1")), "same-person")


async def test_a_window_whose_end_nobody_knows_is_open(policy: Policy) -> None:
    desk = PureDesk(BATCHES, policy, local("2026-12-28 10:00"))
    desk.open(batch_opening())
    desk.now = local("2026-12-29 10:00")
    await desk.send(roster())
    assert (desk.current.nomination_closes, desk.current.cases) == (None, ("c1",))
