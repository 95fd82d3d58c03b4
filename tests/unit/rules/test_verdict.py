"""A verdict is a value: equal ones are one, and nobody changes one that was given."""

from contracts.vocabulary import Grade
from workflows.rules.grading import GradeResult
from workflows.rules.verdict import ALLOWED, Allowed, Refused


def test_equal_verdicts_are_one_value() -> None:
    assert {ALLOWED, Allowed()} == {ALLOWED}
    assert len({Refused("a-code", "why"), Refused("a-code", "why"), Refused("a-code", "else")}) == 2
    assert len({GradeResult(Grade.A, 850, ()), GradeResult(Grade.A, 850, ())}) == 1
