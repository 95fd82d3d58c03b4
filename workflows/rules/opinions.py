"""Of several signed integrity opinions the strictest one holds (SC-14)."""

from collections.abc import Sequence


def strictest(opinions: Sequence[str], order: tuple[str, ...]) -> str:
    """The strictest of these opinions; `order` runs from mildest to strictest.

    An opinion that the order does not name is stricter than all that it names: what nobody has ranked must
    never be read as mild. Raises ValueError without any opinion.
    """
    rank = {opinion: place for place, opinion in enumerate(order)}
    return max(opinions, key=lambda opinion: rank.get(opinion, len(order)))
