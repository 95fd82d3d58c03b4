"""The panel rules by the majority of its seats."""

import pytest

from contracts.vocabulary import Ruling
from workflows.rules.panel import panel_ruling

CLEARED, MINOR, VETO = Ruling.CLEARED, Ruling.MINOR, Ruling.VETO


@pytest.mark.parametrize(
    ("votes", "size", "expected"),
    [
        ((VETO, VETO, CLEARED), 3, VETO),
        ((CLEARED, VETO, CLEARED), 3, CLEARED),
        ((MINOR, MINOR, MINOR), 3, MINOR),
        ((CLEARED, MINOR, VETO), 3, None),
        ((VETO, VETO), 3, VETO),
        ((VETO,), 3, None),
        ((), 3, None),
        ((VETO, VETO, CLEARED, CLEARED), 4, None),
        ((VETO, VETO, VETO, CLEARED), 4, VETO),
        ((VETO, VETO, VETO, CLEARED, CLEARED), 5, VETO),
        ((VETO, VETO), 5, None),  # a majority of those who voted is none of the panel
    ],
)
def test_more_than_half_of_all_seats_rule(
    votes: tuple[Ruling, ...], size: int, expected: Ruling | None
) -> None:
    assert panel_ruling(votes, size) is expected


def test_the_order_of_the_votes_decides_nothing() -> None:
    assert panel_ruling((VETO, CLEARED, MINOR), 3) is panel_ruling((MINOR, VETO, CLEARED), 3) is None
