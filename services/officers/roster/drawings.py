"""Text boxes and shapes that lie on a sheet: whoever looks sees them, and nothing of them is read as a roster.

Drawings are read leniently: of one that is broken nobody sees anything either.
"""

import contextlib
from collections.abc import Iterator

from services.officers.roster.archive import Archive
from services.officers.roster.cells import LAST_COLUMN, LAST_ROW, Slip, WorkbookError, letters
from services.officers.roster.elements import Attributes, Handler, parse
from services.officers.roster.parts import links_of

_DRAWN = (
    *(f"http://schemas.openxmlformats.org/drawingml/2006/{name}" for name in ("main", "spreadsheetDrawing")),
    *(f"http://purl.oclc.org/ooxml/drawingml/{name}" for name in ("main", "spreadsheetDrawing")),
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)
"""Shapes stand in several ways beside one another; what any of them says may be what is seen."""


def drawn(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """What stands in the shapes of a sheet's part: the cell at whose corner each begins, and its text."""
    for link in links_of(archive, part).values():
        if link.kind == "drawing" and link.target in archive:
            found = _Shapes()
            with contextlib.suppress(WorkbookError), archive.aside():
                parse(archive, link.target, found)
            yield from found.texts


def slip_of(cell: str) -> Slip:
    """What is said of a shape that could name somebody."""
    return Slip(
        cell,
        "文本框或图形中有号码，不会被读取：请录入单元格，或删除该图形",
        "a text box or shape holds a number and is not read: type it into cells, or delete the shape",
    )


class _Shapes(Handler):
    spaces = _DRAWN

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._inside = ""
        self._place = {"col": 0, "row": 0}
        self._text: list[str] = []

    def start(self, name: str, attrs: Attributes) -> None:
        if name in {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}:
            self._place, self._text = {"col": 0, "row": 0}, []
        if name == "to":
            # Where it ends is of no account.
            self._inside = name
        elif self._inside != "to":
            self._inside = name

    def end(self, name: str) -> None:
        if name == "p":
            self._text.append("\n")
        if name in {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}:
            column, row = self._place["col"] + 1, self._place["row"] + 1
            self.texts.append(
                (f"{letters(min(column, LAST_COLUMN))}{min(row, LAST_ROW)}", "".join(self._text))
            )
        if name == "to" or self._inside != "to":
            self._inside = ""

    def signs(self, content: str) -> None:
        if self._inside == "t":
            self._text.append(content)
        elif self._inside in self._place and content.strip().isdecimal() and len(content.strip()) < 8:
            self._place[self._inside] = int(content)
