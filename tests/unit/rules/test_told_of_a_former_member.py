"""What a vacant seat is told of whoever held it counts when a review gives it back; else it concerns nobody (§8.4)."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.commands.case import EndFact, ReportFact
from contracts.commands.nomination import KnowIndex
from contracts.commands.tenure import (
    LeadReported,
    LinkedSeatLost,
    RecordDeath,
    RecordSeat,
    Resign,
    SeatEnded,
    SeatRestored,
    SeatSuspended,
)
from contracts.errand import Tell
from contracts.events.tenure import LeadKept, SeatRested, SeatVacated
from contracts.matter import Lead, OtherSeat
from tests.asking import LEAD, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.prizes import owed
from tests.tenures import OFFICE, SeatOffice, fact, raised, seat
from tests.unit.rules.test_index_on_record import measured
from workflows.kinds.tenure.case import Tenure

DESK = somebody("DISC_OFFICER", "p-disc")
LOST = date(2026, 3, 2)
CPPCC = OtherSeat(owner="cppcc")
ELSEWHERE = {"removal": "r-city", "person_id": "p-member", "lead": LEAD}
REPORTED = Lead(name="张某", text="seen at the border")


@pytest.fixture
def held() -> PureDesk[Tenure]:
    return seat()


@pytest.fixture
def office(held: PureDesk[Tenure]) -> SeatOffice:
    return SeatOffice(held)


async def removed(office: SeatOffice, reason: str = "REMOVED") -> None:
    await office.asks(SeatEnded, OFFICE, removal="r1", reason=reason, since=LOST)


async def restored(office: SeatOffice) -> None:
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2026, 4, 2))


async def told(held: PureDesk[Tenure], office: SeatOffice, what: str) -> None:
    """One of the words that concern whoever held the seat."""
    match what:
        case "fact":
            await office.asks(ReportFact, DESK, fact=fact("NL-D01"), source="tax")
        case "index":
            await held.send(owed(KnowIndex, "t1", "b1", reading=measured(350, "2026-02-01")))
        case "linked-seat":
            await held.send(owed(LinkedSeatLost, "t1", "r-city", **ELSEWHERE))
        case "reported":
            await held.send(owed(LeadReported, "t1", "c1", nomination="c1", lead=REPORTED))


WORDS = {
    "fact": ("hit", "NL-D01"),
    "index": ("hit", "NL-A03"),
    "linked-seat": ("linked-seat", LEAD.item),
    "reported": ("other", None),
}


@pytest.mark.parametrize("what", WORDS)
async def test_it_is_kept_and_opens_a_removal_when_the_member_has_the_seat_again(
    what: str, held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await told(held, office, what)
    assert (raised(held), len(held.of(LeadKept))) == ([], 1)
    await restored(office)
    (opening,) = raised(held)
    assert (opening.source, opening.lead.item) == WORDS[what]
    assert opening.open_removal is None
    assert held.current.kept == ()
    await told(held, office, "fact")
    assert len(raised(held)) == (1 if what == "fact" else 2), "the same fact again changes nothing"


@pytest.mark.parametrize("what", WORDS)
async def test_of_a_seat_that_nobody_can_have_again_it_concerns_nobody(
    what: str, held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office, "RESIGNED")
    with pytest.raises(RefusedError, match="nobody holds this seat"):
        await told(held, office, what)
    await office.act("vacancy", "LEFT_VACANT")
    with pytest.raises(RefusedError, match="case-ended"):
        await told(held, office, what)


async def test_it_is_kept_also_when_somebody_else_fills_the_seat(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await office.act("vacancy", "CO_OPTED", form={"nomination": "c9"})
    await told(held, office, "fact")
    await restored(office)
    assert [one.source for one in raised(held)] == ["hit"]


async def test_of_several_the_first_is_looked_at_first(held: PureDesk[Tenure], office: SeatOffice) -> None:
    await removed(office)
    await told(held, office, "reported")
    await told(held, office, "fact")
    await told(held, office, "fact")
    await restored(office)
    first, second = raised(held)
    assert (first.source, second.source, second.open_removal) == ("other", "hit", first.target)


async def test_whoever_brought_it_is_known_and_not_whoever_restored_the_member(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await told(held, office, "fact")
    await restored(office)
    (opening,) = raised(held)
    assert (opening.brought_by, opening.actor.person_id) == (DESK.person_id, OFFICE.person_id)


async def test_an_investigation_is_proposed_as_a_suspension_then(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await office.asks(ReportFact, DESK, fact=fact("NL-C03"), source="police")
    await restored(office)
    assert [one.investigation for one in raised(held)] == [Cause.UNDER_INVESTIGATION]


@pytest.mark.parametrize(("cause", "left"), [("set-aside", 0), ("delisted", 1)])
async def test_what_was_never_the_member_s_is_let_go(
    cause: str, left: int, held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await told(held, office, "fact")
    await held.send(owed(EndFact, "t1", "s1", fact=fact("NL-D01"), source="tax", cause=cause))
    await restored(office)
    assert len(raised(held)) == left, "at what has left a list two people look first"


async def test_another_seat_that_was_lost_meanwhile_is_known_to_the_removals_that_follow(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(RecordSeat, OFFICE, other=CPPCC, since=date(2023, 1, 10))
    await removed(office)
    await office.asks(RecordSeat, OFFICE, other=CPPCC, since=date(2023, 1, 10), until=LOST)
    await told(held, office, "fact")
    await restored(office)
    assert [one.other_seats for one in raised(held)] == [()]


async def test_what_only_a_member_can_do_says_that_the_seat_is_vacant(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    for attempt in (
        office.attends("2026-03-02", "present"),
        office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal"),
    ):
        with pytest.raises(RefusedError, match="the seat is vacant"):
            await attempt


async def test_nothing_is_kept_when_the_term_is_over(held: PureDesk[Tenure], office: SeatOffice) -> None:
    await removed(office)
    await told(held, office, "fact")
    await held.until(local("2031-03-03 00:00"))
    assert (held.current.ended, raised(held)) == (True, [])
    with pytest.raises(RefusedError, match="nobody holds this seat"):
        await told(held, office, "reported")


async def test_a_suspension_by_another_removal_stands_when_the_member_has_the_seat_again(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(SeatSuspended, OFFICE, removal="r0", cause="detained")
    await removed(office)
    await office.asks(SeatSuspended, OFFICE, removal="r2", cause="chair-decision")
    await restored(office)
    assert held.current.suspended == {"r0": Cause.DETAINED, "r2": Cause.CHAIR_DECISION}
    assert [event.removal for event in held.of(SeatRested)][-2:] == ["r0", "r2"]


async def test_a_death_is_told_to_the_removal_whose_review_may_still_run(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await removed(office)
    await office.asks(RecordDeath, OFFICE, died_on=LOST, document_digest="a" * 64)
    told_to = [one for one in held.current.owed if isinstance(one, Tell)]
    assert [(one.case_ids, one.command.act) for one in told_to] == [(("r1",), "record-death")]
    assert len(held.of(SeatVacated)) == 1, "the seat was lost by the removal"
