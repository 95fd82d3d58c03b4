"""Quorum and majority."""

import pytest

from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result, pass_mark, quorum, result


@pytest.mark.parametrize(
    ("members", "needed", "votes"), [(131, 88, 66), (120, 80, 61), (1, 1, 1), (2, 2, 2), (3, 2, 2)]
)
def test_quorum_and_pass_mark_are_of_all_members(
    members: int, needed: int, votes: int, policy: Policy
) -> None:
    assert quorum(members, policy.election) == needed
    assert pass_mark(members, policy.election) == votes


@pytest.mark.parametrize(
    ("present", "votes_for", "expected"),
    [
        (87, 87, Result.NO_QUORUM),
        (88, 66, Result.PASSED),
        (88, 65, Result.FAILED),
        (131, 66, Result.PASSED),
        (131, 65, Result.FAILED),
        (131, 0, Result.FAILED),
        (0, 0, Result.NO_QUORUM),
    ],
)
def test_the_figures_of_131_members_decide(
    present: int, votes_for: int, expected: Result, policy: Policy
) -> None:
    assert result(131, present, votes_for, policy.election) == expected


def test_a_body_of_one_can_elect(policy: Policy) -> None:
    assert result(1, 1, 1, policy.election) == Result.PASSED
    assert result(1, 1, 0, policy.election) == Result.FAILED


@pytest.mark.parametrize(
    ("members", "present", "votes_for", "said"),
    [
        (0, 0, 0, say("members-least", value=0).at("members")),
        (131, 132, 60, say("present-range", value=132, members=131).at("present")),
        (131, -1, 0, say("present-range", value=-1, members=131).at("present")),
        (131, 100, 101, say("votes-range", value=101, present=100).at("votes_for")),
        (131, 100, -1, say("votes-range", value=-1, present=100).at("votes_for")),
    ],
)
def test_figures_that_cannot_be_true_together_are_refused_with_what_could_be(
    members: int, present: int, votes_for: int, said: Saying, policy: Policy
) -> None:
    refused = result(members, present, votes_for, policy.election)
    assert refused == Refused(RefusalCode.FORM_INVALID, said)
