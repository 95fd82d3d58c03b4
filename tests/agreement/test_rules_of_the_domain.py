"""The pages of rules and the tests: every rule has one row, which names what holds it, and all of that exists."""

import re
from pathlib import Path

import pytest

from tests.ledger import NOT_KEPT, ROOT, Row, is_test, rows

PAGES = [ROOT / "docs" / f"rules-of-the-{of}.md" for of in ("domain", "office")]
RULE = r"(?:[0-9]+\.[0-9]+\.[A-Za-z0-9.-]+|B[0-9]{2}(?:-[a-z]+)?|SC-[0-9]{2}[A-Za-z0-9.-]*)"
"""A rule by its section, a fault that was repaired, or a scenario and what was tried beside it."""
LEAST_WORDS = 5
"""What says less gives no reason."""


def all_rows() -> list[Row]:
    """Of every page that is there."""
    return [row for page in PAGES if page.is_file() for row in rows(page, RULE)]


def test_what_holds_a_rule_exists() -> None:
    gone = [f"{row.name}: {one}" for row in all_rows() for one in row.held_by if not kept(one)]
    assert not gone, "\n".join(gone)


def kept(held_by: str) -> bool:
    """Whether a test holds the rule, or it is said why none does."""
    if held_by.startswith(NOT_KEPT):
        return len(held_by.removeprefix(NOT_KEPT).split()) >= LEAST_WORDS
    return is_test(held_by)


def test_every_rule_has_one_row() -> None:
    names = [row.name for row in all_rows()]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_file()], ids=lambda page: page.name)
def test_no_row_is_lost(page: Path) -> None:
    """Every line of a table is read, and the page says how many there are."""
    text = page.read_text("utf-8")
    lines = [
        line for line in text.splitlines() if line.startswith("| ") and not re.match(r"\| (Rule|---)", line)
    ]
    said = re.search(r"\b([0-9]+) rows?\b", text)
    assert said is not None, "the page says how many rows it has"
    assert len(lines) == len(rows(page, RULE)) == int(said[1])


@pytest.mark.parametrize(
    "held_by",
    [
        "tests/agreement/test_rules_of_the_domain.py::test_gone",
        "tests/agreement/test_rules_of_the_domain.py::kept",
        "tests/gone.py::test_gone",
        "not kept: later",
        "",
    ],
)
def test_what_is_gone_is_noticed(held_by: str) -> None:
    assert not kept(held_by)
