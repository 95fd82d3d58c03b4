"""The page of faults and the tests: every row names what holds it, and all of that exists."""

import re
from pathlib import Path

import pytest

from tests.workbooks.corpus import corpus

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "faults-of-files.md"
ROW = re.compile(r"^\| (F[0-9]{2}) \| (.+) \| (.+) \|$", re.MULTILINE)
WORKBOOK = "workbook: "
FAULTS = 31


def rows() -> list[tuple[str, list[str]]]:
    return [(fault, held.split("; ")) for fault, _, held in ROW.findall(PAGE.read_text(encoding="utf-8"))]


def exists(held_by: str) -> bool:
    """Whether a test of this name, or a workbook of the corpus, is there."""
    if held_by.startswith(WORKBOOK):
        return held_by.removeprefix(WORKBOOK) in corpus()
    path, _, name = held_by.partition("::")
    file = ROOT / path
    return file.is_file() and re.search(rf"^(async )?def {name}\(", file.read_text("utf-8"), re.M) is not None


@pytest.mark.parametrize(("fault", "held_by"), [(fault, one) for fault, held in rows() for one in held])
def test_what_holds_a_fault_exists(fault: str, held_by: str) -> None:
    assert exists(held_by), f"{fault}: {held_by}"


def test_every_fault_has_one_row() -> None:
    faults = [fault for fault, _ in rows()]
    assert faults == sorted(set(faults))
    assert len(faults) == FAULTS


@pytest.mark.parametrize(
    "held_by",
    ["workbook: of nobody", "tests/agreement/test_faults_of_files.py::test_gone", "tests/gone.py::test"],
)
def test_what_is_gone_is_noticed(held_by: str) -> None:
    assert not exists(held_by)
