"""A removal of a seat that no case follows, begun because another was lost, gets a late year as that does (§8.8.10)."""

from typing import Any

import pytest

from contracts.commands.case import KnownYears, LoadCaseCalendar, WantYears
from contracts.events.tenure import YearsWanted
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from tests.asking import local, removal_opening
from tests.commission import Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import as_owed, owed, words_for
from tests.tenures import seat, year
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

THERE = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING)
DECEMBER = local("2026-12-30 10:00")


def late(policy: Policy, **changes: object) -> PureDesk[Removal]:
    """Begun at the end of a year after which no calendar is known."""
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, DECEMBER)
    desk.open(removal_opening(years_from="t1", **changes))
    return desk


async def hears(to: PureDesk[Any], kind: str, of: PureDesk[Any], *acts: str) -> None:
    """What one case owes the other is said."""
    for _, word in words_for(of, kind):
        if word.act in acts:
            await to.send(as_owed(word, to.case_id, of.case_id, 1))


@pytest.mark.parametrize("before", [True, False])
async def test_it_is_handed_the_year_whether_that_was_loaded_before_or_after(
    policy: Policy, before: bool
) -> None:
    follows = seat()
    load: Any = owed(LoadCaseCalendar, "t1", "b1", year=year(2027))
    if before:
        await follows.send(load)
    desk = late(policy)
    await Commission(desk).act("lead", "OPENED")
    (look,) = {task.kind: task for task in desk.current.open_tasks("first-look")}.values()
    assert (look.due, look.provisional) == (None, True)
    await hears(follows, "tenure", desk, "want-years")
    await hears(desk, "removal", follows, "known-years")
    if not before:
        assert desk.current.open_tasks("first-look")[0].provisional
        await follows.send(load)
        await hears(desk, "removal", follows, "load-case-calendar")
    assert [one.year for one in desk.current.years] == [2027]
    assert [task.provisional for task in desk.current.open_tasks()] == [False]


async def test_a_year_that_was_handed_here_since_is_later(policy: Policy) -> None:
    desk = late(policy)
    corrected = year(2027).model_copy(update={"source": "corrected"})
    await desk.send(owed(LoadCaseCalendar, "r1", "t1", year=corrected))
    await desk.send(owed(KnownYears, "r1", "t1", 2, case="t1", years=(year(2027),)))
    assert [one.source for one in desk.current.years] == ["corrected"]


@pytest.mark.parametrize("tenure", ["t1", None])
async def test_it_names_the_seat_that_was_lost_or_whoever_that_removal_named(
    policy: Policy, tenure: str | None
) -> None:
    lost: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    own = {"tenure": tenure} if tenure else {"years_from": "t0"}
    lost.open(removal_opening(other_seats=(THERE,), **own))
    await Commission(lost).removed()
    (opening,) = started(lost.current.owed)
    assert opening.years_from == (tenure or "t0")


async def test_said_again_it_changes_nothing_and_no_other_case_says_it() -> None:
    follows = seat()
    for number in (1, 2):
        await follows.send(owed(WantYears, "t1", "r1", number, case="r1"))
    assert len(follows.of(YearsWanted)) == len(words_for(follows, "removal")) == 1
    with pytest.raises(RefusedError, match="wrong-role"):
        await follows.send(owed(WantYears, "t1", "r2", case="r1"))


def test_what_a_case_follows_hears_it_from_that(policy: Policy) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, DECEMBER)
    desk.open(removal_opening(tenure="t1", parent="r1"))
    assert [word.act for _, word in words_for(desk, "tenure")] == ["removal-begun"]
