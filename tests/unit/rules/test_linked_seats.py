"""Whoever loses a seat is told of at every other seat that is held then, not when the lead was raised (R10, 8.4)."""

from datetime import date

import pytest

from contracts.commands.tenure import LinkedSeatLost, RecordSeat, Resign
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from tests.asking import LEAD, local, removal_opening, somebody
from tests.commission import Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import owed, words_for
from tests.raising import Raising
from tests.tenures import OFFICE
from workflows.kinds.removal.kind import DECIDER

CITY = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING, tenure="t2")
UNFOLLOWED = OtherSeat(owner="federation", district="d03", seat=Seat.EXECUTIVE)
CPPCC = OtherSeat(owner="cppcc")
WON, LEFT = date(2026, 3, 2), date(2026, 3, 2)


async def recorded(seated: Raising, other: OtherSeat, until: date | None = None) -> None:
    await seated.office.asks(RecordSeat, OFFICE, other=other, since=date(2025, 3, 2), until=until)
    await seated.carried()


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def test_a_seat_that_is_won_while_the_removal_is_open_hears_of_the_loss(seated: Raising) -> None:
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    desk, commission = seated.removal(1)
    for other in (CITY, UNFOLLOWED, CPPCC):
        await recorded(seated, other)
    assert desk.current.other_seats == (CITY, UNFOLLOWED, CPPCC)
    await commission.removed()
    assert [to for to, word in words_for(desk, "tenure") if word.act == "linked-seat-lost"] == [("t2",)]
    assert [opening.district for opening in started(desk.current.owed)] == ["d03"]


async def test_a_seat_that_ended_while_it_was_open_hears_nothing(seated: Raising) -> None:
    await recorded(seated, CITY)
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    desk, commission = seated.removal(1)
    assert desk.current.other_seats == (CITY,)
    await recorded(seated, CITY, until=LEFT)
    await commission.removed()
    assert [word.act for _, word in words_for(desk, "tenure")] == ["seat-ended"]


async def test_a_removal_of_a_linked_seat_opens_nothing_further_whatever_is_won_meanwhile(
    seated: Raising,
) -> None:
    word = owed(LinkedSeatLost, "t1", "r-city", removal="r-city", person_id="p-member", lead=LEAD)
    await seated.held.send(word)
    desk, _ = seated.removal(1)
    for other in (CITY, CPPCC):
        await recorded(seated, other)
    assert desk.current.other_seats == (CPPCC,), "its owner has a letter, as before"


async def test_the_seat_alone_tells_it_and_only_while_the_removal_is_open(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    said = owed(RecordSeat, "r1", "t1", other=CPPCC, since=WON)
    with pytest.raises(RefusedError, match="wrong-role"):
        await desk.send(said.model_copy(update={"claim": said.claim.model_copy(update={"owed_by": None})}))
    await Commission(desk).removed()
    with pytest.raises(RefusedError, match="case-ended"):
        await desk.send(said)
