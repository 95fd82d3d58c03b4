"""Which numbers of a workbook are days: a day is a number with a format that shows one (ECMA-376, 18.8.30). Pure.

A format that shows hours alone makes no day of a number, and neither does one that only counts them.
"""

import contextlib
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

_BUILT_IN = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Formats of days that no file spells out; from 27 on those of the Chinese editions, without their hours."""
_LITERAL = re.compile(r'"[^"]*"|\\[\s\S]|\[[^\]]*\]|[_*][\s\S]')
"""What a format shows as it stands, colours, conditions and widths."""
_WORD = re.compile("[a-z]+")
_OF_TIME = frozenset("ymdhsaegb")
"""Letters that stand for a part of a day or of an hour; a word with any other is the name of a format."""
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*)?")
_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]*)?")
_LEAP = 60
"""The 29th of February 1900, which the older count has and the calendar has not."""


@dataclass(frozen=True)
class Dates:
    """The styles that show a day, and from where days are counted."""

    styles: frozenset[str] = field(default_factory=frozenset)
    since_1904: bool = False

    def day(self, style: str, value: str) -> str | None:
        """The day that a number of the style is, as YYYY-MM-DD; None when it is none."""
        if style not in self.styles or _NUMBER.fullmatch(value.strip()) is None:
            return None
        count = int(value.strip().partition(".")[0])
        try:
            return self._counted(count)
        except OverflowError:
            return None

    def _counted(self, count: int) -> str | None:
        if self.since_1904:
            return (date(1904, 1, 1) + timedelta(days=count)).isoformat()
        if count in {0, _LEAP}:
            return None
        return (date(1899, 12, 31) + timedelta(days=count - (count > _LEAP))).isoformat()


def iso_day(value: str) -> str | None:
    """The day of a cell that holds one in words, as YYYY-MM-DD."""
    shown = _ISO.fullmatch(value.strip())
    with contextlib.suppress(ValueError):
        return None if shown is None else date.fromisoformat(shown[1]).isoformat()
    return None


def shows_day(ident: str, own: str | None) -> bool:
    """Whether the format of this number shows a day; `own` is how the file spells it out, None where it does not."""
    if own is None:
        return ident.isascii() and ident.isdecimal() and len(ident) < 4 and int(ident) in _BUILT_IN
    words = _WORD.findall(plain(own).lower())
    return any(set(word) <= _OF_TIME and set(word) & {"y", "d"} for word in words)


def plain(code: str) -> str:
    """A format without what it shows as it stands."""
    return _LITERAL.sub("", code)
