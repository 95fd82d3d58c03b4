"""Whoever is elected holds a seat; a batch of co-option names the vacancies that it fills (domain §8.4, R12)."""

from datetime import date

import pytest

from contracts.commands.batch import ImportSeats, LoadCalendar, OpenBatch, SeatTaken
from contracts.commands.tenure import NameVacancy, OpenTenure
from contracts.errand import Start, Tell
from contracts.events.batch import BatchOpened
from contracts.names import tenure_id
from contracts.nominee import SeatEntry
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat
from tests.asking import ENTRY, NOMINEE, asks, batch_opening, local
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.tenures import OFFICE, year
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER
from workflows.kinds.nomination.case import Nomination

ELECTION = local("2026-06-01 09:00")


async def elected(office: Office, votes_for: int = 66) -> None:
    """The vote of 131 members, of whom 100 are there."""
    await office.ready()
    await office.election(ELECTION)
    await office.desk.until(local("2026-05-29 10:00"))
    await office.confirmed()
    await office.desk.until(ELECTION)
    outcome = "ELECTED" if votes_for > 65 else "NOT_ELECTED"
    await office.counted(outcome, present=100, votes_for=votes_for)


async def test_a_nomination_that_ends_elected_owes_the_beginning_of_a_tenure(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await elected(office)
    assert desk.current.state is CaseState.ELECTED
    errand, word = desk.current.owed
    assert isinstance(errand, Start)
    (opening,) = errand.openings
    assert isinstance(opening, OpenTenure)
    ident = tenure_id("d01", Seat.EXECUTIVE, ENTRY.person_id, "2026-06-01")
    assert (opening.target, opening.parent, opening.nomination) == (ident, ident, desk.case_id)
    assert (opening.began, opening.ends, opening.member) == (date(2026, 6, 1), None, NOMINEE)
    assert opening.evaluated_until == desk.current.valid_until is not None
    assert opening.policy_digest == desk.current.policy_digest
    assert opening.actor.person_id == "p-election-office-1", "asked by whoever recorded the vote"
    assert isinstance(word, Tell)
    assert (word.kind, word.case_ids, word.command.asked()["tenure"]) == ("batch", ("b1",), ident)


async def test_nobody_else_takes_a_seat(desk: PureDesk[Nomination], office: Office) -> None:
    await elected(office, votes_for=65)
    assert desk.current.state is CaseState.NOT_ELECTED
    assert desk.current.owed == ()


def test_a_batch_of_co_option_names_the_vacancies_that_it_fills(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    opening = batch_opening().model_dump(exclude={"act", "claim", "place"})
    desk.open(asks(OpenBatch, batch_opening().actor, "b1", "open.b1", **{**opening, "fills": ("t1", "t2")}))
    (opened,) = desk.of(BatchOpened)
    assert isinstance(opened, BatchOpened)
    assert opened.fills == ("t1", "t2")
    (errand,) = desk.current.owed
    assert isinstance(errand, Tell)
    assert (errand.kind, errand.case_ids) == ("tenure", ("t1", "t2"))
    assert isinstance(errand.command, NameVacancy)
    assert errand.command.batch == "b1"


def sitting(person: str = "p-1", **changes: object) -> SeatEntry:
    """A member who was elected before this system."""
    fields = {
        "person_id": person,
        "district": "d01",
        "seat": "standing",
        "began": "2023-06-01",
        "member": NOMINEE,
    }
    return SeatEntry.model_validate({**fields, **changes})


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


async def test_a_table_of_sitting_members_begins_a_tenure_for_each(batch: PureDesk[Batch]) -> None:
    table = (sitting("p-1", ends="2028-06-01"), sitting("p-2"))
    await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="a" * 64, entries=table))
    (errand,) = batch.current.owed
    assert isinstance(errand, Start)
    first, second = errand.openings
    assert isinstance(first, OpenTenure)
    assert isinstance(second, OpenTenure)
    assert (first.person_id, first.ends, second.ends) == ("p-1", date(2028, 6, 1), None)
    assert batch.current.tenures == (first.target, second.target)
    with pytest.raises(RefusedError, match="roster-known"):
        await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="b" * 64, entries=table[1:]))


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([sitting(), sitting()], "roster-known"),
        ([sitting(), sitting("p-2", district="d99")], "district-unknown"),
        ([sitting(began="2026-03-03")], "date-out-of-range"),
        ([sitting(ends="2026-03-01")], "date-out-of-range"),
    ],
)
async def test_one_wrong_row_and_nobody_is_imported(
    batch: PureDesk[Batch], entries: list[SeatEntry], code: str
) -> None:
    with pytest.raises(RefusedError, match=code):
        await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="a" * 64, entries=entries))
    assert batch.current.owed == ()


async def test_a_year_of_the_calendar_reaches_every_seat_of_the_term(batch: PureDesk[Batch]) -> None:
    for _ in range(2):
        await batch.send(asks(SeatTaken, OFFICE, "b1", tenure="t1", person_id="p-member"))
    await batch.send(asks(LoadCalendar, OFFICE, "b1", year=year(2027)))
    (errand,) = batch.current.owed
    assert isinstance(errand, Tell)
    assert (errand.kind, errand.case_ids) == ("tenure", ("t1",))
