"""What a workbook's styles say that matters: which numbers are days, and how each cell and condition looks.

Styles are read leniently. Where they cannot be read no number is a day, every cell is black on white, and nothing is
refused for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.officers.roster.archive import Archive
from services.officers.roster.cells import WorkbookError
from services.officers.roster.dates import Dates, shows_day
from services.officers.roster.elements import Attributes, Handler, parse
from services.officers.roster.looks import WHITE, Change, Colour, Font, Look, colour_of, ink_of, shows_no_text
from services.officers.roster.parts import Parts

_MOST_STYLES = 70_000
"""A little more than programs write."""
_PLAIN = Look()


@dataclass(frozen=True)
class Styles:
    """What the styles of cells say, each known by its number in the file, and what conditional formats change."""

    dates: Dates = field(default_factory=Dates)
    looks: Mapping[str, Look] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)

    def look(self, style: str) -> Look:
        """How a cell of the style looks."""
        return self.looks.get(style, _PLAIN)


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
    return Styles(Dates(frozenset(found.days()), parts.since_1904), found.looks(), found.changes())


@dataclass
class _Fill:
    pattern: str = "none"
    colours: dict[str, Colour] = field(default_factory=dict)

    @property
    def under(self) -> Colour:
        """What a text stands on; None for several colours, or one that the file does not say."""
        if self.pattern == "none":
            return WHITE
        found = {self.colours.get("fgColor")} if self.pattern == "solid" else set(self.colours.values())
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class _Style:
    format: str
    font: str
    fill: str


class ChangeReader:
    """Reads what one conditional format changes: the content of a `dxf`."""

    def __init__(self) -> None:
        self._font = Font()
        self._under: Colour = None
        self._format = ""
        self._inside = ""

    def start(self, name: str, attrs: Attributes) -> None:
        """Take in what begins."""
        if name in {"font", "fill", "border"}:
            self._inside = name
        match self._inside, name:
            case _, "numFmt":
                self._format = attrs.get((None, "formatCode"), "")
            case "font", _:
                self._font = self._font.told(name, attrs)
            case "fill", "bgColor":
                self._under = colour_of(attrs)
            case _:
                pass

    def change(self) -> Change:
        """What was read."""
        shows = not shows_no_text(self._format)
        return Change(self._font.colour, self._under, self._font.struck, shows, ink_of(self._format))


class _Reader(Handler):
    def __init__(self) -> None:
        super().__init__()
        self._section = ""
        self._formats: dict[str, str] = {}
        self._fonts: list[Font] = []
        self._fills: list[_Fill] = []
        self._styles: list[_Style] = []
        self._changes: list[ChangeReader] = []

    def start(self, name: str, attrs: Attributes) -> None:
        # The styles of conditions and of tables have fonts and formats of their own, under the same names.
        if name in {"numFmts", "fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"}:
            self._section = name
        match self._section, name:
            case "numFmts", "numFmt":
                self._formats[attrs.get((None, "numFmtId"), "")] = attrs.get((None, "formatCode"), "")
            case "fonts", "font":
                self._fonts.append(Font())
            case "fonts", _ if self._fonts:
                self._fonts[-1] = self._fonts[-1].told(name, attrs)
            case "fills", "fill":
                self._fills.append(_Fill())
            case "fills", "patternFill" if self._fills:
                self._fills[-1].pattern = attrs.get((None, "patternType"), "none")
            case "fills", "gradientFill" if self._fills:
                self._fills[-1].pattern = "gradient"
            case "fills", "fgColor" | "bgColor" if self._fills:
                self._fills[-1].colours[name] = colour_of(attrs)
            case "fills", "color" if self._fills:
                # The stops of a gradient: one for each.
                self._fills[-1].colours[str(len(self._fills[-1].colours))] = colour_of(attrs)
            case "cellXfs", "xf" if len(self._styles) < _MOST_STYLES:
                said = (attrs.get((None, key), "0") for key in ("numFmtId", "fontId", "fillId"))
                self._styles.append(_Style(*said))
            case "dxfs", "dxf":
                self._changes.append(ChangeReader())
            case "dxfs", _ if self._changes:
                self._changes[-1].start(name, attrs)
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

    def looks(self) -> dict[str, Look]:
        """How each style of cells looks, by its number."""
        return {str(number): self._look(style) for number, style in enumerate(self._styles)}

    def changes(self) -> dict[str, Change]:
        """What conditional formats change, by their number."""
        return {str(number): one.change() for number, one in enumerate(self._changes)}

    def _look(self, style: _Style) -> Look:
        font = self._fonts[int(style.font)] if _names(style.font, self._fonts) else Font()
        fill = self._fills[int(style.fill)] if _names(style.fill, self._fills) else _Fill()
        code = self._formats.get(style.format, "")
        return Look(fill.under, font, not shows_no_text(code), ink_of(code))


def _names(number: str, among: list[Font] | list[_Fill]) -> bool:
    return number.isdecimal() and len(number) < 7 and int(number) < len(among)
