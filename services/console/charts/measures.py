"""How much room a text takes, and the colours that tell series apart. Pure."""

import unicodedata
from math import ceil

SIGN = 14
"""Pixels of a Chinese sign in the type of tables; a Latin one takes about half."""
COLOURS = ("#0b559f", "#c2570c", "#1b7f3b", "#6b3fa0", "#6b7280", "#b42318")
"""Each has at least 4.5 to 1 on white."""
_WIDE = frozenset("WFA")
_LATIN = 0.58
"""Of a sign, for the widest faces that browsers take: rather some room too much than a label cut off."""


def width_of(text: str) -> int:
    """Pixels that the text takes at most."""
    signs = sum(1.0 if unicodedata.east_asian_width(sign) in _WIDE else _LATIN for sign in text)
    return ceil(signs * SIGN)


def colour(place: int) -> str:
    """The colour of a series; more series than colours begin again, so each also has its word."""
    return COLOURS[place % len(COLOURS)]
