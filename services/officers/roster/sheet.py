"""One sheet's part to its rows. A row or a cell that another program could read otherwise becomes a slip."""

from collections.abc import Sequence
from dataclasses import replace

from services.officers.roster.archive import damaged
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
from services.officers.roster.conditions import Condition
from services.officers.roster.dates import iso_day
from services.officers.roster.elements import Attributes, Handler
from services.officers.roster.looks import Look, Runs
from services.officers.roster.measures import Measures, is_number
from services.officers.roster.parts import unescaped
from services.officers.roster.styles import Styles
from services.officers.roster.texts import TextReader, Written

MOST_SLIPS = 50
"""Of one sheet: a file that says so much against itself is not read on."""
_NOTHING = Written()


class SheetReader(Handler):
    """Reads a worksheet. Rows without content leave nothing behind, however many they are."""

    def __init__(self, texts: list[Written], styles: Styles) -> None:
        super().__init__()
        self._texts = texts
        self._styles = styles
        self._rows: dict[int, Row] = {}
        self._numbers: set[int] = set()
        self._slips: list[Slip] = []
        self._measures = Measures()
        self._merged: list[str] = []
        self._row = self._column = 0
        self._row_hidden = False
        self._cells: dict[int, Cell] = {}
        self._columns: set[int] = set()
        self._looks: dict[tuple[int, int], tuple[Look, Runs]] = {}
        self._seen: dict[tuple[str, Runs], tuple[bool, bool]] = {}
        self._tables = self._values = 0
        self._in_value = False
        self._type, self._style = "n", "0"
        self._formula = False
        self._value: list[str] = []
        self._inline = TextReader()

    def sheet(self, name: str, conditions: Sequence[Condition] = (), beside: Sequence[Slip] = ()) -> Sheet:
        """What was read, under the sheet's name, with what slipped in `beside` its cells.

        What a conditional format may hide counts as hidden. Raises WorkbookError for what is no worksheet.
        """
        if not self._tables:
            raise damaged()
        rows = tuple(self._conditioned(self._rows[number], conditions) for number in sorted(self._rows))
        return Sheet(
            name, rows, self._measures.hidden_columns(), areas(self._merged), (*self._slips, *beside)
        )

    def start(self, name: str, attrs: Attributes) -> None:
        """Open what begins; what is not listed here does not matter."""
        match name:
            case "sheetData":
                self._tables += 1
            case "sheetFormatPr":
                self._measures.default(attrs)
            case "row":
                self._open_row(attrs)
            case "c":
                self._open_cell(attrs)
            case "f":
                self._formula = True
            case "v":
                self._in_value = True
                self._values += 1
            case "col":
                self._measures.columns(attrs)
            case "mergeCell":
                self._merged.append(attrs.get((None, "ref"), ""))
            case _:
                self._inline.start(name, attrs)

    def end(self, name: str) -> None:
        """Close what ends."""
        self._in_value = False
        self._inline.end(name)
        if name == "c":
            self._close_cell()
        elif name == "row":
            self._close_row()

    def signs(self, content: str) -> None:
        """Text of a value, or of an inline text."""
        if self._in_value:
            self._value.append(content)
        self._inline.characters(content)

    def _open_row(self, attrs: Attributes) -> None:
        said = attrs.get((None, "r"))
        number = self._row + 1 if said is None else int(said) if is_number(said) else 0
        self._cells, self._columns, self._column = {}, set(), 0
        self._row_hidden = self._measures.hides_row(attrs)
        if not 1 <= number <= LAST_ROW:
            self._slip(f"A{self._row + 1}", "这一行的行号无效", "the number of this row is none")
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
        self._type, self._formula = attrs.get((None, "t"), "n"), False
        self._value, self._values, self._inline = [], 0, TextReader()
        if place is None or place[0] > LAST_COLUMN or place[1] != self._row:
            self._slip(
                f"{letters(self._column + 1)}{self._row}",
                "单元格的位置与所在行不符",
                "the cell says another place than the row it stands in",
            )
            place = (self._column + 1, self._row)
        self._column = place[0]

    def _close_cell(self) -> None:
        inline = self._inline.written()
        kind, written = self._content(inline)
        if kind is None:
            return
        if self._values + (inline.text != "") > 1 or self._tables > 1:
            self._slip(
                self._here, "单元格的内容在文件中出现两次", "the file has the content of this cell twice"
            )
        look, runs = self._styles.look(self._style), written.runs or (None,)
        self._looks[self._column, self._row] = look, runs
        seen = self._seen.get((self._style, runs))
        if seen is None:
            seen = self._seen[self._style, runs] = look.hides(runs), look.strikes(runs)
        cell = Cell(self._column, self._row, kind, written.text, *seen)
        if self._column in self._columns:
            self._slip(cell.ref, "文件中这个单元格出现两次", "the file has this cell twice")
        self._columns.add(self._column)
        self._cells[self._column] = cell

    def _content(self, inline: Written) -> tuple[Kind | None, Written]:
        value = "".join(self._value)
        if self._formula:
            return Kind.FORMULA, Written(value)
        if self._type == "s":
            return _text(self._shared(value))
        if self._type in {"inlineStr", "str"}:
            return _text(inline if inline.text else Written(unescaped(value)))
        if not value.strip():
            return (Kind.OTHER, inline) if inline.text else (None, _NOTHING)
        kind, text = self._number(value)
        return kind, Written(text)

    def _number(self, value: str) -> tuple[Kind, str]:
        """A number, a day that is written as one, or something else that is no text."""
        day = self._styles.dates.day(self._style, value) if self._type == "n" else None
        if self._type == "d":
            day = iso_day(value)
        if day is not None:
            return Kind.DATE, day
        return (Kind.NUMBER if self._type == "n" else Kind.OTHER), value

    def _shared(self, value: str) -> Written:
        number = value.strip()
        if not number:
            return _NOTHING
        if not number.isdecimal() or len(number) > 7 or int(number) >= len(self._texts):
            self._slip(self._here, "单元格的文字在文件中找不到", "the text of the cell is not in the file")
            return _NOTHING
        return self._texts[int(number)]

    def _conditioned(self, row: Row, conditions: Sequence[Condition]) -> Row:
        """The row, its cells hidden or struck out where a condition may make them so."""
        here = [one for one in conditions if one.area.top <= row.number <= one.area.bottom]
        return replace(row, cells=tuple(self._changed(cell, here) for cell in row.cells)) if here else row

    def _changed(self, cell: Cell, conditions: Sequence[Condition]) -> Cell:
        look, runs = self._looks[cell.column, cell.row]
        for one in conditions:
            if one.area.left <= cell.column <= one.area.right:
                changed, parts = one.change.of(look, runs)
                unseen, struck = cell.unseen or changed.hides(parts), cell.struck or changed.strikes(parts)
                cell = replace(cell, unseen=unseen, struck=struck)
        return cell

    def strange(self, name: str) -> None:
        """Rows, cells and texts that programs read, or leave out, each in its own way."""
        if name in {"row", "c", "v", "t", "mergeCell", "col"}:
            self._slip(
                self._here, "内容写在可取舍的部分中", "it stands in a part that programs may leave out"
            )

    @property
    def _here(self) -> str:
        return f"{letters(max(self._column, 1))}{max(self._row, 1)}"

    def _slip(self, ref: str, zh: str, en: str) -> None:
        if len(self._slips) < MOST_SLIPS:
            self._slips.append(Slip(ref, zh, en))


def _text(written: Written) -> tuple[Kind | None, Written]:
    return (Kind.TEXT, written) if written.text.strip() else (None, _NOTHING)
