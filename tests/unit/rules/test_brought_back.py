"""A nomination that a re-check brings back: the person is consulted about in one case all the same (§8.1)."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import StandAlone
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.asking import ENTRY, batch_opening, local, opening
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import owed
from tests.unit.rules.test_appeal import granted, ineligible, vetoed
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_loss_of_post import loss
from tests.unit.rules.test_nominated_twice import AGAIN, CHAMBER, GUILD, deliver, opened, roster, told
from tests.unit.rules.test_told_after_the_end import cleared, vetoed_again
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


async def vetoed_early(office: Office) -> None:
    """A fact is confirmed by two while the eligibility is checked."""
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.1")


Cases = dict[str, PureDesk[Nomination]]


async def two(batch: PureDesk[Batch], policy: Policy, *, later: bool) -> Cases:
    """Two units nominated the person; the first nomination was found ineligible, before the second came or after."""
    await batch.send(roster(CHAMBER, ENTRY))
    cases = opened(batch, policy)
    if later:
        await ineligible(Office(cases["c1"]))
        _, left = next((to, word) for to, word in told(cases["c1"]) if to == ("b1",))
        await batch.send(left)
    await batch.send(roster(GUILD, AGAIN))
    cases["c2"] = opened(batch, policy)["c2"]
    for to, word in told(batch):
        for case_id in to:
            await cases[case_id].send(word)
    if not later:
        await ineligible(Office(cases["c1"]))
    await deliver(cases)
    assert cases["c2"].current.duplicate_of is None
    return cases


@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
async def test_it_stands_behind_the_one_that_has_its_place(
    batch: PureDesk[Batch], policy: Policy, later: bool
) -> None:
    cases = await two(batch, policy, later=later)
    await Office(cases["c2"]).screened()
    await granted(Office(cases["c1"]))
    await deliver(cases)
    assert cases["c1"].current.duplicate_of == "c2"
    with pytest.raises(RefusedError, match="another case of this batch"):
        await Office(cases["c1"]).act("screen", "PASS")
    await Office(cases["c1"]).act("screen", "DUPLICATE")
    await Office(cases["c1"]).act("screen-sign", "CONFIRM")
    await deliver(cases)
    assert cases["c1"].current.state is CaseState.MERGED
    assert cases["c2"].current.also_nominated_by == ("p-nominator",)


@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
async def test_it_goes_on_alone_when_that_one_is_gone_as_well(
    batch: PureDesk[Batch], policy: Policy, later: bool
) -> None:
    cases = await two(batch, policy, later=later)
    await granted(Office(cases["c1"]))
    await deliver(cases)
    await Office(cases["c2"]).withdraw()
    await deliver(cases)
    assert cases["c1"].current.duplicate_of is None
    await Office(cases["c1"]).screened()
    assert cases["c1"].current.stage is Stage.CONSULTATION


async def test_it_takes_its_place_back_when_that_one_was_gone_before(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    cases = await two(batch, policy, later=False)
    await Office(cases["c2"]).withdraw()
    await deliver(cases)
    await granted(Office(cases["c1"]))
    await deliver(cases)
    assert cases["c1"].current.duplicate_of is None


async def test_alone_it_stands_behind_nobody(desk: PureDesk[Nomination], office: Office) -> None:
    await ineligible(office)
    await granted(office)
    assert desk.current.duplicate_of is None


@pytest.mark.parametrize("end", [vetoed_early, ineligible], ids=["vetoed", "ineligible"])
async def test_a_later_nomination_that_had_ended_when_the_earlier_went_stands_alone_then(
    end: Callable[[Office], Awaitable[None]], desk: PureDesk[Nomination], office: Office
) -> None:
    given = opening()
    desk.open(given.model_copy(update={"duplicate_of": "c0"}))
    await end(office)
    assert desk.current.duplicate_of == "c0"
    await desk.send(owed(StandAlone, "c1", "c0"))
    await granted(office)
    assert desk.current.duplicate_of is None
    if desk.current.open_hits():
        await cleared(office, "hit.1")
    await office.screened()
    assert desk.current.stage is Stage.CONSULTATION


async def test_a_post_that_was_lost_meanwhile_is_checked_when_the_case_is_reopened(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await vetoed(office)
    await desk.send(loss())
    assert (desk.current.state, desk.current.open_tasks("screen")) == (CaseState.VETOED, [])
    await granted(office)
    await cleared(office, "hit.1")
    assert len(desk.current.open_tasks("screen")) == 1
    assert desk.current.state is CaseState.SCREENING
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    assert (desk.current.state, desk.current.lost) == (CaseState.CONSULTING, False)
