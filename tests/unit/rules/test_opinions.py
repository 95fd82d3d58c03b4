"""Of two opinions the stricter holds."""

from types import SimpleNamespace
from typing import Any

import pytest

from contracts.policy.model import Policy
from workflows.procedure.signatures import last_signatures
from workflows.rules.opinions import strictest


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("NO_OBJECTION", "DEFER", "DEFER"),
        ("NO_OBJECTION", "NO_OBJECTION", "NO_OBJECTION"),
        ("REMINDER", "NO_OBJECTION", "REMINDER"),
        ("NEGATIVE", "DEFER", "NEGATIVE"),
        ("REMINDER", "NEGATIVE", "NEGATIVE"),
    ],
)
def test_the_stricter_opinion_holds_whoever_signed_it(a: str, b: str, expected: str, policy: Policy) -> None:
    assert strictest((a, b), policy.opinions) == expected
    assert strictest((b, a), policy.opinions) == expected


def test_an_opinion_that_nobody_ranked_is_never_the_milder_one(policy: Policy) -> None:
    assert strictest(("NEGATIVE", "UNHEARD_OF"), policy.opinions) == "UNHEARD_OF"
    assert strictest(("UNHEARD_OF", "NEGATIVE"), policy.opinions) == "UNHEARD_OF"


def signed(kind: str, round_number: int, outcome: str) -> Any:
    return SimpleNamespace(kind=kind, unit="", signature=1, about="", round=round_number, outcome=outcome)


def test_of_each_who_signs_the_last_signature_counts_whatever_round_the_other_is_in() -> None:
    # After a veto fell the head alone was asked again, and deferred; then both signed over another draft.
    every = [signed("leader", 1, "NEGATIVE"), signed("head", 2, "NO_OBJECTION")]
    case: Any = SimpleNamespace(acted=lambda *kinds: every)
    assert [one.outcome for one in last_signatures(case, every[-1], ("head", "leader"))] == [
        "NEGATIVE",
        "NO_OBJECTION",
    ]
    every += [signed("leader", 2, "NO_OBJECTION"), signed("head", 3, "REMINDER")]
    assert sorted(one.outcome for one in last_signatures(case, every[-1], ("head", "leader"))) == [
        "NO_OBJECTION",
        "REMINDER",
    ]
