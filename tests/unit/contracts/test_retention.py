"""How long a file is kept, by how its case ended (domain §8.7)."""

import pytest

from contracts.lifecycles import ENDS
from contracts.policy.loader import released
from contracts.vocabulary import CaseState

POLICY = released("2026.1")
S = CaseState


@pytest.mark.parametrize(
    ("ends", "years"),
    [
        ((S.REJECTED, S.WITHDRAWN, S.LAPSED, S.NO_CASE), 10),
        ((S.ELECTED, S.NOT_ELECTED, S.VETOED, S.INELIGIBLE), None),
        ((S.REMOVED, S.KEPT, S.RESIGNED, S.NOT_RATIFIED, S.UPHELD, S.CHANGED, S.REVOKED), None),
    ],
)
def test_a_file_is_kept_as_long_as_its_end_says(ends: tuple[CaseState, ...], years: int | None) -> None:
    classes = {row.code: row.years for row in POLICY.retention}
    assert {classes[POLICY.kept(end)] for end in ends} == {years}


@pytest.mark.parametrize("end", sorted(ENDS))
def test_every_end_of_a_case_has_one_class(end: CaseState) -> None:
    assert len([row for row in POLICY.retention if end in row.ends]) <= 1
    assert POLICY.kept(end) in {row.code for row in POLICY.retention}
