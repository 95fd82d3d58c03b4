"""The score: what is judged equivalent does not count, what a test refutes or nobody finds is no judgement."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.mutation.equivalents import Equivalent, judged, scored
from tests.mutation.operators import Mutant, mutants
from tests.mutation.trying import Tried

FIRST, SECOND, *_ = mutants("rule", "def f(n):\n    return 0 < n <= 9\n")
TRIED = (Tried(FIRST, noticed=True), Tried(SECOND, noticed=False))


def judgement(mutant: Mutant, rule: str = "rule.f") -> Equivalent:
    """This mutant, judged equivalent."""
    return Equivalent(rule=rule, becomes=mutant.becomes, why="Judged so for the sake of the test.")


def test_a_survivor_lowers_the_score() -> None:
    score = scored(TRIED, (), ["rule"])
    assert (score.survived, score.stale) == ((SECOND,), ())
    assert str(score) == "mutants: tried=2 noticed=1 equivalent=0 survived=1 score=50.0%"


def test_what_is_judged_equivalent_does_not_count() -> None:
    score = scored(TRIED, (judgement(SECOND),), ["rule"])
    assert (score.survived, score.stale) == ((), ())
    assert str(score) == "mutants: tried=2 noticed=1 equivalent=1 survived=0 score=100.0%"


@pytest.mark.parametrize("wrong", [judgement(FIRST), judgement(SECOND, "rule.g"), judgement(SECOND, "rule")])
def test_a_judgement_that_a_test_refutes_or_that_meets_no_mutant_is_stale(wrong: Equivalent) -> None:
    score = scored(TRIED, (wrong,), ["rule"])
    assert (score.survived, score.stale) == ((SECOND,), (wrong,))


def test_a_judgement_of_a_module_that_was_not_tried_is_left_alone() -> None:
    assert scored(TRIED, (judgement(SECOND), judgement(FIRST, "other.f")), ["rule"]).stale == ()


def test_a_judgement_gives_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "equivalent.yaml"
    file.write_text("- {rule: rule.f, becomes: return n, why: so}\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="why"):
        judged(file)
