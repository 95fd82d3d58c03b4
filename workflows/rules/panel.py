"""The ruling of a panel, or of the body that reviews: a majority of all its seats (domain §8.1, ST05; §8.4, R11)."""

from collections.abc import Sequence
from typing import TypeVar

W = TypeVar("W", bound=str)
"""The word that each of them says."""


def panel_ruling(votes: Sequence[W], size: int) -> W | None:
    """The ruling that more than half of the panel's `size` seats voted for; None when there is none.

    Without a majority nobody's vote decides, the chair's neither: the panel votes again.
    """
    return next((ruling for ruling in votes if 2 * votes.count(ruling) > size), None)
