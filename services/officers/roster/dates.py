"""Which numbers of a workbook are days: a day is a number with a format that shows one (ECMA-376, 18.8.30).

Styles are read leniently. Where they cannot be read no number is a day, and nothing is refused for them: what a
number means to whoever looks at it is all that they say.
"""

import contextlib
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.officers.roster.archive import Archive
from services.officers.roster.cells import WorkbookError
from services.officers.roster.parts import Attributes, Handler, Parts, parse

_BUILTIN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats of days and times that no file spells out; from 27 on those of the Chinese editions."""
_MOST_STYLES = 70_000
"""A little more than programs write."""
_LITERAL = re.compile(r'"[^"]*"|\\[\s\S]|\[[^\]]*\]|[_*][\s\S]')
"""What a format shows as it stands, colours, conditions and widths."""
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


def dates_of(archive: Archive, parts: Parts) -> Dates:
    """The workbook's days; without styles that can be read there are none."""
    found = _Styles()
    if parts.styles is None:
        return Dates()
    try:
        with archive.aside():
            parse(archive, parts.styles, found)
    except WorkbookError:
        return Dates()
    return Dates(frozenset(found.days()), parts.since_1904)


class _Styles(Handler):
    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[str, str] = {}
        self._styles: list[str] = []
        self._cells = False

    def start(self, name: str, attrs: Attributes) -> None:
        self._cells = self._cells or name == "cellXfs"
        if name == "numFmt":
            self._formats[attrs.get((None, "numFmtId"), "")] = attrs.get((None, "formatCode"), "")
        elif name == "xf" and self._cells and len(self._styles) < _MOST_STYLES:
            self._styles.append(attrs.get((None, "numFmtId"), "0"))

    def end(self, name: str) -> None:
        self._cells = self._cells and name != "cellXfs"

    def days(self) -> list[str]:
        """The numbers of the styles of cells that show a day."""
        return [str(number) for number, ident in enumerate(self._styles) if self._shows_day(ident)]

    def _shows_day(self, ident: str) -> bool:
        own = self._formats.get(ident)
        if own is not None:
            return re.search("[yd]", _LITERAL.sub("", own), re.IGNORECASE) is not None
        return ident.isdecimal() and len(ident) < 4 and int(ident) in _BUILTIN
