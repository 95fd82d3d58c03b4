"""Sheets to tables: where the header line stands, which rows follow it, and what is in no table. Pure.

Nothing that can be seen is passed over in silence if it could be a person; nothing hidden is taken.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.policy.model import Text
from contracts.signs import DOT, card_name, is_han, shown
from services.officers.roster.cells import Book, Cell, Kind, Row, Sheet
from services.officers.roster.columns import COLUMNS, Column, column_of, is_like
from services.officers.roster.faults import SHOW_OR_DELETE, CellFault, standing

LEAST_HEADERS = 2
"""Headers in one line that make it the header line."""
_LONG = re.compile(r"[0-9A-Z]{15,}")
_DIGITS = re.compile(r"[0-9]{11}")
_LEAST_DIGITS = 8
"""Of a code: less of them is a word."""
_HEADER = Text(zh="表头在同一行，列名齐全", en="one header line with every column")
_GONE = Text(
    zh="给该工作表加上表头，或删除、隐藏该工作表后重新上传",
    en="give the sheet a header line, or delete or hide the sheet, and send the file again",
)


@dataclass(frozen=True)
class Table:
    """A sheet with a header line: its columns by number, and the rows below."""

    sheet: Sheet
    header: Row
    columns: Mapping[int, Column]
    rows: tuple[Row, ...]

    def ref(self, key: str, row: int) -> str:
        """The cell of the column in the row."""
        number = next(number for number, column in self.columns.items() if column.key == key)
        return Cell(number, row, Kind.OTHER, "").ref


def tables(book: Book) -> tuple[list[Table], list[CellFault]]:
    """The tables of the visible sheets, and the faults of sheets, of headers and of what no table holds."""
    found = [table for sheet in book.sheets if (table := _table(sheet)) is not None]
    faults = [
        CellFault(sheet.name, slip.ref, "", Text(zh=slip.zh, en=slip.en), _READABLE, _SAVE)
        for sheet in book.sheets
        for slip in sheet.slips
    ]
    for table in found:
        faults.extend(_header_faults(table))
    with_header = {table.sheet.name for table in found}
    read = {id(table.sheet) for table in found}
    for sheet in book.sheets:
        if id(sheet) not in read:
            faults.extend(_unread(sheet, book, sorted(with_header)))
    return found, [*faults, *_of_one_name(book)]


def _of_one_name(book: Book) -> Iterator[CellFault]:
    """Sheets that no fault, and no person, could tell apart."""
    seen: set[str] = set()
    for sheet in book.sheets:
        folded = sheet.name.casefold()
        if folded in seen:
            problem = Text(
                zh=f"有两个工作表都叫“{sheet.name}”", en=f"two sheets have the name {sheet.name!r}"
            )
            yield CellFault(sheet.name, "A1", "", problem, _NAMES, _SAVE)
        seen.add(folded)


_NAMES = Text(zh="每个工作表有自己的名称", en="a name of its own for every sheet")
_READABLE = Text(
    zh="人员都写在单元格里，每行、每个单元格在文件中只有一个",
    en="everybody stands in cells, and every row and every cell stands in the file once",
)
_SAVE = Text(
    zh="请用表格软件打开、核对人员后另存为新的 .xlsx，再上传",
    en="open the file, compare the people, save it as a new .xlsx and send that",
)


def could_be_somebody(cell: Cell) -> bool:
    """Whether the cell could hold a person's name or number: then it may not be passed over."""
    return has_number(cell) or (cell.kind is Kind.TEXT and _like_a_name(cell.text))


def has_number(cell: Cell) -> bool:
    """Whether the cell holds something as long as a telephone, an ID number or a code, or something computed."""
    if cell.kind is Kind.FORMULA:
        return True
    folded = unicodedata.normalize("NFKC", cell.text).upper()
    codes = (sum(map(str.isdigit, code)) for code in _LONG.findall(folded))
    return _DIGITS.search(re.sub(r"[ -]", "", folded)) is not None or any(n >= _LEAST_DIGITS for n in codes)


def _like_a_name(text: str) -> bool:
    name = card_name(text)
    parts = name.split(DOT)
    han = all(part and all(map(is_han, part)) for part in parts)
    return han and (len(parts) > 1 or 2 <= len(name) <= 4)


def _table(sheet: Sheet) -> Table | None:
    best: Row | None = None
    columns: dict[int, Column] = {}
    for row in sheet.rows:
        found = {
            cell.column: column
            for cell in row.cells
            if cell.kind is Kind.TEXT and (column := column_of(cell.text)) is not None
        }
        if len(set(found.values())) >= max(LEAST_HEADERS, len(set(columns.values())) + 1):
            best, columns = row, found
    if best is None:
        return None
    return Table(sheet, best, columns, tuple(row for row in sheet.rows if row.number > best.number))


def _header_faults(table: Table) -> Iterator[CellFault]:
    sheet, header = table.sheet, table.header
    seen: set[Column] = set()
    for number, column in table.columns.items():
        cell = next(cell for cell in header.cells if cell.column == number)
        if column in seen:
            problem = Text(zh=f"列“{column.zh}”出现两次", en=f"the column {column.key} appears twice")
            yield CellFault(sheet.name, cell.ref, column.key, problem, column.expected)
        seen.add(column)
        if header.hidden or sheet.hides(number):
            problem = Text(zh=f"列“{column.zh}”被隐藏", en=f"the column {column.key} is hidden")
            yield CellFault(sheet.name, cell.ref, column.key, problem, column.expected, SHOW_OR_DELETE)
        elif cell.unseen or cell.struck:
            problem = Text(
                zh=f"表头“{column.zh}”看不见或带有删除线",
                en=f"the header of the column {column.key} is seen by nobody, or struck out",
            )
            yield CellFault(sheet.name, cell.ref, column.key, problem, _HEADER, SHOW_OR_DELETE)
    for column in COLUMNS:
        if column not in seen:
            problem = Text(zh=f"缺少列“{column.zh}”", en=f"the column {column.key} is missing")
            expected = Text(
                zh=f"表头（第{header.number}行）应有“{column.zh}”",
                en=f"the header line (row {header.number}) has a header {column.key}",
            )
            alike = next((one for one in _others(table) if is_like(one.text, column)), None)
            place, stands = (f"A{header.number}", "") if alike is None else (alike.ref, shown(alike.text))
            yield CellFault(sheet.name, place, column.key, problem, expected, stands=stands)
    for row in sheet.rows:
        if row.number >= header.number:
            break
        above = next((cell for cell in row.cells if has_number(cell)), None)
        if above is not None:
            problem = Text(
                zh="内容在表头之上，不会被读取", en="it stands above the header line and is not read"
            )
            yield CellFault(sheet.name, above.ref, "", problem, _HEADER, stands=standing("phone", above.text))


def _others(table: Table) -> Iterator[Cell]:
    """Headers of columns that a roster has not."""
    return (cell for cell in table.header.cells if cell.column not in table.columns)


def _unread(sheet: Sheet, book: Book, elsewhere: list[str]) -> Iterator[CellFault]:
    """A sheet without a header line: one fault, unless nobody can be in it."""
    cells = [cell for row in sheet.rows for cell in row.cells]
    names = " ".join(one.name for one in book.sheets)
    somebody = next(
        (
            cell
            for cell in cells
            if (could_be_somebody(cell) and cell.text not in names) or column_of(cell.text) is not None
        ),
        None,
    )
    if somebody is None and (elsewhere or not cells):
        return
    cell = somebody or cells[0]
    where = "、".join(f"“{name}”" for name in elsewhere)
    problem = Text(
        zh=f"工作表“{sheet.name}”里没有表头，未读取" + (f"；表头在{where}" if where else ""),
        en=f"no header line was found in the sheet {sheet.name!r}, so it was not read"
        + (f"; one was found in {where}" if where else ""),
    )
    yield CellFault(sheet.name, cell.ref, "", problem, _HEADER, _GONE, standing("phone", cell.text))
