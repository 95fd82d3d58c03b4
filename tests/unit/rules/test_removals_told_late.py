"""A removal that has ended asks things still, and others came of it: they hear what it is told (domain §8.1)."""

from datetime import date
from typing import Any

import pytest

from contracts.commands.case import EndFact
from contracts.commands.removal import OpenRemoval, ReportInvestigation
from contracts.commands.tenure import RecordDeath
from contracts.events.removal import DutySuspended
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat
from tests.asking import asks, local, removal_opening, somebody
from tests.commission import Commission, started
from tests.desks import PureDesk
from tests.prizes import as_owed, owed, words_for
from tests.raising import Raising
from tests.tenures import OFFICE, fact
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

DEATH: dict[str, Any] = {"died_on": date(2026, 3, 2), "document_digest": "d" * 64}
PAPER = {"cause": "detained", "document_digest": "d" * 64}


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def test_nobody_decides_on_the_duties_of_the_dead_where_a_removal_that_is_over_still_asked(
    seated: Raising,
) -> None:
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    await commission.asks(ReportInvestigation, somebody("EVALUATOR"), **PAPER)
    await commission.looked("NO_CASE")
    await seated.carried()
    assert desk.current.open_tasks("suspend-duty"), "the chair meeting is asked all the same"
    await seated.office.asks(RecordDeath, OFFICE, **DEATH)
    await seated.carried()
    assert (desk.current.open_tasks("suspend-duty"), desk.of(DutySuspended)) == ([], [])
    assert desk.current.gone


async def lost_and_linked(policy: Policy) -> tuple[PureDesk[Removal], PureDesk[Removal]]:
    """A removal that took the seat, and the one that it began at a level where no case follows the other seat."""
    there = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING)
    lost: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    lost.open(removal_opening(other_seats=(there,)))
    await Commission(lost).removed()
    (opening,) = started(lost.current.owed)
    assert isinstance(opening, OpenRemoval)
    linked: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    linked.open(opening)
    return lost, linked


async def hears(linked: PureDesk[Removal], lost: PureDesk[Removal], act: type[Any]) -> None:
    """The one word of this kind that the first owes is said to the second."""
    ((cases, word),) = [one for one in words_for(lost, "removal") if isinstance(one[1], act)]
    assert cases == (linked.case_id,)
    await linked.send(as_owed(word, linked.case_id, lost.case_id, 1))


async def test_a_removal_that_was_begun_because_the_seat_was_lost_lapses_as_well(policy: Policy) -> None:
    lost, linked = await lost_and_linked(policy)
    await lost.send(asks(RecordDeath, somebody("CLERK", "p-clerk"), "r1", **DEATH))
    await hears(linked, lost, RecordDeath)
    assert (linked.current.state, linked.current.gone) == (CaseState.LAPSED, True)


async def test_and_knows_that_the_fact_on_which_its_lead_rests_never_meant_the_member(policy: Policy) -> None:
    lost, linked = await lost_and_linked(policy)
    said = {"fact": fact("NL-D01"), "source": "tax", "cause": "set-aside"}
    await lost.send(owed(EndFact, "r1", "t1", **said))
    await hears(linked, lost, EndFact)
    assert linked.current.groundless
