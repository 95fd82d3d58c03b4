"""What stands in a workbook, as values: sheets, rows and cells, and the error that refuses a file as a whole.

The process that reads workbooks has no other modules of ours than these, so nothing here needs a library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class WorkbookError(Exception):
    """The body is refused as a whole. `code` names the problem type, the sentences say what it is and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.zh = zh
        self.en = en


class Kind(Enum):
    """What a cell holds; only text is ever taken, and a day where a day is asked for."""

    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    DATE = "date"
    OTHER = "other"


@dataclass(frozen=True)
class Cell:
    """A cell that holds something; `text` is what the file says, of a number too; of a date it is YYYY-MM-DD."""

    column: int
    row: int
    kind: Kind
    text: str
    unseen: bool = False
    """Nobody sees what stands there: of the colour of what lies under it, too small, or shown by no format."""
    struck: bool = False
    """What stands there, or a part of it, is struck out: nobody knows whether it is meant."""

    @property
    def ref(self) -> str:
        """Where it stands, such as B4."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Row:
    """A row with its cells by column; `hidden` when nobody sees it, by hand or by a filter."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Slip:
    """Something in a sheet that cannot be read in one way only."""

    ref: str
    zh: str
    en: str


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, both corners included."""

    left: int
    top: int
    right: int
    bottom: int

    def covers(self, column: int, row: int) -> bool:
        """Whether the cell lies in it and is not the corner that shows its content."""
        inside = self.left <= column <= self.right and self.top <= row <= self.bottom
        return inside and (column, row) != (self.left, self.top)


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: its rows that hold anything, in their order, and what of them nobody sees."""

    name: str
    rows: tuple[Row, ...]
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[Area, ...] = ()
    slips: tuple[Slip, ...] = ()

    def hides(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True)
class Book:
    """The visible sheets in their order, and the names of those that are hidden and were not read."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


LAST_COLUMN = 16_384
LAST_ROW = 1_048_576


def letters(column: int) -> str:
    """The name of a column by its number: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def place_of(ref: str) -> tuple[int, int] | None:
    """Column and row of a reference such as B4 or $B$4; None for what is none."""
    plain = ref.replace("$", "").upper()
    head = plain.rstrip("0123456789")
    tail = plain[len(head) :]
    if not 1 <= len(head) <= 3 or not head.isascii() or not head.isalpha() or not 1 <= len(tail) <= 7:
        return None
    column = 0
    for letter in head:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(tail)
    return (column, row) if column <= LAST_COLUMN and 1 <= row <= LAST_ROW else None


def areas(refs: Sequence[str]) -> tuple[Area, ...]:
    """The rectangles that references such as A1:B3 name; what is no reference is passed over."""
    found = []
    for ref in refs:
        first, _, last = ref.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start is not None and end is not None:
            (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
            found.append(Area(left, top, right, bottom))
    return tuple(found)
