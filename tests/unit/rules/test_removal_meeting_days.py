"""R09: a meeting is held since the one that asked for it, on whatever day either is written down."""

import pytest

from contracts.vocabulary import CaseState
from tests.asking import local
from tests.commission import Commission
from tests.desks import PureDesk, RefusedError
from workflows.kinds.removal.case import Removal

LATER = local("2026-03-13 10:00")


async def test_two_plenaries_of_which_the_first_had_no_quorum_are_written_down_on_one_later_day(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned()
    await removal.until(LATER)
    await commission.votes("NOT_HELD", (131, 87, 87), held_on="2026-03-10")
    with pytest.raises(RefusedError, match="held_on"):
        await commission.votes("REMOVED", (131, 100, 70), held_on="2026-03-09")
    await commission.votes("REMOVED", (131, 100, 70), held_on="2026-03-12")
    assert removal.current.state is CaseState.REMOVED


async def test_so_are_an_urgent_decision_and_the_plenary_that_ratifies_it(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await removal.until(LATER)
    form = {"body": "chairpersons", "held_on": "2026-03-04", "minutes_digest": "e" * 64}
    await commission.act("urgent-decision", "DECIDED", form=form)
    with pytest.raises(RefusedError, match="held_on"):
        await commission.votes("RATIFIED", task="ratify", held_on="2026-03-03")
    await commission.votes("RATIFIED", task="ratify", held_on="2026-03-05")
    assert removal.current.state is CaseState.REMOVED


async def test_a_plan_that_is_written_down_late_moves_no_meeting(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    """The committee met on 5 January; the plenary that it asked for was held before the clerk wrote that down."""
    await commission.planned()
    await commission.votes("REMOVED", held_on="2026-02-27")
    assert removal.current.state is CaseState.REMOVED
