"""A removal that the desk registers is known to its seat, and knows what one knows that the seat raises (R01, R03)."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.removal import ReportRelease
from contracts.commands.tenure import RecordDeath, RecordSeat, RemovalBegun, Resign
from contracts.events.removal import EarlierRemovalEnded, EarlierRemovalFound
from contracts.events.tenure import RemovalNoted
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat, Stage
from tests.asking import somebody
from tests.commission import RESIGNED
from tests.desks import RefusedError
from tests.office import MINUTES
from tests.prizes import owed, words_for
from tests.raising import Raising
from tests.tenures import OFFICE, raised, year

PAPER = {"document_digest": "d" * 64}
PLACE = {"district": "d01", "seat": Seat.EXECUTIVE}
CITY = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING, tenure="t2")


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def test_a_lead_that_the_seat_raises_after_it_is_its_duplicate(seated: Raising) -> None:
    one, _ = seated.registers("r1")
    await seated.carried()
    assert seated.held.current.removals == ("r1",)
    await seated.told("NL-D01")
    (opening,) = raised(seated.held)
    assert opening.open_removal == "r1"
    assert one.current.open_removal is None


async def test_it_is_the_duplicate_of_a_lead_that_the_seat_raised_before_it_and_opened_when_that_is_over(
    seated: Raising,
) -> None:
    await seated.told("NL-D01")
    first, earlier = seated.removal(1)
    desk, later = seated.registers("r2")
    await seated.carried()
    assert desk.current.open_removal == first.case_id
    with pytest.raises(RefusedError, match="Duplicate"):
        await later.act("lead", "OPENED")
    await earlier.looked("NO_CASE")
    await seated.carried()
    await later.act("lead", "OPENED")
    assert desk.current.stage is Stage.FIRST_LOOK


@pytest.mark.parametrize("seat_first", [True, False])
async def test_of_two_at_one_moment_the_seat_says_which_came_first(seated: Raising, seat_first: bool) -> None:
    """Neither knew of the other when it was begun."""
    if seat_first:
        await seated.told("NL-D01")
    desk, _ = seated.registers("r2")
    await seated.carried()
    if not seat_first:
        await seated.told("NL-D01")
    raised_one, _ = seated.removal(1)
    await seated.carried()
    known = (desk.current.open_removal, raised_one.current.open_removal)
    assert known == ((raised_one.case_id, None) if seat_first else (None, "r2"))


async def test_one_that_was_opened_before_the_seat_answered_is_registered_anew(seated: Raising) -> None:
    await seated.told("NL-D01")
    first, _ = seated.removal(1)
    desk, later = seated.registers("r2", investigation="detained")
    await later.looked()
    await seated.carried()
    assert (desk.current.stage, desk.current.open_removal) == (Stage.LEAD, first.case_id)
    assert [task.kind for task in desk.current.open_tasks()] == ["suspend-duty", "lead"]
    await later.act("lead", "DUPLICATE", form={"of": first.case_id})
    await seated.carried()
    assert desk.current.state is CaseState.MERGED
    assert first.current.investigations == (Cause.DETAINED,), "nothing of it is lost"
    assert seated.held.current.removals == (first.case_id,)


async def test_one_in_which_people_have_found_something_goes_on(seated: Raising) -> None:
    await seated.told("NL-D01")
    desk, later = seated.registers("r2")
    await later.planned()
    await seated.carried()
    assert (desk.current.stage, len(desk.of(EarlierRemovalFound))) == (Stage.VOTE, 1)
    await later.votes("REMOVED")
    await seated.carried()
    assert seated.held.current.state is CaseState.VACANT


async def test_the_desk_may_name_one_that_is_over_by_now(seated: Raising) -> None:
    _, earlier = seated.registers("r1")
    await seated.carried()
    await earlier.looked("NO_CASE")
    await seated.carried()
    desk, later = seated.registers("r2", open_removal="r1")
    await seated.carried()
    assert (desk.current.open_removal, len(desk.of(EarlierRemovalEnded))) == (None, 1)
    await later.act("lead", "OPENED")


async def test_one_that_the_desk_names_and_the_seat_never_heard_of_counts(seated: Raising) -> None:
    """It was registered before removals told of themselves, and says only how it ends."""
    desk, later = seated.registers("r2", open_removal="r0")
    await seated.carried()
    assert (seated.held.current.removals, desk.current.open_removal) == (("r0", "r2"), "r0")
    _, earlier = seated.registers("r0")
    await earlier.looked("NO_CASE")
    await seated.carried()
    await later.act("lead", "OPENED")


async def test_it_knows_an_investigation_that_an_earlier_one_left_and_hears_of_its_end(
    seated: Raising,
) -> None:
    await seated.told("NL-C03")
    _, one = seated.removal(1)
    await one.act("suspend-duty", "NOT_SUSPENDED", form=MINUTES)
    await one.planned()
    await one.votes("KEPT", (131, 131, 20))
    await seated.carried()
    desk, commission = seated.registers("r2")
    await seated.carried()
    assert desk.current.investigations == (Cause.UNDER_INVESTIGATION,)
    assert desk.current.open_tasks("suspend-duty"), "proposed, as in one that the seat raises (R03)"
    await commission.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await commission.act("persuade", "RESIGNED", form=RESIGNED)
    await one.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.UNDER_INVESTIGATION, **PAPER)
    await seated.carried()
    assert (desk.current.investigations, desk.current.open_tasks("suspend-duty")) == ((), [])
    await commission.act("persuade", "RESIGNED", form=RESIGNED)


async def test_of_two_that_know_of_an_investigation_and_are_open_both_hear_of_its_end(
    seated: Raising,
) -> None:
    (first, one), (second, _) = (seated.registers(name, investigation="detained") for name in ("r1", "r2"))
    await seated.carried()
    await one.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await seated.carried()
    assert (first.current.investigations, second.current.investigations) == ((), ())


@pytest.mark.parametrize("before", [True, False])
async def test_other_seats_and_years_reach_it_whether_they_were_known_before_or_come_later(
    seated: Raising, before: bool
) -> None:
    async def known() -> None:
        await seated.office.asks(RecordSeat, OFFICE, other=CITY, since=date(2025, 3, 2))
        await seated.held.send(owed(LoadCaseCalendar, "t1", "b1", year=year(2027)))

    if before:
        await known()
    desk, _ = seated.registers("r1", other_seats=(CITY.model_copy(update={"tenure": None}),))
    await seated.carried()
    if not before:
        await known()
    await seated.carried()
    assert desk.current.other_seats == (CITY,), "the seat knows the case that follows it there"
    assert [one.year for one in desk.current.years] == [2027]


@pytest.mark.parametrize("before", [True, False])
async def test_whoever_has_died_is_removed_by_nobody(seated: Raising, before: bool) -> None:
    died = {"died_on": date(2026, 3, 2), **PAPER}
    if before:
        await seated.office.asks(RecordDeath, OFFICE, **died)
    desk, _ = seated.registers("r1")
    await seated.carried()
    if not before:
        await seated.office.asks(RecordDeath, OFFICE, **died)
    await seated.carried()
    assert (desk.current.state, desk.current.gone) == (CaseState.LAPSED, True)


async def test_the_seat_may_be_vacant_by_then_and_had_again(seated: Raising) -> None:
    _, earlier = seated.registers("r1")
    await seated.carried()
    await earlier.removed()
    desk, _ = seated.registers("r2")
    await seated.carried()
    assert (seated.held.current.state, seated.held.current.removals) == (CaseState.VACANT, ("r2",))
    assert desk.current.open_removal is None


async def test_it_may_be_over_when_the_seat_answers(seated: Raising) -> None:
    await seated.told("NL-D01")
    first, _ = seated.removal(1)
    desk, commission = seated.registers("r2")
    await commission.looked("NO_CASE")
    with pytest.raises(RefusedError, match="case-ended"):
        await seated.carried()
    await seated.carried()
    assert (desk.current.state, seated.held.current.removals) == (CaseState.NO_CASE, (first.case_id,))
    assert desk.case_id in seated.held.current.past


async def test_said_again_it_changes_nothing(seated: Raising) -> None:
    desk, _ = seated.registers("r1")
    await seated.carried()
    for number in (1, 2):
        await seated.held.send(owed(RemovalBegun, "t1", "r1", number, removal="r1", **PLACE))
    [(_, answer), *_] = words_for(seated.held, "removal")
    await desk.send(answer)
    assert (len(seated.held.of(RemovalNoted)), desk.of(EarlierRemovalFound)) == (1, [])
    with pytest.raises(RefusedError, match="wrong-role"):
        await seated.held.send(owed(RemovalBegun, "t1", "r2", removal="r1", **PLACE))


async def test_a_seat_that_raises_a_removal_is_not_told_of_it(seated: Raising) -> None:
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    desk, _ = seated.removal(1)
    assert words_for(desk, "tenure") == []
