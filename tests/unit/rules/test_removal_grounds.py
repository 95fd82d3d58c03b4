"""§8.1 "fact withdrawn or cleared": the removal that rests on the fact hears of it, in whatever state (SC-19)."""

import pytest

from contracts.commands.case import EndFact
from contracts.commands.integrity import EnterMark, WithdrawMark
from contracts.events.review import FactEnded
from contracts.nominee import Fact
from contracts.policy.model import Policy
from tests.asking import somebody
from tests.commission import Commission, told
from tests.desks import PureDesk, RefusedError
from tests.prizes import owed
from tests.raising import Raising
from tests.tenures import fact
from workflows.kinds.removal.case import Removal

SAID = Fact.model_validate(fact("NL-E01"))


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def ends(seated: Raising, cause: str, said: Fact = SAID) -> None:
    await seated.held.send(owed(EndFact, "t1", "s1", fact=said, source="court", cause=cause))
    await seated.carried()


def marked(desk: PureDesk[Removal]) -> list[type]:
    return [type(one) for one in told(desk.current.owed) if isinstance(one, EnterMark | WithdrawMark)]


async def test_the_removal_that_rests_on_it_records_it_and_no_other_does(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-E01")
    (first, _), (second, _) = seated.removal(1), seated.removal(2)
    await ends(seated, "delisted")
    assert (len(first.of(FactEnded)), len(second.of(FactEnded))) == (0, 1)
    assert not second.current.groundless, "it was the member's all the same"
    assert SAID.text not in str(second.of(FactEnded)[0].plain())


async def test_of_a_fact_that_never_meant_the_member_nothing_proven_stands_in_the_file(
    seated: Raising,
) -> None:
    await seated.told("NL-E01")
    first, one = seated.removal(1)
    await one.heard()
    await one.verified()
    assert marked(first) == [EnterMark]
    await ends(seated, "set-aside")
    assert marked(first) == [EnterMark, WithdrawMark]
    assert first.current.groundless


async def test_nor_does_what_is_found_after_that(seated: Raising) -> None:
    await seated.told("NL-E01")
    first, one = seated.removal(1)
    await one.heard()
    await ends(seated, "set-aside")
    await one.verified()
    assert marked(first) == [WithdrawMark]


async def test_a_member_who_was_removed_by_it_reads_it_in_the_case_and_is_marked_no_more(
    seated: Raising,
) -> None:
    await seated.told("NL-E01")
    first, one = seated.removal(1)
    await one.removed()
    await seated.carried()
    await ends(seated, "set-aside")
    assert (len(first.of(FactEnded)), marked(first)[-1]) == (1, WithdrawMark)


async def test_only_the_seat_tells_it(removal: PureDesk[Removal], commission: Commission) -> None:
    with pytest.raises(RefusedError, match="wrong-role"):
        await commission.asks(EndFact, somebody("EVALUATOR"), fact=SAID, source="court", cause="delisted")
