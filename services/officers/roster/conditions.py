"""Conditional formats of a sheet: where one could hide a text, or strike it out.

Whether its condition is met is not worked out: a cell that a format may hide is not looked at by anybody for sure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.officers.roster.cells import Area, areas
from services.officers.roster.elements import MAIN, Attributes, Handler
from services.officers.roster.looks import Change
from services.officers.roster.styles import ChangeReader, Styles

_LATER = (
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "http://schemas.microsoft.com/office/excel/2006/main",
)
"""Where formats stand that Excel of 2010 and later wrote: the same words, and the cells as an element of their own."""
_OF_NO_TEXT = frozenset(
    {
        *("aboveAverage", "colorScale", "containsBlanks", "containsErrors", "dataBar", "iconSet"),
        *("timePeriod", "top10"),
    }
)
"""Kinds of rules that no text meets."""


@dataclass(frozen=True)
class Condition:
    """What a format may make of the cells of an area."""

    area: Area
    change: Change


class ConditionReader(Handler):
    """Reads the conditional formats of a worksheet's part, beside whoever reads its cells."""

    spaces = (*MAIN, *_LATER)

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._styles = styles
        self._within = False
        self._refs: list[str] = []
        self._changes: list[Change] = []
        self._reader: ChangeReader | None = None
        self._reads = False
        self._of_text = True
        self.found: list[Condition] = []

    def start(self, name: str, attrs: Attributes) -> None:
        """Take in what begins."""
        if name == "conditionalFormatting":
            self._within, self._refs, self._changes = True, [attrs.get((None, "sqref"), "")], []
        if not self._within:
            return
        self._reads = name == "sqref"
        if self._reader is not None:
            self._reader.start(name, attrs)
        elif name == "cfRule":
            self._of_text = attrs.get((None, "type"), "") not in _OF_NO_TEXT
            change = self._styles.changes.get(attrs.get((None, "dxfId"), ""))
            self._take(change)
        elif name == "dxf":
            self._reader = ChangeReader()

    def end(self, name: str) -> None:
        """Take in what ends."""
        self._reads = False
        if name == "dxf" and self._reader is not None:
            self._take(self._reader.change())
            self._reader = None
        elif name == "conditionalFormatting":
            self.found.extend(self._conditions())
            self._within = False

    def signs(self, content: str) -> None:
        """The cells of a format, where they stand as an element."""
        if self._reads:
            self._refs.append(content)

    def _take(self, change: Change | None) -> None:
        if change is not None and self._of_text and change.can_hide:
            self._changes.append(change)

    def _conditions(self) -> Iterator[Condition]:
        for area in areas("".join(self._refs).split()):
            for change in dict.fromkeys(self._changes):
                yield Condition(area, change)
