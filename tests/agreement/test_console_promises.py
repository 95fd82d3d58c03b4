"""The page of what the console promises and the tests: every promise names what holds it, and all of that exists."""

import pytest

from tests.ledger import NOT_KEPT, ROOT, is_test, rows

PAGE = ROOT / "docs" / "console-promises.md"
PROMISES = 48
NOT_HELD = NOT_KEPT.removesuffix(": ")


@pytest.mark.parametrize(
    ("promise", "held_by"), [(row.name, one) for row in rows(PAGE, "[0-9]+") for one in row.held_by]
)
def test_what_holds_a_promise_exists(promise: str, held_by: str) -> None:
    assert held_by.startswith(NOT_HELD) or is_test(held_by), f"{promise}: {held_by}"


def test_every_promise_has_one_row() -> None:
    assert [row.name for row in rows(PAGE, "[0-9]+")] == [str(one) for one in range(1, PROMISES + 1)]
