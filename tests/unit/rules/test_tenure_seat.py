"""A seat as its removals leave it, its vacancy, and how its term ends (domain §8.4)."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.commands.case import ReportFact
from contracts.commands.tenure import (
    LinkedSeatLost,
    NameVacancy,
    RecordDeath,
    RecordSeat,
    Resign,
    SeatEnded,
    SeatKept,
    SeatLifted,
    SeatRestored,
    SeatSuspended,
)
from contracts.events.case import CaseEnded
from contracts.events.review import FactDismissed, FactUnmatched
from contracts.events.tenure import MemberReinstated, SeatRecorded, SeatVacated
from contracts.matter import OtherSeat
from contracts.vocabulary import CaseState, Seat, Stage
from tests.asking import LEAD, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.tenures import OFFICE, OTHER_ID, SeatOffice, fact, raised, seat
from workflows.kinds.tenure.case import Tenure
from workflows.kinds.tenure.kind import DECIDER

MEMBER = somebody("MEMBER", "p-member")
CPPCC = OtherSeat(owner="cppcc")


@pytest.fixture
def held() -> PureDesk[Tenure]:
    return seat()


@pytest.fixture
def office(held: PureDesk[Tenure]) -> SeatOffice:
    return SeatOffice(held)


async def test_the_term_is_the_policy_s_and_its_end_ends_the_case(held: PureDesk[Tenure]) -> None:
    assert held.current.ends == date(2031, 3, 2)
    await held.until(local("2027-03-02 00:00"))
    office = SeatOffice(held)
    for _ in range(4):
        await office.replies()
        await office.scored()
        upcoming = DECIDER.next_instant(held.current, held.policy, held.now)
        assert upcoming is not None
        await held.until(upcoming)
    await held.until(local("2031-03-02 23:59"))
    assert not held.current.ended
    await held.until(local("2031-03-03 00:00"))
    assert [(e.state, e.cause) for e in held.of(CaseEnded)] == [(CaseState.TERM_ENDED, Cause.TERM_OVER)]
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    assert DECIDER.closed(held.current) == "TERM_ENDED"


async def test_an_opening_may_say_when_the_term_ends() -> None:
    desk = seat(ends=date(2026, 6, 30), began=date(2021, 7, 1))
    await desk.until(local("2026-07-01 00:00"))
    assert desk.current.state is CaseState.TERM_ENDED


async def test_the_seat_hears_of_suspension_and_of_its_end(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(SeatSuspended, OFFICE, removal="r1", cause="detained")
    assert (held.current.suspended, held.current.removals) == ({"r1": Cause.DETAINED}, ("r1",))
    await office.asks(SeatSuspended, OFFICE, removal="r2", cause="chair-decision")
    await office.asks(SeatLifted, OFFICE, removal="r1")
    assert held.current.suspended == {"r2": Cause.CHAIR_DECISION}, "each suspends by itself"
    await office.asks(SeatKept, OFFICE, removal="r2")
    assert (held.current.suspended, held.current.removals) == ({}, ("r1",))


async def test_a_removed_member_can_be_restored_and_only_by_what_removed(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="REMOVED", since=date(2026, 3, 2))
    assert held.current.state is CaseState.VACANT
    assert (await office.task("vacancy")).role == "ELECTION_OFFICE"
    with pytest.raises(RefusedError, match="case-ended"):
        await office.asks(SeatRestored, OFFICE, removal="r2", since=date(2026, 3, 2))
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2026, 3, 2))
    assert held.current.state is CaseState.IN_OFFICE
    assert not held.current.open_tasks("vacancy")
    assert [event.filled for event in held.of(MemberReinstated)] == [False]
    await held.until(local("2027-03-02 00:00"))
    assert held.current.stage is Stage.RE_EVALUATION


async def test_a_vacancy_is_named_by_one_batch_and_filled(held: PureDesk[Tenure], office: SeatOffice) -> None:
    with pytest.raises(RefusedError, match="no-vacancy"):
        await office.asks(NameVacancy, OFFICE, batch="b2")
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="REMOVED", since=date(2026, 3, 2))
    await office.asks(NameVacancy, OFFICE, batch="b2")
    await office.asks(NameVacancy, OFFICE, batch="b2")
    with pytest.raises(RefusedError, match="another batch"):
        await office.asks(NameVacancy, OFFICE, batch="b3")
    await office.act("vacancy", "CO_OPTED", form={"nomination": "c9"})
    assert not held.current.ended, "a review may still give the seat back"
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2026, 9, 1))
    assert [event.filled for event in held.of(MemberReinstated)] == [True]


async def test_a_removed_member_s_seat_is_closed_with_the_term(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="REMOVED", since=date(2026, 3, 2))
    await held.until(local("2031-03-03 00:00"))
    assert held.current.state is CaseState.REMOVED
    assert len(held.of(SeatVacated)) == 1


async def test_a_member_s_wish_opens_a_removal_and_ends_nothing(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    with pytest.raises(RefusedError, match="wrong-role"):
        await office.asks(Resign, somebody("MEMBER", "p-other"), reason="personal")
    await office.asks(Resign, MEMBER, reason="personal")
    (removal,) = raised(held)
    assert (removal.source, removal.actor) == ("own-wish", MEMBER)
    assert held.current.state is CaseState.IN_OFFICE
    await office.asks(SeatEnded, OFFICE, removal=removal.target, reason="RESIGNED", since=date(2026, 3, 20))
    await office.act("vacancy", "LEFT_VACANT")
    assert held.current.state is CaseState.RESIGNED, "nothing can give it back"


async def test_death_stops_what_ran_and_leaves_a_vacancy(held: PureDesk[Tenure]) -> None:
    await held.until(local("2027-03-02 00:00"))
    office = SeatOffice(held)
    await office.asks(RecordDeath, OFFICE, died_on=date(2027, 2, 28), document_digest="a" * 64)
    assert [task.kind for task in held.current.open_tasks()] == ["vacancy"]
    await office.act("vacancy", "CO_OPTED", form={"nomination": "c9"})
    assert held.current.state is CaseState.DECEASED


async def test_another_seat_is_kept_up_to_date_and_losing_it_ends_nothing(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    city = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING, tenure="t2")
    for _ in range(2):
        await office.asks(RecordSeat, OFFICE, other=CPPCC, since=date(2023, 1, 10))
    await office.asks(RecordSeat, OFFICE, other=city, since=date(2025, 1, 10))
    await office.asks(RecordSeat, OFFICE, other=CPPCC, since=date(2023, 1, 10), until=date(2026, 3, 1))
    assert len(held.of(SeatRecorded)) == 3
    assert {(one.other.owner, one.until) for one in held.current.others} == {
        ("federation", None),
        ("cppcc", date(2026, 3, 1)),
    }
    assert held.current.state is CaseState.IN_OFFICE
    assert raised(held) == []


async def test_a_removal_that_is_raised_knows_the_seat_the_member_s_others_and_the_one_under_way(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    city = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING, tenure="t2")
    await office.asks(RecordSeat, OFFICE, other=city, since=date(2025, 1, 10))
    await office.asks(RecordSeat, OFFICE, other=CPPCC, since=date(2023, 1, 10), until=date(2026, 3, 1))
    await office.asks(Resign, MEMBER, reason="personal")
    police = somebody("DISC_OFFICER", "p-disc")
    await office.asks(ReportFact, police, fact=fact("NL-C03"), source="police")
    first, second = raised(held)
    assert (first.tenure, first.open_removal, first.investigation) == ("t1", None, None)
    assert first.other_seats == (city,)
    assert second.open_removal == first.target
    assert second.investigation is Cause.UNDER_INVESTIGATION, "a suspension is proposed, and nothing found"


async def test_a_fact_that_counts_raises_a_removal_once_and_every_other_is_kept(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    desk = somebody("DISC_OFFICER", "p-disc")
    with pytest.raises(RefusedError, match="not-this-person"):
        await office.asks(ReportFact, desk, fact=fact("NL-D01", subject_id=OTHER_ID), source="court")
    for _ in range(2):
        await office.asks(ReportFact, desk, fact=fact("NL-D01"), source="court")
    await office.asks(ReportFact, desk, fact=fact("NL-D03", "2020-01-10"), source="court")
    await office.asks(
        ReportFact, desk, fact=fact("NL-D01", subject_id=OTHER_ID, unmatched=True), source="court"
    )
    (removal,) = raised(held)
    assert removal.source == "hit"
    assert [event.cause for event in held.of(FactDismissed)] == [Cause.LOOK_BACK_OVER]
    assert len(held.of(FactUnmatched)) == 1
    assert held.current.state is CaseState.IN_OFFICE


async def test_nothing_is_recorded_of_a_seat_that_nobody_holds(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="RESIGNED", since=date(2026, 3, 2))
    for attempt in (
        office.attends("2026-03-02", "present"),
        office.asks(ReportFact, somebody("DISC_OFFICER"), fact=fact("NL-D01"), source="court"),
        office.asks(Resign, MEMBER, reason="personal"),
        office.asks(SeatSuspended, OFFICE, removal="r2", cause="detained"),
    ):
        with pytest.raises(RefusedError, match=r"case-ended|wrong-role"):
            await attempt


ELSEWHERE = {"removal": "r-city", "person_id": "p-member", "lead": LEAD}


async def test_a_seat_lost_at_another_level_opens_a_removal_here_by_this_level_s_own_rules(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    city = OtherSeat(owner="federation", district="city", seat=Seat.EXECUTIVE)
    for other in (city, CPPCC):
        await office.asks(RecordSeat, OFFICE, other=other, since=date(2026, 3, 2))
    await office.asks(LinkedSeatLost, OFFICE, **ELSEWHERE)
    (opening,) = raised(held)
    assert (opening.source, opening.parent, opening.tenure, opening.district) == (
        "linked-seat",
        "t1",
        "t1",
        held.current.district,
    )
    assert (opening.policy, opening.policy_digest) == (held.current.policy, held.current.policy_digest)
    assert opening.other_seats == (CPPCC,), "the case here opens nothing back there"
    assert LEAD.text in opening.lead.text
    assert held.current.state is CaseState.IN_OFFICE, "losing one seat ends no other"


async def test_a_removal_that_is_open_here_makes_the_lead_from_another_level_its_duplicate(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.asks(Resign, MEMBER, reason="of my own accord")
    await office.asks(LinkedSeatLost, OFFICE, **ELSEWHERE)
    first, linked = raised(held)
    assert linked.open_removal == first.target


@pytest.mark.parametrize(
    ("changes", "code"), [({"person_id": "p-other"}, "not-this-person"), ({}, "case-ended")]
)
async def test_a_seat_of_another_or_that_nobody_holds_is_not_looked_at(
    held: PureDesk[Tenure], office: SeatOffice, changes: dict[str, str], code: str
) -> None:
    if code == "case-ended":
        await office.asks(RecordDeath, OFFICE, died_on=date(2026, 3, 2), document_digest="d" * 64)
    with pytest.raises(RefusedError, match=code):
        await office.asks(LinkedSeatLost, OFFICE, **{**ELSEWHERE, **changes})
    assert raised(held) == []
