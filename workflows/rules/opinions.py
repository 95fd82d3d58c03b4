"""Of two signed integrity opinions the stricter one holds (SC-14)."""


def stricter(a: str, b: str, order: tuple[str, ...]) -> str:
    """The stricter of two opinions; `order` runs from mildest to strictest.

    An opinion that the order does not name is stricter than all that it names: what nobody has ranked must
    never be read as mild.
    """
    rank = {opinion: place for place, opinion in enumerate(order)}
    return a if rank.get(a, len(order)) >= rank.get(b, len(order)) else b
