"""The verdict on a term election: whatever is not as it must be is said, and what is right is not."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from contracts.policy import loader
from contracts.vocabulary import CaseState
from services.ctl.term.election import Election
from services.ctl.term.nominees import Size, expected, known, rows
from services.ctl.term.outcome import Came, faults

POLICY = loader.released("2026.1-term")
ROWS = rows(POLICY, Size(per_district=2, districts=2))
FACTS = known(ROWS, POLICY)
CASES = {f"c{number}": row for number, row in enumerate(ROWS)}
HELD = Election("b", {}, ROWS, {case_id: expected(row, FACTS) for case_id, row in CASES.items()}, 0)
VETOED = frozenset(case_id for case_id, state in HELD.expected.items() if state is CaseState.VETOED)
DEPARTMENTS = 14
RIGHT = Came(
    districts={
        district: Counter({"x": sum(row.district == district for row in ROWS)})
        for district in {row.district for row in ROWS}
    },
    states={case_id: state.value for case_id, state in HELD.expected.items()},
    consultations=len(ROWS) * DEPARTMENTS,
    letters={"N04": 9, "N08": len(VETOED)},
    told=VETOED,
    events=1,
    record="verified",
)


def test_what_is_as_it_must_be_has_no_fault() -> None:
    assert 0 < len(VETOED) < len(ROWS)
    assert not faults(HELD, RIGHT, DEPARTMENTS)
    assert f"notices={9 + len(VETOED)} " in RIGHT.line("2026.1-term", 1.0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"states": {**RIGHT.states, "c0": "SCREENING"}}, "case c0 stands at SCREENING"),
        ({"consultations": len(ROWS) * DEPARTMENTS - 1}, "55 consultations"),
        ({"districts": {"d01": Counter({"x": 4})}}, "the districts have"),
        ({"letters": {"N08": len(VETOED) + 1}}, "was written"),
        ({"told": frozenset[str]()}, "reached 0 nominees"),
        ({"told": frozenset({"c-other"})}, "reached 1 nominees"),
        ({"record": "broken"}, "the record does not verify: broken"),
    ],
)
def test_whatever_is_not_is_said(changed: dict[str, Any], said: str) -> None:
    found = faults(HELD, replace(RIGHT, **changed), DEPARTMENTS)
    assert len(found) == 1
    assert said in found[0]
