"""The index on record: imported before or after the roster, taken by scoring, and a ground of a veto below 400."""

from datetime import date

import pytest

from contracts.commands.base import Command
from contracts.commands.batch import ImportIndexes, ImportSeats, SeatTaken, SubmitRoster
from contracts.commands.integrity import EnterReading
from contracts.commands.nomination import KnowIndex, OpenNomination
from contracts.errand import Start
from contracts.events.review import CaseGraded, HitFound
from contracts.matter import IndexEntry, Reading
from contracts.names import integrity_id
from contracts.nominee import RosterEntry, SeatEntry
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Effect, Subject
from tests.acting import refused
from tests.asking import ENTRY, NOMINEE, asks, batch_opening, local, opening, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import begins, owed, words_for
from tests.tenures import raised, seat
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS

OFFICE = somebody("ELECTION_OFFICE", "p-index")
FILE = integrity_id(Subject.PERSON, "p-nominee")


def measured(index: int = 700, day: str = "2026-02-01") -> Reading:
    return Reading(index=index, assessed_on=date.fromisoformat(day), source="第三方机构")


def table(*readings: Reading, file: str = FILE, person: str | None = "p-nominee") -> ImportIndexes:
    subject = Subject.ENTERPRISE if person is None else Subject.PERSON
    rows = tuple(
        IndexEntry(subject=subject, file=file, person_id=person, reading=reading) for reading in readings
    )
    return asks(ImportIndexes, OFFICE, "b1", table_digest="a" * 64, entries=rows)


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


async def nominate(batch: PureDesk[Batch], entry: RosterEntry = ENTRY) -> None:
    nominator = somebody("NOMINATOR", "p-submitter", entry.nominating_unit)
    await batch.send(asks(SubmitRoster, nominator, "b1", roster_digest="b" * 64, entries=(entry,)))


async def test_a_nominee_hears_of_an_index_that_is_imported(batch: PureDesk[Batch]) -> None:
    await nominate(batch)
    await batch.send(table(measured()))
    assert FILE in begins(batch)
    ((files, entered),) = words_for(batch, "integrity")
    assert (files, isinstance(entered, EnterReading)) == ((FILE,), True)
    ((cases, known),) = words_for(batch, "nomination")
    assert cases == ("c1",)
    assert isinstance(known, KnowIndex)
    assert known.reading == measured()


async def test_every_case_about_a_nominee_hears_of_the_index_whenever_it_begins(
    batch: PureDesk[Batch],
) -> None:
    """The first may be withdrawn, and the other goes on alone: with the same index."""
    await nominate(batch)
    await nominate(batch, ENTRY.model_copy(update={"case_id": "c2", "nominating_unit": "guild-1"}))
    await batch.send(table(measured()))
    told = [cases for cases, word in words_for(batch, "nomination") if isinstance(word, KnowIndex)]
    assert told == [("c1", "c2")]
    await nominate(batch, ENTRY.model_copy(update={"case_id": "c3", "nominating_unit": "guild-2"}))
    assert [one.index for one in begun(batch)] == [None, None, measured()]


def begun(batch: PureDesk[Batch]) -> list[OpenNomination]:
    """The nominations that the batch owes the beginning of."""
    starts = [errand for errand in batch.current.owed if isinstance(errand, Start)]
    return [one for errand in starts for one in errand.openings if isinstance(one, OpenNomination)]


async def test_an_index_from_before_the_roster_comes_with_the_nomination(batch: PureDesk[Batch]) -> None:
    await batch.send(table(measured(700)))
    await batch.send(table(measured(650, "2025-01-01")))
    assert words_for(batch, "nomination") == []
    await nominate(batch)
    assert [one.index for one in begun(batch)] == [measured(700)]


async def test_an_enterprise_has_a_file_and_no_nomination(batch: PureDesk[Batch]) -> None:
    await nominate(batch)
    await batch.send(table(measured(), file="i-firm", person=None))
    assert [files for files, _ in words_for(batch, "integrity")] == [("i-firm",)]
    assert words_for(batch, "nomination") == []


async def test_a_table_is_taken_whole_or_not_at_all(batch: PureDesk[Batch]) -> None:
    await refused(batch, table(measured(), measured(500)), "form-invalid")
    await refused(batch, table(measured(1001)), "form-invalid")
    await refused(batch, table(measured(day="2026-03-03")), "date-out-of-range")
    await refused(batch, table(measured(day="1948-12-31")), "date-out-of-range")
    nobody = asks(
        ImportIndexes, somebody("CLERK"), "b1", table_digest="a" * 64, entries=table(measured()).entries
    )
    await refused(batch, nobody, "wrong-role")


def know(index: int, day: str = "2026-02-01") -> KnowIndex:
    told: KnowIndex = owed(KnowIndex, "c1", "b1", reading=measured(index, day))
    return told


async def test_scoring_takes_the_index_on_record_and_says_which(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await desk.send(know(612))
    await desk.send(know(900, "2025-02-01"))
    await office.screened()
    await office.replies()
    with pytest.raises(RefusedError, match="on record is 612"):
        await office.graded(860, 800)
    await office.graded(860, 612)
    (graded,) = desk.of(CaseGraded)
    assert isinstance(graded, CaseGraded)
    assert (graded.private.index, graded.private.index_source) == (612, "第三方机构 2026-02-01")


async def test_scores_that_rest_on_another_index_than_the_one_that_came_meanwhile_are_sent_back(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.act("score", "SCORED", form=office.scores(860, 800))
    await desk.send(know(612))
    with pytest.raises(RefusedError, match="on record is 612"):
        await office.act("score-sign", "CONFIRM")
    assert desk.current.grade is None
    await office.act("score-sign", "SEND_BACK", reason="another index came")
    await office.graded(860, 612)
    assert desk.current.grade is not None


async def test_without_one_on_record_the_scores_bring_their_own(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.graded(860, 800)
    (graded,) = desk.of(CaseGraded)
    assert isinstance(graded, CaseGraded)
    assert graded.private.index_source == ""


async def test_an_index_below_the_pass_line_is_heard_and_ruled_on_wherever_the_case_stands(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await desk.send(know(400))
    assert desk.of(HitFound) == []
    await desk.send(know(399, "2026-02-28"))
    (hit,) = desk.of(HitFound)
    assert isinstance(hit, HitFound)
    assert (hit.private.fact.item, hit.effect) == ("NL-A03", Effect.HARD)
    await desk.send(know(399, "2026-02-28"))
    assert len(desk.of(HitFound)) == 1
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED


async def test_an_index_below_the_line_from_before_the_roster_counts_as_well(policy: Policy) -> None:
    desk = PureDesk(NOMINATIONS, policy, local("2026-03-02 10:00"))
    given = opening()
    desk.open(given.model_copy(update={"index": measured(399)}))
    assert len(desk.of(HitFound)) == 1


async def test_nobody_tells_a_case_of_an_index_by_himself(desk: PureDesk[Nomination]) -> None:
    await refused(desk, asks(KnowIndex, OFFICE, "c1", reading=measured()), "wrong-role")


def imported(reading: Reading) -> Command:
    return table(reading, file=integrity_id(Subject.PERSON, "p-member"), person="p-member")


async def test_a_sitting_member_whose_index_is_imported_below_the_line_is_looked_at(
    batch: PureDesk[Batch],
) -> None:
    """The seat may be of this batch's election or of before: it hears of the latest reading, once (§8.8.9)."""
    await batch.send(asks(SeatTaken, OFFICE, "b1", tenure="t1", person_id="p-member"))
    for reading in (measured(400), measured(399, "2026-02-20"), measured(10, "2025-02-20")):
        await batch.send(imported(reading))
    told = words_for(batch, "tenure")
    assert [(seats, word.reading.index) for seats, word in told if isinstance(word, KnowIndex)] == [
        (("t1",), 400),
        (("t1",), 399),
    ]
    held = seat()
    for _, word in [*told, told[-1]]:
        await held.send(word)
    (removal,) = raised(held)
    assert (removal.source, removal.lead.item) == ("hit", "NL-A03")
    assert held.current.state is CaseState.IN_OFFICE, "people look at it first"


async def test_a_seat_that_is_imported_after_the_index_hears_of_it(batch: PureDesk[Batch]) -> None:
    await batch.send(imported(measured(399)))
    entry = {"person_id": "p-member", "district": "d01", "seat": "executive", "began": "2025-03-02"}
    row = SeatEntry.model_validate({**entry, "member": NOMINEE})
    await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="c" * 64, entries=(row,)))
    ((seats, word),) = words_for(batch, "tenure")
    assert seats == batch.current.tenures
    assert isinstance(word, KnowIndex)
    assert word.reading == measured(399)


async def test_a_seat_that_is_registered_after_the_index_hears_of_it(batch: PureDesk[Batch]) -> None:
    """The import and the election race: the nomination has ended, and the batch does not know the seat yet."""
    await nominate(batch)
    await batch.send(table(measured(350)))
    await batch.send(asks(SeatTaken, OFFICE, "b1", tenure="t1", person_id="p-nominee"))
    ((seats, word),) = words_for(batch, "tenure")
    assert (seats, isinstance(word, KnowIndex)) == (("t1",), True)


async def test_nobody_tells_a_seat_of_an_index_by_himself() -> None:
    await refused(seat(), asks(KnowIndex, OFFICE, "t1", reading=measured(399)), "wrong-role")
