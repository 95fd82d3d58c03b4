"""Of two opinions the stricter holds."""

import pytest

from contracts.policy.model import Policy
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
