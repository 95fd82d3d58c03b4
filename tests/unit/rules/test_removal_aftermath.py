"""R10 and R12: what follows elsewhere when a seat is lost, and what is owed to whoever keeps it."""

from datetime import date

from contracts.causes import Cause
from contracts.commands.opening import AS_RELEASED
from contracts.commands.removal import OpenRemoval
from contracts.errand import Tell
from contracts.events.removal import MemberRestored, VacancyOpened
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat
from tests.asking import LEAD, local, removal_opening
from tests.commission import Commission, started, told
from tests.desks import PureDesk
from tests.later_policy import LATER
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

DISTRICT = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING)
FOLLOWED = DISTRICT.model_copy(update={"tenure": "t2"})
"""The same, where a case follows the seat."""
CPPCC = OtherSeat(owner="cppcc")


def of_several_seats(policy: Policy, there: OtherSeat = DISTRICT) -> PureDesk[Removal]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(other_seats=(there, CPPCC), tenure="t1"))
    return desk


async def test_a_lost_seat_opens_a_case_of_its_own_at_the_other_level_and_none_elsewhere(
    policy: Policy,
) -> None:
    desk = of_several_seats(policy)
    await Commission(desk).removed()
    (linked,) = started(desk.current.owed)
    assert isinstance(linked, OpenRemoval)
    assert (linked.district, linked.seat, linked.source, linked.tenure) == (
        "d02",
        "standing",
        "linked-seat",
        None,
    )
    assert (linked.parent, linked.person_id, linked.lead) == ("r1", "p-member", LEAD)
    assert linked.policy_digest == desk.current.policy_digest
    assert linked.other_seats == (CPPCC,), "the case there opens nothing back here"


async def test_where_a_case_follows_the_seat_there_it_hears_of_it_and_begins_the_removal_itself(
    policy: Policy,
) -> None:
    desk = of_several_seats(policy, FOLLOWED)
    await Commission(desk).removed()
    assert started(desk.current.owed) == []
    [word] = [word for word in told(desk.current.owed) if word.act == "linked-seat-lost"]
    assert (word.removal, word.person_id, word.lead) == ("r1", "p-member", LEAD)
    [errand] = [one for one in desk.current.owed if isinstance(one, Tell) and one.command == word]
    assert (errand.kind, errand.case_ids) == ("tenure", ("t2",))


async def test_without_one_the_case_there_begins_under_the_district_s_own_version(
    policy: Policy,
) -> None:
    own = [row.model_copy(update={"version": LATER} if row.code == "d02" else {}) for row in policy.districts]
    desk = of_several_seats(policy.model_copy(update={"districts": tuple(own)}))
    await Commission(desk).removed()
    (linked,) = started(desk.current.owed)
    assert (linked.policy, linked.policy_digest, linked.as_released) == (LATER, AS_RELEASED, True)
    assert linked.fits_its_claim()


async def test_the_other_level_decides_for_itself_and_may_keep_the_member(policy: Policy) -> None:
    desk = of_several_seats(policy)
    await Commission(desk).removed()
    (linked,) = started(desk.current.owed)
    there = PureDesk(DECIDER, policy, desk.now)
    there.open(linked)
    commission = Commission(there)
    await commission.planned()
    await commission.votes("KEPT", (45, 40, 10))
    assert there.current.state is CaseState.KEPT
    assert there.current.parent == desk.case_id


async def test_the_seats_own_case_is_told_of_the_day_and_asks_about_the_vacancy_itself(
    policy: Policy,
) -> None:
    desk = of_several_seats(policy)
    await Commission(desk).removed()
    (ended,) = told(desk.current.owed)
    assert (ended.act, ended.reason, ended.since) == ("seat-ended", CaseState.REMOVED, date(2026, 3, 2))
    assert desk.current.open_tasks("note-vacancy") == []


async def test_where_no_case_follows_the_seat_the_election_office_notes_the_vacancy(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.removed()
    assert [e.seat for e in removal.of(VacancyOpened)] == [Seat.EXECUTIVE]
    assert {t.kind for t in removal.current.open_tasks()} == {"serve", "note-vacancy"}
    await commission.closed()
    removal.carry_all()
    assert DECIDER.closed(removal.current) == "REMOVED"


async def test_a_name_that_nothing_was_proven_against_is_cleared_within_five_days(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified("UNPROVEN", "PROVEN")
    assert [e.cause for e in removal.of(MemberRestored)] == [Cause.UNPROVEN]
    assert (await commission.task("clear-name")).due == local("2026-03-10 00:00")
    await commission.closed()
    removal.carry_all()
    assert DECIDER.closed(removal.current) == "NO_CASE"


async def test_whoever_keeps_the_seat_is_said_to_have_kept_it(policy: Policy) -> None:
    desk = of_several_seats(policy)
    commission = Commission(desk)
    await commission.planned()
    await commission.votes("KEPT", (131, 131, 65))
    assert [one.act for one in told(desk.current.owed)] == ["seat-kept"]
    assert started(desk.current.owed) == []


async def test_a_case_that_lapses_says_so_when_its_letters_are_served(policy: Policy) -> None:
    desk = of_several_seats(policy)
    commission = Commission(desk)
    await commission.heard()
    await commission.verified()
    await commission.opinion("DEFER", "DEFER")
    await commission.resumed("LAPSED")
    assert told(desk.current.owed) == []
    await commission.closed()
    assert [one.act for one in told(desk.current.owed)] == ["seat-kept"]
