"""The bar of the annual re-evaluation, at both sides of each condition (domain §8.4)."""

import pytest

from contracts.policy.model import Policy, ReEvaluation
from contracts.refusals import RefusalCode
from workflows.rules.re_evaluation import unmet
from workflows.rules.verdict import Refused

BAR = {"D2": 90, "D3": 90, "D6": 60}


@pytest.fixture
def rule(policy: Policy) -> ReEvaluation:
    """What is measured once a year."""
    assert policy.seats is not None
    return policy.seats.re_evaluation


@pytest.mark.parametrize(
    ("scores", "index", "low"),
    [
        (BAR, 400, ()),
        ({"D2": 150, "D3": 150, "D6": 100}, 1000, ()),
        (BAR | {"D2": 89}, 400, ("D2 个人守法 8.9/15.0，低于60%",)),
        (BAR | {"D6": 5}, 400, ("D6 环境信用与安全生产 0.5/10.0，低于60%",)),
        (BAR, 399, ("清廉指数 399，低于400",)),
        (
            {"D2": 0, "D3": 89, "D6": 60},
            0,
            (
                "D2 个人守法 0.0/15.0，低于60%",
                "D3 企业守法诚信 8.9/15.0，低于60%",
                "清廉指数 0，低于400",
            ),
        ),
    ],
)
def test_every_condition_that_is_not_met_is_named(
    scores: dict[str, int], index: int, low: tuple[str, ...], rule: ReEvaluation, policy: Policy
) -> None:
    assert unmet(scores, index, rule, policy.grading) == low


def test_only_some_of_what_is_measured_may_have_a_floor(rule: ReEvaluation, policy: Policy) -> None:
    one = rule.model_copy(update={"floor_dimensions": ("D2",)})
    assert unmet(BAR | {"D3": 0, "D6": 0}, 400, one, policy.grading) == ()


@pytest.mark.parametrize(
    ("scores", "index", "field"),
    [
        ({"D2": 90, "D3": 90}, 400, "scores.D6"),
        (BAR | {"D1": 90}, 400, "scores.D1"),
        (BAR | {"D2": 151}, 400, "scores.D2"),
        (BAR, 1001, "integrity_index"),
    ],
)
def test_what_is_not_measured_or_cannot_be_is_refused(
    scores: dict[str, int], index: int, field: str, rule: ReEvaluation, policy: Policy
) -> None:
    refused = unmet(scores, index, rule, policy.grading)
    assert isinstance(refused, Refused)
    assert refused.code == RefusalCode.FORM_INVALID
    assert refused.said.field == field
