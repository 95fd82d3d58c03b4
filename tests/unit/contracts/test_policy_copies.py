"""A copy of a policy with other values says nothing that was worked out of the old ones."""

import pytest

from contracts.policy.loader import released


@pytest.mark.parametrize("deep", [False, True])
def test_what_was_worked_out_does_not_outlive_the_values(deep: bool) -> None:
    policy = released("2026.1")
    assert policy.task("reply").code == "reply"
    assert policy.self_roles
    assert policy.stages_while_held
    assert policy.notices
    assert policy.forms
    assert policy.deputisable
    other = policy.model_copy(update={"procedures": {}, "roles": ()}, deep=deep)
    with pytest.raises(KeyError):
        other.task("reply")
    assert other.self_roles == other.stages_while_held == other.deputisable == frozenset()
    assert other.notices == other.forms == ()


def test_what_was_worked_out_is_no_part_of_the_value() -> None:
    policy = released("2026.1")
    fresh = policy.model_copy()
    assert policy.task("reply").code == "reply"
    assert policy == fresh
    assert policy.model_dump() == fresh.model_dump()
