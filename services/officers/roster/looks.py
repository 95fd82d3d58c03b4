"""How a text is written and what it lies on: whether anybody sees it, and whether it was struck out. Pure.

Colours that a theme would have to be asked for are compared by name, never guessed.
"""

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from services.officers.roster.dates import plain
from services.officers.roster.elements import TRUE, Attributes

SMALLEST = 4.0
"""Points: nobody reads a text of this size or less."""
_ALIKE = 24
"""Of 255, in red, green and blue each: a text that differs no more from what lies under it is not seen."""
_SECTIONS = 4
"""Of a format; the last is for texts."""
Colour: TypeAlias = int | tuple[str, ...] | None
"""Red, green and blue in one number; else how the file names it; None where it says nothing."""
_BLACK, WHITE = 0x000000, 0xFFFFFF
_BASIC = (_BLACK, WHITE, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF)
_INDEXED = {**dict(enumerate(_BASIC)), **dict(enumerate(_BASIC, 8)), 64: _BLACK, 65: WHITE}
_THEME = {0: WHITE, 1: _BLACK}
"""Paper and ink, as every theme that programs bring along has them."""
_NAMED = dict(
    zip(("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan"), _BASIC, strict=True)
)
_SHOWN_AS_IT_STANDS = re.compile(r'"[^"]*"|\\[\s\S]|[_*][\s\S]')
_FORMAT_COLOUR = re.compile(r"\[(?:color ?([0-9]{1,2})|([a-z]+))\]")
_RGB = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class Font:
    """How a text is written. A colour that is not said is black."""

    colour: Colour = None
    size: float = 11.0
    struck: bool = False

    def seen_on(self, under: Colour) -> bool:
        """Whether somebody sees it on what lies under it."""
        ink = _BLACK if self.colour is None else self.colour
        return self.size > SMALLEST and not _alike(ink, under)

    def told(self, name: str, attrs: Attributes) -> "Font":
        """The font, of which a file says one thing more."""
        match name:
            case "color":
                return replace(self, colour=colour_of(attrs))
            case "sz":
                return replace(self, size=number_of(attrs.get((None, "val"), ""), self.size))
            case "strike":
                return replace(self, struck=attrs.get((None, "val"), "1") in TRUE)
            case _:
                return self


Runs: TypeAlias = tuple[Font | None, ...]
"""How the parts of one text are written that hold anything to be seen; None: as the cell is."""


@dataclass(frozen=True)
class Look:
    """The style of a cell: what a text in it lies on (None: a pattern, or unknown), its font, whether it shows any.

    `ink` is the colour in which its number format writes a text, whatever the font says.
    """

    under: Colour = WHITE
    font: Font = Font()
    shows_text: bool = True
    ink: Colour = None

    def hides(self, runs: Runs) -> bool:
        """Whether a part of the text is seen by nobody."""
        return not self.shows_text or not all(self._written(one or self.font) for one in runs)

    def _written(self, font: Font) -> bool:
        return (font if self.ink is None else replace(font, colour=self.ink)).seen_on(self.under)

    def strikes(self, runs: Runs) -> bool:
        """Whether a part of the text is struck out."""
        return any((one or self.font).struck for one in runs)


@dataclass(frozen=True)
class Change:
    """What a conditional format makes of a cell; None where it leaves what there is."""

    colour: Colour = None
    under: Colour = None
    struck: bool = False
    shows_text: bool = True
    ink: Colour = None

    @property
    def can_hide(self) -> bool:
        """Whether there is a cell in which it would hide, or strike out, a text."""
        if self.struck or not self.shows_text or self.ink is not None:
            return True
        if self.colour is not None and self.under is not None:
            return _alike(self.colour, self.under)
        return self.colour is not None or self.under is not None

    def of(self, look: Look, runs: Runs) -> tuple[Look, Runs]:
        """The cell's look, and that of its parts, where the condition is met."""
        under = look.under if self.under is None else self.under
        fonts = tuple(self._font(one or look.font) for one in runs)
        ink = look.ink if self.ink is None else self.ink
        return Look(under, self._font(look.font), look.shows_text and self.shows_text, ink), fonts

    def _font(self, font: Font) -> Font:
        colour = font.colour if self.colour is None else self.colour
        return replace(font, colour=colour, struck=font.struck or self.struck)


def shows_no_text(code: str) -> bool:
    """Whether a format leaves texts out: it has a section for them, in which none stands."""
    sections = plain(code).split(";")
    text = sections[_SECTIONS - 1].lower() if len(sections) >= _SECTIONS else "@"
    return "@" not in text and "general" not in text


def ink_of(code: str) -> Colour:
    """The colour in which a format writes a text; None where the font's is left."""
    sections = _SHOWN_AS_IT_STANDS.sub("", code).lower().split(";")
    section = sections[_SECTIONS - 1] if len(sections) >= _SECTIONS else sections[0]
    found = _FORMAT_COLOUR.search(section) if "@" in section or "general" in section else None
    if found is None:
        return None
    # The first eight of the palette's numbers are those of the old one from 8 on.
    return _NAMED.get(found[2]) if found[1] is None else _INDEXED.get(int(found[1]) + 7)


def colour_of(attrs: Attributes) -> Colour:
    """The colour that an element says."""
    rgb = _RGB.fullmatch(attrs.get((None, "rgb"), ""))
    if rgb is not None:
        return int(rgb[1], 16)
    tint = attrs.get((None, "tint"), "0")
    for kind, known in (("indexed", _INDEXED), ("theme", _THEME)):
        number = attrs.get((None, kind), "")
        if number.isdecimal() and len(number) < 4:
            plainly = known.get(int(number)) if number_of(tint, 0.0) == 0 else None
            return (kind, number, tint) if plainly is None else plainly
    return None


def number_of(said: str, otherwise: float) -> float:
    """The number that is said, or the other one where none is."""
    try:
        return float(said)
    except ValueError:
        return otherwise


def _alike(text: Colour, under: Colour) -> bool:
    if isinstance(text, int) and isinstance(under, int):
        return all(abs((text >> at & 255) - (under >> at & 255)) <= _ALIKE for at in (0, 8, 16))
    return under is not None and text == under
