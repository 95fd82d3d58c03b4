"""Signs as papers print them, and as a person is told of one. Pure."""

import unicodedata

_DRAWN = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
"""Marks behind a sign that choose among its drawings. A face has them for a few signs; the sign is the same."""


def plain(text: str) -> str:
    """The text without marks that choose a drawing, and with one kind of space beside the wide one."""
    return "".join(map(_plain, text))


def named(signs: str) -> str:
    """The signs as a person finds them again: `𤭢 (U+24B62)`."""
    return ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs)


def _plain(sign: str) -> str:
    if sign < "\x80":
        return sign
    if any(first <= sign <= last for first, last in _DRAWN):
        return ""
    return " " if unicodedata.category(sign) == "Zs" and sign != "\u3000" else sign
