"""A nomination that a re-check brings back: the person is consulted about in one case all the same (§8.1)."""

import pytest

from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.asking import ENTRY, batch_opening, local
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.unit.rules.test_appeal import granted, ineligible
from tests.unit.rules.test_nominated_twice import AGAIN, CHAMBER, GUILD, deliver, opened, roster, told
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


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
