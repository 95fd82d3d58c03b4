"""A removal of a seat that no case follows gets a year that is published late as every other case does (§8.8.10)."""

from typing import Any

import pytest

from contracts.commands.batch import LoadCalendar
from contracts.commands.case import KnownYears, LoadCaseCalendar, WantYears
from contracts.events.batch import YearsWanted
from contracts.matter import OtherSeat, YearsFrom
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from tests.asking import asks, batch_opening, local, removal_opening
from tests.commission import Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import as_owed, owed, words_for
from tests.tenures import OFFICE, seat, year
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCH
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

THERE = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING)
DECEMBER = local("2026-12-30 10:00")


def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCH, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


def late(policy: Policy, **changes: object) -> PureDesk[Removal]:
    """Registered at the desk at the end of a year after which no calendar is known."""
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, DECEMBER)
    desk.open(removal_opening(years_from=YearsFrom(kind="batch", case_id="b1"), **changes))
    return desk


async def hears(to: PureDesk[Any], kind: str, of: PureDesk[Any], *acts: str) -> None:
    """What one case owes the other is said."""
    for _, word in words_for(of, kind):
        if word.act in acts:
            await to.send(as_owed(word, to.case_id, of.case_id, 1))


@pytest.mark.parametrize("before", [True, False])
async def test_the_batch_of_the_district_hands_it_on_whether_it_was_loaded_before_or_after(
    policy: Policy, before: bool
) -> None:
    there = batch(policy)
    load = asks(LoadCalendar, OFFICE, "b1", year=year(2027))
    if before:
        await there.send(load)
    desk = late(policy)
    await Commission(desk).act("lead", "OPENED")
    (look,) = {task.kind: task for task in desk.current.open_tasks("first-look")}.values()
    assert (look.due, look.provisional) == (None, True)
    await hears(there, "batch", desk, "want-years")
    await hears(desk, "removal", there, "known-years")
    if not before:
        assert desk.current.open_tasks("first-look")[0].provisional
        await there.send(load)
        await hears(desk, "removal", there, "load-case-calendar")
    assert [one.year for one in desk.current.years] == [2027]
    assert [task.provisional for task in desk.current.open_tasks()] == [False]


async def test_a_year_that_was_handed_here_since_is_later(policy: Policy) -> None:
    desk = late(policy)
    corrected = year(2027).model_copy(update={"source": "corrected"})
    await desk.send(owed(LoadCaseCalendar, "r1", "b1", year=corrected))
    await desk.send(owed(KnownYears, "r1", "b1", 2, case="b1", years=(year(2027),)))
    assert [one.source for one in desk.current.years] == ["corrected"]


@pytest.mark.parametrize("tenure", ["t1", None])
async def test_one_that_was_begun_because_another_seat_was_lost_hears_it_from_whoever_that_heard_it_from(
    policy: Policy, tenure: str | None
) -> None:
    lost: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    hands = None if tenure else YearsFrom(kind="batch", case_id="b1")
    lost.open(
        removal_opening(other_seats=(THERE,), **({"tenure": tenure} if tenure else {}), years_from=hands)
    )
    await Commission(lost).removed()
    (opening,) = started(lost.current.owed)
    assert opening.years_from == YearsFrom(kind="tenure" if tenure else "batch", case_id=tenure or "b1")
    linked: PureDesk[Removal] = PureDesk(DECIDER, policy, DECEMBER)
    linked.open(opening)
    follows: PureDesk[Any] = seat() if tenure else batch(policy)
    await hears(follows, "tenure" if tenure else "batch", linked, "want-years")
    command: Any = owed(LoadCaseCalendar, "t1", "b1", year=year(2027))
    await follows.send(command if tenure else asks(LoadCalendar, OFFICE, "b1", year=year(2027)))
    assert words_for(follows, "removal")[-1][0] == (linked.case_id,)
    await hears(linked, "removal", follows, "load-case-calendar")
    assert [one.year for one in linked.current.years] == [2027]


async def test_said_again_it_changes_nothing_and_no_other_case_says_it(policy: Policy) -> None:
    there = batch(policy)
    for number in (1, 2):
        await there.send(owed(WantYears, "b1", "r1", number, case="r1"))
    assert len(there.of(YearsWanted)) == len(words_for(there, "removal")) == 1
    with pytest.raises(RefusedError, match="wrong-role"):
        await there.send(owed(WantYears, "b1", "r2", case="r1"))


def test_what_a_case_follows_hears_it_from_that(policy: Policy) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, DECEMBER)
    desk.open(removal_opening(tenure="t1", parent="r1"))
    assert [word.act for _, word in words_for(desk, "tenure")] == ["removal-begun"]
    assert words_for(desk, "batch") == []
