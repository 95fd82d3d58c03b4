"""One sheet's part to its rows. A row or a cell that another program could read otherwise becomes a slip."""

from services.officers.roster.cells import (
    LAST_COLUMN,
    LAST_ROW,
    Cell,
    Kind,
    Row,
    Sheet,
    Slip,
    areas,
    letters,
    place_of,
)
from services.officers.roster.dates import iso_day
from services.officers.roster.parts import TRUE, Attributes, Handler, unescaped
from services.officers.roster.styles import Styles

MOST_SLIPS = 50
"""Of one sheet: a file that says so much against itself is not read on."""


class SheetReader(Handler):
    """Reads a worksheet. Rows without content leave nothing behind, however many they are."""

    def __init__(self, texts: list[str], styles: Styles) -> None:
        super().__init__()
        self._texts = texts
        self._styles = styles
        self._rows: dict[int, Row] = {}
        self._numbers: set[int] = set()
        self._slips: list[Slip] = []
        self._hidden: list[tuple[int, int]] = []
        self._merged: list[str] = []
        self._row = self._column = 0
        self._row_hidden = False
        self._cells: dict[int, Cell] = {}
        self._columns: set[int] = set()
        self._inside = ""
        self._spoken = 0
        self._type, self._style = "n", "0"
        self._formula = False
        self._value: list[str] = []
        self._inline: list[str] = []

    def sheet(self, name: str) -> Sheet:
        """What was read, under the sheet's name."""
        rows = tuple(self._rows[number] for number in sorted(self._rows))
        return Sheet(name, rows, tuple(self._hidden), areas(self._merged), tuple(self._slips))

    def start(self, name: str, attrs: Attributes) -> None:
        """Open what begins; what is not listed here does not matter."""
        match name:
            case "row":
                self._open_row(attrs)
            case "c":
                self._open_cell(attrs)
            case "f":
                self._formula = True
            case "v" | "t":
                self._inside = "" if self._spoken else name
            case "rPh":
                self._spoken += 1
            case "col":
                self._hide(attrs)
            case "mergeCell":
                self._merged.append(attrs.get((None, "ref"), ""))
            case _:
                pass

    def end(self, name: str) -> None:
        """Close what ends."""
        self._inside = ""
        if name == "rPh":
            self._spoken -= 1
        elif name == "c":
            self._close_cell()
        elif name == "row":
            self._close_row()

    def characters(self, content: str) -> None:
        """Text of a value, or of an inline text."""
        if self._inside == "v":
            self._value.append(content)
        elif self._inside == "t":
            self._inline.append(content)

    def _open_row(self, attrs: Attributes) -> None:
        said = attrs.get((None, "r"))
        number = self._row + 1 if said is None else int(said) if said.isdecimal() and len(said) < 8 else 0
        self._cells, self._columns, self._column = {}, set(), 0
        self._row_hidden = attrs.get((None, "hidden"), "") in TRUE or _nothing(attrs.get((None, "ht")))
        if not 1 <= number <= LAST_ROW:
            self._slip(f"{self._row + 1}", "这一行的行号无效", "the number of this row is none")
            number = self._row + 1
        self._row = number

    def _close_row(self) -> None:
        number = self._row
        if number in self._numbers and self._cells:
            self._slip(f"A{number}", "文件中有两行都是这个行号", "two rows of the file have this number")
        if self._cells:
            self._rows.setdefault(
                number, Row(number, tuple(self._cells[c] for c in sorted(self._cells)), self._row_hidden)
            )
            self._numbers.add(number)

    def _open_cell(self, attrs: Attributes) -> None:
        said = attrs.get((None, "r"))
        place = (self._column + 1, self._row) if said is None else place_of(said)
        self._style = attrs.get((None, "s"), "0")
        self._type, self._formula, self._value, self._inline = attrs.get((None, "t"), "n"), False, [], []
        if place is None or place[0] > LAST_COLUMN or place[1] != self._row:
            self._slip(
                f"{letters(self._column + 1)}{self._row}",
                "单元格的位置与所在行不符",
                "the cell says another place than the row it stands in",
            )
            place = (self._column + 1, self._row)
        self._column = place[0]

    def _close_cell(self) -> None:
        kind, text = self._content()
        if kind is None:
            return
        cell = Cell(self._column, self._row, kind, text, self._style in self._styles.unseen)
        if self._column in self._columns:
            self._slip(cell.ref, "文件中这个单元格出现两次", "the file has this cell twice")
        self._columns.add(self._column)
        self._cells[self._column] = cell

    def _content(self) -> tuple[Kind | None, str]:
        value = "".join(self._value)
        if self._formula:
            return Kind.FORMULA, value
        if self._type == "s":
            return self._shared(value)
        if self._type in {"inlineStr", "str"}:
            text = unescaped("".join(self._inline) or value)
            return (Kind.TEXT, text) if text.strip() else (None, "")
        if not value.strip():
            return None, ""
        return self._number(value)

    def _number(self, value: str) -> tuple[Kind, str]:
        """A number, a day that is written as one, or something else that is no text."""
        day = self._styles.dates.day(self._style, value) if self._type == "n" else None
        if self._type == "d":
            day = iso_day(value)
        if day is not None:
            return Kind.DATE, day
        return (Kind.NUMBER if self._type == "n" else Kind.OTHER), value

    def _shared(self, value: str) -> tuple[Kind | None, str]:
        number = value.strip()
        if not number:
            return None, ""
        if not number.isdecimal() or len(number) > 7 or int(number) >= len(self._texts):
            ref = f"{letters(self._column)}{self._row}"
            self._slip(ref, "单元格的文字在文件中找不到", "the text of the cell is not in the file")
            return None, ""
        text = self._texts[int(number)]
        return (Kind.TEXT, text) if text.strip() else (None, "")

    def _hide(self, attrs: Attributes) -> None:
        first, last = attrs.get((None, "min"), ""), attrs.get((None, "max"), "")
        hidden = attrs.get((None, "hidden"), "") in TRUE or _nothing(attrs.get((None, "width")))
        if hidden and first.isdecimal() and last.isdecimal():
            self._hidden.append((int(first), int(last)))

    def _slip(self, ref: str, zh: str, en: str) -> None:
        if len(self._slips) < MOST_SLIPS:
            self._slips.append(Slip(ref, zh, en))


def _nothing(size: str | None) -> bool:
    """Whether a height or width is said to be nothing."""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False
