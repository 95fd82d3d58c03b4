"""The ruling of a panel on a judgement item: a majority of all its seats (domain §8.1, ST05)."""

from contracts.vocabulary import Ruling


def panel_ruling(votes: tuple[Ruling, ...], size: int) -> Ruling | None:
    """The ruling that more than half of the panel's `size` seats voted for; None when there is none.

    Without a majority nobody's vote decides, the chair's neither: the panel votes again.
    """
    return next((ruling for ruling in Ruling if 2 * votes.count(ruling) > size), None)
