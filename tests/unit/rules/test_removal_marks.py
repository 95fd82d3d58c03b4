"""A hard item that is proven against a member stands in their integrity file, as long as it stands (domain §8.3)."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.integrity import EnterMark, WithdrawMark
from contracts.matter import Lead
from contracts.names import integrity_id
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Subject
from tests.asking import asks, local, removal_opening, somebody
from tests.commission import Commission, told
from tests.desks import PureDesk
from tests.prizes import begins, words_for
from tests.tenures import fact, raised, seat
from tests.unit.rules.test_redoing_removals import found
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

FILE = integrity_id(Subject.PERSON, "p-member")


@pytest.fixture
def about_an_item(policy: Policy) -> Callable[[str | None], PureDesk[Removal]]:
    """A removal whose lead stands under an item of the list, or under none."""

    def opened(item: str | None) -> PureDesk[Removal]:
        desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
        desk.open(removal_opening(lead=Lead(name="测试乙", text="欠缴税款", item=item)))
        return desk

    return opened


def marks(desk: PureDesk[Removal]) -> list[object]:
    return [type(word) for word in told(desk.current.owed) if word.act in {"enter-mark", "withdraw-mark"}]


async def test_what_was_proven_is_told_to_the_file_with_its_item(
    about_an_item: Callable[[str | None], PureDesk[Removal]],
) -> None:
    desk = about_an_item("NL-D01")
    people = Commission(desk)
    await people.heard()
    await people.verified()
    assert begins(desk)[-1] == FILE
    files, word = words_for(desk, "integrity")[-1]
    assert files == (FILE,)
    assert isinstance(word, EnterMark)
    assert (word.mark.case, word.mark.items) == ("r1", ("NL-D01",))


@pytest.mark.parametrize(
    ("item", "first"),
    [("NL-D01", "PARTLY"), ("NL-D01", "UNPROVEN"), ("NL-E06", "PROVEN"), (None, "PROVEN")],
    ids=["in part", "not at all", "no hard item", "no item"],
)
async def test_nothing_else_stands_against_the_member(
    about_an_item: Callable[[str | None], PureDesk[Removal]], item: str | None, first: str
) -> None:
    desk = about_an_item(item)
    people = Commission(desk)
    await people.heard()
    await people.verified(first)
    assert EnterMark not in marks(desk)


async def not_ratified(people: Commission) -> None:
    await people.opinion()
    await people.plan("URGENT")
    await people.decides("DECIDED")
    await people.votes("NOT_RATIFIED", (131, 100, 65), task="ratify")


async def voided(people: Commission) -> None:
    await found(people, "p-inspector-1")


@pytest.mark.parametrize("falls", [not_ratified, voided])
async def test_what_does_not_hold_any_more_is_withdrawn(
    about_an_item: Callable[[str | None], PureDesk[Removal]], falls: Callable[[Commission], Awaitable[None]]
) -> None:
    desk = about_an_item("NL-D01")
    people = Commission(desk)
    await people.heard()
    await people.verified()
    await falls(people)
    assert marks(desk) == [EnterMark, WithdrawMark]


async def test_a_seat_says_under_which_item_it_raises_a_removal() -> None:
    desk = seat()
    reporter = somebody("EVALUATOR", "p-reporter")
    found_fact = Fact.model_validate(fact("NL-D01"))
    await desk.send(asks(ReportFact, reporter, "t1", fact=found_fact, source="tax"))
    (opening,) = raised(desk)
    assert opening.lead.item == "NL-D01"
