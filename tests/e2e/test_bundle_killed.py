"""`make bundle` in small: forty-two letters signed at once, and what carries them is killed on the way."""

from pathlib import Path

import pytest

from tests.bundles.run import Outcome, carried

ITEMS = {"cases": 3, "units": 14}
RIGHT = {"refused": "not-bundled", "killed": {"officers": 14, "worker": 28}}


@pytest.mark.deep
@pytest.mark.timeout(900)
async def test_each_letter_of_a_bundle_is_answered_once_whatever_is_killed(tmp_path: Path) -> None:
    outcome = await carried(tmp_path, **ITEMS)
    assert outcome.right, outcome.line()


@pytest.mark.parametrize(
    "wrong",
    [
        {"twice": 1},
        {"lost": 1},
        {"open": 1},
        {"undone": 1},
        {"refused": "taken"},
        {"killed": {"officers": 42, "worker": 28}},
        {"killed": {"officers": 14}},
    ],
)
def test_whatever_is_not_so_is_told(wrong: dict[str, object]) -> None:
    assert Outcome(42, **RIGHT).right  # type: ignore[arg-type]
    assert not Outcome(42, **{**RIGHT, **wrong}).right  # type: ignore[arg-type]
