"""Whoever is kept from one case about a person is kept from those that come of it, and come after it (SOD-06)."""

from datetime import date

import pytest

from contracts.commands.batch import DeclareTie, ImportSeats, SeatTaken
from contracts.commands.case import DeclareConflict, ReportConflict
from contracts.commands.removal import OpenRemoval, ReviewDecided
from contracts.commands.tenure import LinkedSeatLost, OpenTenure, RecordSeat
from contracts.errand import Start
from contracts.matter import OtherSeat, Tie
from contracts.names import review_id
from contracts.nominee import SeatEntry
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from tests.asking import ENTRY, LEAD, NOMINEE, asks, batch_opening, local, review_opening, somebody
from tests.commission import Body, Commission, started, told
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import owed, words_for
from tests.raising import Raising
from tests.tenures import OFFICE, raised, seat
from tests.unit.rules.test_removal_reviews import APPLICATION, served
from tests.unit.rules.test_seating import elected
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal
from workflows.kinds.review.kind import DECIDER as REVIEWS

KIN = "p-kin"
COUSIN = {"person_id": KIN, "ground": "kin", "reason": "a cousin"}
TIE = Tie(of=ENTRY.person_id, ground="kin", reason="a cousin")


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


def openings(batch: PureDesk[Batch]) -> list[OpenTenure]:
    starts = [errand for errand in batch.current.owed if isinstance(errand, Start)]
    return [one for errand in starts for one in errand.openings if isinstance(one, OpenTenure)]


async def test_of_a_nomination_at_the_seat(desk: PureDesk[Nomination], office: Office) -> None:
    await desk.send(asks(ReportConflict, somebody("SCREENER", KIN), desk.case_id, **COUSIN))
    await elected(office)
    (opening,) = [one for errand in desk.current.owed if isinstance(errand, Start) for one in errand.openings]
    assert isinstance(opening, OpenTenure)
    assert opening.barred == (KIN,)
    held = seat(barred=opening.barred)
    assert held.current.conflicted == {KIN}


async def test_of_the_seat_in_the_removal_that_it_raises(seated: Raising) -> None:
    held = seated.held
    await held.until(local("2027-03-02 00:00"))
    task = held.current.open_tasks("re-reply")[0]
    kin = somebody("DEPT_OFFICER", KIN, task.unit)
    await held.send(asks(DeclareConflict, kin, "t1", task_id=task.id, ground="kin", reason="a brother"))
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    with pytest.raises(RefusedError, match="conflict"):
        await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", KIN))
    assert desk.current.conflicted == {KIN}


async def test_of_the_seat_in_a_removal_that_the_desk_registers(seated: Raising) -> None:
    await seated.held.send(asks(ReportConflict, somebody("CLERK", KIN), "t1", **COUSIN))
    desk, commission = seated.registers("r-desk")
    await seated.carried()
    assert desk.current.conflicted == {KIN}
    with pytest.raises(RefusedError, match="conflict"):
        await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", KIN))


async def test_one_that_becomes_known_at_the_seat_binds_in_its_removals_that_are_open(
    seated: Raising,
) -> None:
    await seated.told("NL-D01")
    raised_here, commission = seated.removal(1)
    await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", KIN))
    registered, _ = seated.registers("r-desk")
    await seated.carried()
    await seated.held.send(asks(ReportConflict, somebody("CLERK", KIN), "t1", **COUSIN))
    await seated.carried()
    assert raised_here.current.conflicted == registered.current.conflicted == {KIN}
    assert raised_here.current.open_tasks("lead"), "what rests on that person's act is done again (SOD-08)"


async def test_one_that_is_said_of_somebody_else_is_decided_on_at_the_seat_and_told_to_nobody(
    seated: Raising,
) -> None:
    await seated.told("NL-D01")
    desk, _ = seated.removal(1)
    await seated.held.send(asks(ReportConflict, somebody("CLERK", "p-teller"), "t1", **COUSIN))
    await seated.carried()
    assert not desk.current.conflicted


async def test_of_a_removal_in_the_next_of_the_same_seat(seated: Raising) -> None:
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    await desk.send(asks(ReportConflict, somebody("CLERK", KIN), desk.case_id, **COUSIN))
    await commission.looked("NO_CASE")
    await seated.carried()
    assert seated.held.current.conflicted == {KIN}
    await seated.told("NL-C04")
    assert raised(seated.held)[-1].barred == (KIN,)


async def test_of_a_removal_at_every_level_that_hears_of_it(seated: Raising) -> None:
    for district, follows in (("d02", "t2"), ("d03", None)):
        other = OtherSeat(owner="federation", district=district, seat=Seat.EXECUTIVE, tenure=follows)
        await seated.office.asks(RecordSeat, OFFICE, other=other, since=date(2025, 3, 2))
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    await desk.send(asks(ReportConflict, somebody("CLERK", KIN), desk.case_id, **COUSIN))
    await commission.removed()
    ((seats, word),) = [one for one in words_for(desk, "tenure") if isinstance(one[1], LinkedSeatLost)]
    assert (seats, word.asked()["barred"]) == (("t2",), [KIN])
    (linked,) = [one for one in started(desk.current.owed) if isinstance(one, OpenRemoval)]
    assert linked.barred == (KIN,)
    elsewhere = seat()
    lost = owed(LinkedSeatLost, "t1", "r-1", removal="r-1", person_id="p-member", lead=LEAD, barred=(KIN,))
    await elsewhere.send(lost)
    assert raised(elsewhere)[-1].barred == (KIN,)


async def test_of_the_first_review_in_the_second(
    removal: PureDesk[Removal], commission: Commission, policy: Policy
) -> None:
    desk = PureDesk(REVIEWS, policy, local("2026-03-02 10:00"))
    desk.open(review_opening())
    task = desk.current.open_tasks("review-vote")[0]
    kin = somebody(task.role, KIN)
    await desk.send(
        asks(DeclareConflict, kin, desk.case_id, task_id=task.id, ground="kin", reason="a cousin")
    )
    body = Body(desk)
    await body.vote("UPHELD", "UPHELD", "UPHELD")
    await body.act("serve", "SERVED")
    (word,) = told(desk.current.owed)
    assert word.asked()["barred"] == [KIN], "whoever signed what is attacked is barred there, and not here"
    await served(commission)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    said = {"instance": 1, "outcome": "UPHELD", "signers": ("p-reviewer-1",), "barred": (KIN,)}
    await removal.send(owed(ReviewDecided, "r1", review_id("r1", 1), review=review_id("r1", 1), **said))
    await commission.act("apply-second-review", "APPLIED", form=APPLICATION)
    *_, second = started(removal.current.owed)
    assert KIN in second.asked()["barred"]
    assert removal.current.conflicted == {KIN}, (
        "nor have they anything to do with what is left of the removal"
    )


async def test_what_was_declared_at_the_beginning_of_a_batch_binds_at_a_seat_that_is_imported(
    batch: PureDesk[Batch],
) -> None:
    for role, person in (("CLERK", KIN), ("DEPT_HEAD", "p-head")):
        await batch.send(asks(DeclareTie, somebody(role, person), "b1", tie=TIE))
    entry = SeatEntry(
        person_id=ENTRY.person_id, district="d01", seat=Seat.EXECUTIVE, began=date(2025, 1, 6), member=NOMINEE
    )
    await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="a" * 64, entries=(entry,)))
    (opening,) = openings(batch)
    held = seat(ties=opening.ties)
    assert held.current.conflicted == {KIN, "p-head"}
    assert [task.kind for task in held.current.open_tasks()] == ["recusal"], (
        "of a head the level above decides"
    )


async def test_a_tie_that_is_declared_later_is_told_to_the_seat(batch: PureDesk[Batch]) -> None:
    await batch.send(asks(SeatTaken, OFFICE, "b1", tenure="t1", person_id=ENTRY.person_id))
    await batch.send(asks(DeclareTie, somebody("CLERK", KIN), "b1", tie=TIE))
    ((seats, word),) = words_for(batch, "tenure")
    assert (seats, isinstance(word, ReportConflict)) == (("t1",), True)
    held = seat(person_id=ENTRY.person_id)
    await held.send(word)
    assert held.current.conflicted == {KIN}
