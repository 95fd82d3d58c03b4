"""Heights and widths of a sheet: which rows and columns nobody sees, by what is said of them or by what is not."""

from collections.abc import Iterator

from services.officers.roster.cells import LAST_COLUMN
from services.officers.roster.elements import Attributes, is_hidden

LOWEST, NARROWEST = 2.0, 0.5
"""A row of so few points, or a column of so small a part of a digit, shows nothing that could be read."""


class Measures:
    """What a sheet says of its rows and columns, in the order in which it says it."""

    def __init__(self) -> None:
        self._height: str | None = None
        self._width: str | None = None
        self._said: list[tuple[int, int]] = []
        self._hidden: list[tuple[int, int]] = []

    def default(self, attrs: Attributes) -> None:
        """How high and wide those are of which nothing else is said."""
        self._height = attrs.get((None, "defaultRowHeight"))
        self._width = attrs.get((None, "defaultColWidth"))

    def hides_row(self, attrs: Attributes) -> bool:
        """Whether nobody sees the row."""
        return is_hidden(attrs) or _nothing(attrs.get((None, "ht"), self._height), LOWEST)

    def columns(self, attrs: Attributes) -> None:
        """What is said of some columns."""
        first, last = attrs.get((None, "min"), ""), attrs.get((None, "max"), "")
        if is_number(first) and is_number(last):
            self._said.append((int(first), int(last)))
            if is_hidden(attrs) or _nothing(attrs.get((None, "width"), self._width), NARROWEST):
                self._hidden.append((int(first), int(last)))

    def hidden_columns(self) -> tuple[tuple[int, int], ...]:
        """The columns that nobody sees, each with the last of its neighbours that are alike."""
        return (*self._hidden, *self._unsaid()) if _nothing(self._width, NARROWEST) else tuple(self._hidden)

    def _unsaid(self) -> Iterator[tuple[int, int]]:
        next_one = 1
        for first, last in (*sorted(self._said), (LAST_COLUMN + 1, LAST_COLUMN + 1)):
            if first > next_one:
                yield next_one, first - 1
            next_one = max(next_one, last + 1)


def is_number(said: str) -> bool:
    """Whether it is the number of a row or of a column."""
    return said.isascii() and said.isdecimal() and len(said) < 8


def _nothing(size: str | None, least: float) -> bool:
    """Whether a height or width is said to be so small that nothing can be read."""
    try:
        return size is not None and float(size) <= least
    except ValueError:
        return False
