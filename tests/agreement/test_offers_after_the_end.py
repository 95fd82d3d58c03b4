"""What a case offers once it is over, against the tables of what its rules take in which state."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.officers.routes.act_table import ACTS, Act
from services.officers.routes.offers import rule_of
from tests.models.asking import BY_A_CASE

TABLES = Path(__file__).parents[1] / "models" / "tables"
KINDS = ("nomination", "removal", "tenure")
REFUSED_AS_OVER, NOT_THEIRS = {"case-ended"}, {"wrong-role", "wrong-district", "unknown-hit"}
FILED = "filed"
"""A closed file stands in the tables as one state, whatever its end was."""


def outcomes(kind: str, act: str) -> dict[str, set[str]]:
    """By state, what the rules answer to the people who may ask: another case is offered nothing."""
    text = (TABLES / f"{kind}.txt").read_text(encoding="utf-8")
    states = text.splitlines()[1].removeprefix("States: ").split(", ")
    block = next(one for one in text.split("\n\n") if re.search(rf"^{act}$", one, re.MULTILINE))
    found: dict[str, set[str]] = {}
    for line in (one.strip() for one in block.splitlines() if one.startswith("  ")):
        said, _, where = line.rpartition(": ")
        people = [part for part in said.split("; ") if part.split(" ")[1:] != [BY_A_CASE]]
        codes = {code for part in people for code in part.split(" ")[0].split("|")}
        left = [one for one in states if one not in found]
        for state in left if where in {"everywhere", "elsewhere"} else where.split(", "):
            found[state] = codes - NOT_THEIRS
    return found


def acts_of(kind: str) -> Iterator[tuple[Act, dict[str, set[str]]]]:
    for one in ACTS:
        if one.kind is None or one.kind.value == kind:
            yield one, outcomes(kind, rule_of(one.path).act)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_only_refused_of_a_case_that_is_over_is_not_offered(kind: str) -> None:
    for act, said in acts_of(kind):
        for state, codes in said.items():
            if not state.endswith(FILED) and codes == REFUSED_AS_OVER:
                assert not act.stands(state.partition(" ")[2]), (act.path, state)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_case_takes_in_a_state_is_offered_there(kind: str) -> None:
    for act, said in acts_of(kind):
        for state, codes in said.items():
            if not state.endswith(FILED) and "allowed" in codes:
                assert act.stands(state.partition(" ")[2]), (act.path, state)
