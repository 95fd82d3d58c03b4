"""Whether a text says anything to whoever reads it."""

import unicodedata

UNSEEN = frozenset("ZC")
"""First letters of the categories of signs that nobody sees: spaces and separators, controls and formats."""


def says_something(text: str) -> bool:
    """Whether at least one sign of it can be seen; a zero-width space fills no field."""
    return any(unicodedata.category(sign)[0] not in UNSEEN for sign in text)
