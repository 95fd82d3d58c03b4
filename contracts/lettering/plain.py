"""Text that people typed, made harmless for one line. Pure."""

import unicodedata

_BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Control characters and separators of lines and paragraphs: CR, LF, U+0085, U+001C, U+2028 and their kin."""
_INVISIBLE = frozenset({"Cf", "Cs"})
"""Format characters (bidirectional overrides, zero-width ones) and lone surrogates."""


def one_line(text: str) -> str:
    """The text on one line, reading in one direction: breaks become spaces, what cannot be seen is left out.

    Nothing else changes; above all no normalisation, which would replace rare characters in people's names.
    """
    if text.isprintable():
        # None of the characters in question is printable; this is nearly always the answer, and quick.
        return text.strip()
    shown = []
    for character in text:
        category = unicodedata.category(character)
        if category in _BREAKS:
            shown.append(" ")
        elif category not in _INVISIBLE:
            shown.append(character)
    return "".join(shown).strip()
