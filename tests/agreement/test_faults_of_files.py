"""The page of faults and the tests: every row names what holds it, and all of that exists."""

import pytest

from tests.ledger import ROOT, is_test, rows
from tests.workbooks.corpus import corpus

PAGE = ROOT / "docs" / "faults-of-files.md"
FAULT, SISTER = "F[0-9]{2}", "G[0-9]{2}"
WORKBOOK = "workbook: "
FAULTS = 31


def exists(held_by: str) -> bool:
    """Whether a test of this name, or a workbook of the corpus, is there."""
    if held_by.startswith(WORKBOOK):
        return held_by.removeprefix(WORKBOOK) in corpus()
    return is_test(held_by)


@pytest.mark.parametrize(
    ("fault", "held_by"),
    [(row.name, one) for row in rows(PAGE, f"{FAULT}|{SISTER}") for one in row.held_by],
)
def test_what_holds_a_fault_exists(fault: str, held_by: str) -> None:
    assert exists(held_by), f"{fault}: {held_by}"


def test_every_fault_has_one_row() -> None:
    faults = [row.name for row in rows(PAGE, FAULT)]
    sisters = [row.name for row in rows(PAGE, SISTER)]
    assert faults == sorted(set(faults))
    assert sisters == sorted(set(sisters))
    assert len(faults) == FAULTS
    assert sisters


@pytest.mark.parametrize(
    "held_by",
    ["workbook: of nobody", "tests/agreement/test_faults_of_files.py::test_gone", "tests/gone.py::test"],
)
def test_what_is_gone_is_noticed(held_by: str) -> None:
    assert not exists(held_by)
