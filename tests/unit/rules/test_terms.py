"""A deadline out of its whole term: every extension and every pause since, in the order in which they came."""

from datetime import datetime

import pytest

from contracts.policy.model import Calendar, Limit, Policy
from contracts.term import Extended, Move, Stood, Term
from tests.instants import at, midnight_after
from workflows.rules import deadlines, terms

FIVE = Extended(by="asked", n=5, unit="WD")


def counted(policy: Policy, *moves: Move, start: datetime | None = None) -> deadlines.Due:
    """The deadline of a consultation that began on Monday 2 March: ten working days, 16 March."""
    term = Term(start=start or at(3, 2), limit="consultation", moves=moves)
    return terms.counted(term, policy.limits, policy.calendar)


@pytest.mark.parametrize(
    ("moves", "last_day"),
    [
        ((), (3, 16)),
        ((FIVE,), (3, 23)),
        ((FIVE, FIVE), (3, 30)),
        ((Stood(since=at(3, 4, 9), until=at(3, 5, 9)),), (3, 18)),
        ((Stood(since=at(3, 4, 9), until=at(3, 5, 9)), FIVE), (3, 25)),
        ((FIVE, Stood(since=at(3, 18, 9), until=at(3, 19, 9))), (3, 25)),
        # Two pauses on one day give one day back.
        (
            (Stood(since=at(3, 4, 9), until=at(3, 4, 10)), Stood(since=at(3, 4, 14), until=at(3, 4, 15))),
            (3, 17),
        ),
        # The clock stood when the deadline had passed: it stays, and those days extend nothing.
        ((Stood(since=at(3, 17, 9), until=at(3, 18, 9)),), (3, 16)),
        ((Stood(since=at(3, 17, 9), until=at(3, 18, 9)), FIVE), (3, 25)),
    ],
)
def test_every_move_counts_from_where_the_one_before_ended(
    moves: tuple[Move, ...], last_day: tuple[int, int], policy: Policy
) -> None:
    assert counted(policy, *moves).at == midnight_after(*last_day)


def test_an_extension_may_count_from_an_event_of_its_own(policy: Policy) -> None:
    anew = Extended(by="conference", n=10, unit="WD", counted_from=at(3, 20))
    assert counted(policy, anew).at == midnight_after(4, 3)
    # That event's own day is no part of the count, so a pause on it and before gives nothing back.
    assert counted(policy, anew, Stood(since=at(3, 18, 9), until=at(3, 20, 17))).at == midnight_after(4, 3)
    later = Extended(by="conference", n=10, unit="WD", counted_from=at(3, 23))
    assert counted(policy, anew, later, Stood(since=at(3, 23, 9), until=at(3, 23, 17))).at == midnight_after(
        4, 7
    )


def test_an_extension_after_such_a_one_goes_on_where_it_ended(policy: Policy) -> None:
    anew = Extended(by="conference", n=10, unit="WD", counted_from=at(3, 20))
    assert counted(policy, anew, FIVE).at == midnight_after(4, 13)
    assert counted(policy, anew, FIVE, Stood(since=at(3, 20, 9), until=at(3, 20, 17))).at == midnight_after(
        4, 13
    )


def test_a_pause_that_gives_nothing_back_leaves_the_count_explained(policy: Policy) -> None:
    weekend = Stood(since=at(3, 7, 9), until=at(3, 8, 9))
    assert counted(policy, weekend) == counted(policy)
    assert len(counted(policy, weekend).counted) == 10


@pytest.mark.parametrize("move", [FIVE, Stood(since=at(12, 29, 9), until=at(12, 30, 9))])
def test_a_provisional_deadline_stays_provisional(move: Move, policy: Policy) -> None:
    plain = counted(policy, start=at(12, 28))
    assert plain.provisional
    assert counted(policy, move, start=at(12, 28)) == plain


def test_a_provisional_deadline_becomes_real_where_it_counts_from_another_event(policy: Policy) -> None:
    anew = Extended(by="conference", n=2, unit="WD", counted_from=at(12, 28))
    assert counted(policy, anew, start=at(12, 28)).at == midnight_after(12, 30)


def test_a_limit_in_seconds_gets_the_length_of_the_pause_back(calendar: Calendar) -> None:
    term = Term(start=at(3, 2, 9), limit="short", moves=(Stood(since=at(3, 2, 9, 1), until=at(3, 2, 9, 3)),))
    assert terms.counted(term, {"short": Limit(n=300, unit="s")}, calendar).at == at(3, 2, 9, 7)
