"""A sentence of a rule in both languages: its codes as words, its values as they are, and nothing read twice."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from string import Formatter
from typing import cast

import pytest

from contracts.policy.text import Text
from contracts.saying import Saying, say
from contracts.vocabulary import CaseState
from contracts.words.families import Family, UnknownWordError
from contracts.words.held import HOLDERS, held
from contracts.words.loader import WRITTEN, sayings, words
from contracts.words.telling import INSTANT, told
from tests.browser.reading import bare
from tests.codes import POLICIES

CITED = re.compile(r"SOD-[0-9]+")
"""The rules of separation are cited by their numbers, under which the policy shows them."""


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (
            say("ended", state=CaseState.WITHDRAWN),
            "办件已办结（撤回），不能再办理",
            "the case has ended (Withdrawn); nothing more can be done",
        ),
        (
            say("task-of-unit", role="CLERK", unit="tax"),
            "该任务由税务局的文书办理",
            "this task is for Clerk of Tax authority",
        ),
        (
            say("outcome-not-offered", outcomes=("PASS", "DUPLICATE")),
            "办理结果应为其中之一：合格、重复",
            "the outcome must be one of: Pass, Duplicate",
        ),
        (
            say("deadline-passed", until=datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
            "期限已于 2026-03-03 00:30 届满",
            "the deadline passed at 2026-03-03 00:30",
        ),
        (say("day-ahead", day=date(2026, 3, 2)), "2026-03-02 尚未到来", "2026-03-02 lies ahead"),
        (say("fault", fault=Text(zh="不符", en="does not fit")), "不符", "does not fit"),
        (
            say("list-not-watched", list="{held}"),
            "本政策不监测名单 {held}",
            "the policy watches no list {held}",
        ),
        (say("task-of-role", role="NOBODY"), "该任务由NOBODY办理", "this task is for NOBODY"),
    ],
)
def test_it_is_said_in_both_languages(said: Saying, zh: str, en: str) -> None:
    assert told(said, POLICIES) == Text(zh=zh, en=en)
    assert told(Saying.model_validate_json(said.model_dump_json()), POLICIES) == Text(zh=zh, en=en)


def test_a_code_of_a_policy_stands_as_it_is_where_no_policy_is_known() -> None:
    assert told(say("task-of-role", role="CLERK")).zh == "该任务由CLERK办理"


def test_a_sentence_or_a_value_that_lacks_is_an_error() -> None:
    with pytest.raises(UnknownWordError, match="no sentence is called 'nothing'"):
        told(say("nothing"))
    with pytest.raises(UnknownWordError, match="ended was said without state"):
        told(say("ended"))


def test_values_are_kept_as_the_wire_carries_them() -> None:
    said = say("x", code=Colour.RED, codes=(Colour.RED,), day=date(2026, 3, 2), many=3)
    assert said.values == {"code": "red", "codes": ("red",), "day": "2026-03-02", "many": 3}
    assert type(said.values["code"]) is str
    with pytest.raises(TypeError, match="no place for a NoneType"):
        say("x", day=None)


def test_a_field_within_a_field() -> None:
    said = say("says-nothing").at("text")
    assert said.field == "text"
    assert said.at("findings.0").at("form").field == "form.findings.0.text"
    assert say("says-nothing").at("").field == ""


def value_for(kind: str) -> object:
    """What a rule might put into a hole of this kind; of a family two of its codes."""
    if not kind:
        return 5
    if kind == INSTANT:
        return datetime(2026, 3, 2, tzinfo=UTC)
    family = cast(Family, kind)
    codes = [
        *(words(family) if family in WRITTEN else ()),
        *(held(POLICIES[0], family) if family in HOLDERS else ()),
    ]
    return codes[0] if kind in {"item", "separation"} else codes[:2]


@pytest.mark.parametrize("name", sayings())
def test_no_code_and_no_hole_is_left_in_a_sentence(name: str) -> None:
    holes: dict[str, str] = {}
    for _, hole, kind, _ in Formatter().parse(sayings()[name].zh):
        if hole is not None:
            holes[hole] = holes.get(hole) or kind or ""
    said = told(say(name, **{hole: value_for(kind) for hole, kind in holes.items()}), POLICIES)
    assert bare(CITED.sub("", said.zh)) == []
    assert "{" not in said.zh + said.en
