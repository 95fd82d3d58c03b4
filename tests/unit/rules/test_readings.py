"""States read again: each one of the list, at a source of its own, since it was asked, and clear (§8.2 rule 4)."""

from datetime import datetime, timedelta

import pytest

from contracts.policy.lists import NegativeItem
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from tests.instants import at
from workflows.rules.readings import CLEAR, Reading, all_clear
from workflows.rules.verdict import Refused

ASKED, NOW = at(4, 15, 9), at(4, 16, 9)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def states(policy: Policy) -> list[NegativeItem]:
    """Two states of the list: the second one is read at several sources."""
    return [policy.item("NL-D01"), policy.item("NL-C03")]


def reading(item: NegativeItem, source: int = 0, read_at: datetime = ASKED, result: str = CLEAR) -> Reading:
    """The item read at one of its sources."""
    return Reading(item=item.code, source=item.sources[source], read_at=read_at, result=result)


def told(refused: Refused | None) -> tuple[str, Saying]:
    """The code and the sentence of a refusal."""
    assert isinstance(refused, Refused)
    return refused.code, refused.said


@pytest.mark.parametrize("read_at", [ASKED, at(4, 15, 12), NOW])
def test_each_state_read_between_the_asking_and_now_is_clear(
    read_at: datetime, states: list[NegativeItem]
) -> None:
    first, second = states
    both = [reading(first, read_at=read_at), reading(second, source=-1, read_at=read_at)]
    assert all_clear(both, states, ASKED, NOW) is None


@pytest.mark.parametrize("read_at", [ASKED - MOMENT, NOW + MOMENT])
def test_what_was_read_before_the_asking_or_after_now_was_not_read(
    read_at: datetime, states: list[NegativeItem]
) -> None:
    first, second = states
    code, said = told(all_clear([reading(first), reading(second, read_at=read_at)], states, ASKED, NOW))
    assert code == RefusalCode.FORM_INVALID
    assert said == say("read-between", since=ASKED, now=NOW).at("readings.1.read_at")


def test_a_time_typed_to_the_minute_lies_in_the_minute_in_which_it_was_asked(
    states: list[NegativeItem],
) -> None:
    first, second = states
    asked = ASKED + timedelta(seconds=42)
    typed = [reading(first, read_at=ASKED), reading(second, read_at=ASKED)]
    assert all_clear(typed, states, asked, NOW) is None
    earlier = [reading(first), reading(second, read_at=ASKED - timedelta(minutes=1))]
    assert told(all_clear(earlier, states, asked, NOW))[0] == RefusalCode.FORM_INVALID


def test_a_state_is_read_at_a_source_of_its_own(states: list[NegativeItem]) -> None:
    first, second = states
    strange = reading(first).model_copy(update={"source": "nobody"})
    code, said = told(all_clear([strange, reading(second)], states, ASKED, NOW))
    assert (code, said.field) == (RefusalCode.FORM_INVALID, "readings.0.source")
    assert said.values["source"] == "nobody"


def test_what_is_found_is_no_reading_but_a_new_hit(states: list[NegativeItem]) -> None:
    first, second = states
    _, said = told(all_clear([reading(first), reading(second, result="NEW_HIT")], states, ASKED, NOW))
    assert said == say("not-clear", item="NL-C03").at("readings.1.result")


def test_what_is_no_state_of_the_list_is_not_read(states: list[NegativeItem], policy: Policy) -> None:
    first, second = states
    other = reading(policy.item("NL-C01"))
    _, said = told(all_clear([reading(first), other, reading(second)], states, ASKED, NOW))
    assert said == say("no-state", item="NL-C01").at("readings.1.item")


def test_a_state_that_is_not_read_is_named(states: list[NegativeItem]) -> None:
    code, said = told(all_clear([reading(states[0])], states, ASKED, NOW))
    assert (code, said.values["items"]) == (RefusalCode.STATE_NOT_READ, ("NL-C03",))
    assert told(all_clear([], states, ASKED, NOW))[1].values["items"] == ("NL-C03", "NL-D01")
