"""§8.1 "fact withdrawn or cleared": the removal that rests on the fact hears of it, in whatever state (SC-19)."""

from datetime import date

import pytest

from contracts.commands.case import EndFact
from contracts.commands.integrity import EnterMark, WithdrawMark
from contracts.commands.nomination import KnowIndex
from contracts.commands.tenure import SeatRestored
from contracts.events.review import FactEnded
from contracts.matter import Reading
from contracts.nominee import Fact
from contracts.policy.model import Policy
from tests.asking import somebody
from tests.commission import Commission, told
from tests.desks import PureDesk, RefusedError
from tests.prizes import owed
from tests.raising import Raising
from tests.tenures import fact, raised
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


async def measured(seated: Raising, index: int, day: str) -> None:
    """The batch tells the seat of an index that was imported."""
    reading = Reading(index=index, assessed_on=date.fromisoformat(day), source="第三方机构")
    await seated.held.send(owed(KnowIndex, "t1", "b1", reading=reading))
    await seated.carried()


async def test_an_index_that_passes_ends_every_one_before_it_that_did_not(seated: Raising) -> None:
    """It is a state, as of a nominee: no removal goes on without knowing that it is over."""
    await measured(seated, 399, "2026-02-01")
    await measured(seated, 350, "2026-02-10")
    await seated.told("NL-A03")
    removals = [seated.removal(number)[0] for number in (1, 2, 3)]
    await measured(seated, 400, "2026-02-20")
    await measured(seated, 700, "2026-02-25")
    ends = [[one.model_dump()["cause"] for one in desk.of(FactEnded)] for desk in removals]
    assert ends == [["over"], ["over"], []], "what another body's paper says stands"
    await measured(seated, 399, "2026-03-01")
    assert len(raised(seated.held)) == 4


@pytest.mark.parametrize("what", ["index", "list"])
async def test_what_ended_while_the_seat_was_vacant_is_known_where_it_begins_a_removal(
    seated: Raising, what: str
) -> None:
    await seated.told("NL-D01")
    first, one = seated.removal(1)
    await seated.carried()
    await one.removed()
    await seated.carried()
    if what == "index":
        await measured(seated, 399, "2026-02-01")
        await measured(seated, 400, "2026-02-20")
    else:
        await seated.told("NL-E01")
        await ends(seated, "delisted")
    since = date(2026, 3, 2)
    await seated.held.send(owed(SeatRestored, "t1", first.case_id, 99, removal=first.case_id, since=since))
    second, _ = seated.removal(2)
    await seated.carried()
    assert len(second.of(FactEnded)) == 1
    assert seated.held.current.ended_of_kept == ()


async def test_only_the_seat_tells_it(removal: PureDesk[Removal], commission: Commission) -> None:
    with pytest.raises(RefusedError, match="wrong-role"):
        await commission.asks(EndFact, somebody("EVALUATOR"), fact=SAID, source="court", cause="delisted")
