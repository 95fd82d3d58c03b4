"""What a workbook's styles say that matters: which numbers are days, and which texts nobody sees for their style.

Styles are read leniently. Where they cannot be read no number is a day, nothing is hidden by a colour, and nothing is
refused for them.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from services.officers.roster.archive import Archive
from services.officers.roster.cells import WorkbookError
from services.officers.roster.dates import Dates, plain, shows_day
from services.officers.roster.parts import Attributes, Handler, Parts, parse

_MOST_STYLES = 70_000
"""A little more than programs write."""
_SMALLEST = 2.0
"""Points: nobody reads a text of this size or less."""
_ALIKE = 24
"""Of 255, in red, green and blue each: a text that differs no more from what lies under it is not seen."""
_SECTIONS = 4
"""Of a format; the last is for texts."""
Colour: TypeAlias = int | tuple[str, ...] | None
"""Red, green and blue in one number; else how the file names it; None where it says nothing."""
_BLACK, _WHITE = 0x000000, 0xFFFFFF
_BASIC = (_BLACK, _WHITE, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF)
_INDEXED = {**dict(enumerate(_BASIC)), **dict(enumerate(_BASIC, 8)), 64: _BLACK, 65: _WHITE}
_THEME = {0: _WHITE, 1: _BLACK}
"""Paper and ink, as every theme that programs bring along has them."""
_RGB = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class Styles:
    """What the styles of cells say, each known by its number in the file."""

    dates: Dates = field(default_factory=Dates)
    unseen: frozenset[str] = field(default_factory=frozenset)
    """Styles whose texts nobody sees: of the colour of what lies under them, too small, or shown by no format."""


def styles_of(archive: Archive, parts: Parts) -> Styles:
    """The workbook's styles."""
    found = _Reader()
    if parts.styles is None:
        return Styles()
    try:
        with archive.aside():
            parse(archive, parts.styles, found)
    except WorkbookError:
        return Styles()
    return Styles(Dates(frozenset(found.days()), parts.since_1904), frozenset(found.unseen()))


@dataclass
class _Font:
    colour: Colour = None
    size: float = 11.0


@dataclass
class _Fill:
    pattern: str = "none"
    colour: Colour = None

    @property
    def under(self) -> Colour:
        """What a text stands on; None for a pattern, or a colour that the file does not say."""
        return {"none": _WHITE, "solid": self.colour}.get(self.pattern)


@dataclass(frozen=True)
class _Style:
    format: str
    font: str
    fill: str


class _Reader(Handler):
    def __init__(self) -> None:
        super().__init__()
        self._section = ""
        self._formats: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[_Fill] = []
        self._styles: list[_Style] = []

    def start(self, name: str, attrs: Attributes) -> None:
        # The styles of conditions and of tables have fonts and formats of their own, under the same names.
        if name in {"numFmts", "fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"}:
            self._section = name
        match self._section, name:
            case "numFmts", "numFmt":
                self._formats[attrs.get((None, "numFmtId"), "")] = attrs.get((None, "formatCode"), "")
            case "fonts", "font":
                self._fonts.append(_Font())
            case "fonts", "color" if self._fonts:
                self._fonts[-1].colour = _colour(attrs)
            case "fonts", "sz" if self._fonts:
                self._fonts[-1].size = _size(attrs.get((None, "val"), ""))
            case "fills", "fill":
                self._fills.append(_Fill())
            case "fills", "patternFill" if self._fills:
                self._fills[-1].pattern = attrs.get((None, "patternType"), "none")
            case "fills", "gradientFill" if self._fills:
                self._fills[-1].pattern = "gradient"
            case "fills", "fgColor" if self._fills:
                self._fills[-1].colour = _colour(attrs)
            case "cellXfs", "xf" if len(self._styles) < _MOST_STYLES:
                said = (attrs.get((None, key), "0") for key in ("numFmtId", "fontId", "fillId"))
                self._styles.append(_Style(*said))
            case _:
                pass

    def end(self, name: str) -> None:
        if name == self._section:
            self._section = ""

    def days(self) -> list[str]:
        """The numbers of the styles of cells that show a day."""
        return [
            str(number)
            for number, style in enumerate(self._styles)
            if shows_day(style.format, self._formats.get(style.format))
        ]

    def unseen(self) -> list[str]:
        """The numbers of the styles of cells whose texts nobody sees."""
        return [str(number) for number, style in enumerate(self._styles) if self._hides(style)]

    def _hides(self, style: _Style) -> bool:
        font = self._fonts[int(style.font)] if _names(style.font, self._fonts) else _Font()
        fill = self._fills[int(style.fill)] if _names(style.fill, self._fills) else _Fill()
        if font.size <= _SMALLEST or shows_no_text(self._formats.get(style.format, "")):
            return True
        return _alike(_BLACK if font.colour is None else font.colour, fill.under)


def shows_no_text(code: str) -> bool:
    """Whether a format leaves texts out: it has a section for them, in which none stands."""
    sections = plain(code).split(";")
    text = sections[_SECTIONS - 1].lower() if len(sections) >= _SECTIONS else "@"
    return "@" not in text and "general" not in text


def _names(number: str, among: list[_Font] | list[_Fill]) -> bool:
    return number.isdecimal() and len(number) < 7 and int(number) < len(among)


def _size(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return _Font.size


def _colour(attrs: Attributes) -> Colour:
    rgb = _RGB.fullmatch(attrs.get((None, "rgb"), ""))
    if rgb is not None:
        return int(rgb[1], 16)
    tint = attrs.get((None, "tint"), "0")
    for kind, known in (("indexed", _INDEXED), ("theme", _THEME)):
        number = attrs.get((None, kind), "")
        if number.isdecimal() and len(number) < 4:
            plainly = known.get(int(number)) if _size(tint) == 0 else None
            return (kind, number, tint) if plainly is None else plainly
    return None


def _alike(text: Colour, under: Colour) -> bool:
    if isinstance(text, int) and isinstance(under, int):
        return all(abs((text >> at & 255) - (under >> at & 255)) <= _ALIKE for at in (0, 8, 16))
    return under is not None and text == under
