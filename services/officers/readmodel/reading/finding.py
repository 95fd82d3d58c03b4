"""Whether what somebody types names a person: by name, firm, credit code, case number, or as it is said."""

import os
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from services.officers.readmodel.reading.concerned import Named

MOST_SYLLABLES = 12
"""Signs of a name that are compared by sound; longer names are found by what they begin with."""
_DROPPED = frozenset(" \t\u3000·•.-'’")


@lru_cache(maxsize=40_000)
def folded(text: str) -> str:
    """The text as it is compared: full-width and capital signs made plain, without spaces and joining dots."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign not in _DROPPED)


def matches(text: str, case_id: str, named: Named | None) -> bool:
    """Whether the text finds the case: the whole number of the case; and, of whom one may know, part of the
    name or the firm, the beginning of the credit code, or the beginning of the name as it is said, each sign by its
    whole pinyin or by letters that it begins with (`zhangwm`, `zwm`, `weimin`)."""
    if text.strip().casefold() == case_id.casefold():
        return True
    typed = folded(text)
    if named is None or not typed:
        return False
    if typed in folded(named.name) or typed in folded(named.firm or ""):
        return True
    if not typed.isascii():
        return False
    if len(typed) >= 4 and folded(named.credit_code or "").startswith(typed):
        return True
    said = syllables(named.name)
    return any(_said(typed, said[start:]) for start in range(min(2, len(said))))


def order_of(named: Named | None) -> tuple[str, str]:
    """Where a name stands in a list by name: as it is said first; nobody comes last."""
    if named is None:
        return ("\uffff", "")
    return (" ".join(one[0] for one in syllables(named.name)), named.name)


@lru_cache(maxsize=20_000)
def syllables(name: str) -> tuple[tuple[str, ...], ...]:
    """Of each sign of the name how it may be said, without tones."""
    found = (tuple(_sounds()(sign)) for sign in folded(name)[:MOST_SYLLABLES])
    return tuple(tuple(one.replace("ü", "v") for one in said) or ("",) for said in found)


def _said(typed: str, said: Sequence[Sequence[str]]) -> bool:
    """Whether the text is a beginning of each of so many syllables, one after the other."""
    if not typed:
        return True
    if not said:
        return False
    return any(
        typed.startswith(sound[:length]) and _said(typed[length:], said[1:])
        for sound in said[0]
        for length in range(min(len(sound), len(typed)), 0, -1)
    )


@lru_cache(maxsize=1)
def _sounds() -> Callable[[str], Sequence[str]]:
    """How a sign may be said. Loaded when somebody first asks: the table takes a while and 20 MB."""
    # Names are looked at sign by sign: the table of phrases would be of no use.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    def sounds(sign: str) -> Sequence[str]:
        (said,) = pinyin(sign, style=Style.NORMAL, heteronym=True)
        return [one.casefold() for one in said]

    return sounds
