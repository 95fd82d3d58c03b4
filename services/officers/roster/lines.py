"""A line of a sheet as a whole: hidden, a header again, hardly filled, or under a merged cell. Pure."""

from collections.abc import Iterator

from contracts.policy.model import Text
from services.officers.roster.cells import Kind, Row
from services.officers.roster.columns import column_of
from services.officers.roster.faults import SHOW_OR_DELETE, CellFault, standing
from services.officers.roster.table import LEAST_HEADERS, Table, could_be_somebody, has_number

_UNSEEN = Text(
    zh="有内容，但看不见或可能看不见：字体颜色与底色相同、字号过小，或数字格式、条件格式不显示文字",
    en="it holds something that nobody sees, or may not see: the colour of the text is that of the cell, it is too "
    "small, or the number format or a conditional format shows no text",
)
_STRUCK = Text(
    zh="文字（或其中一部分）带有删除线，不知是否有效",
    en="the text, or a part of it, is struck out: is it meant?",
)
_PLAIN = Text(zh="没有删除线的文字", en="text that is not struck out")
_MEANT = Text(
    zh="有效的请取消删除线（包括条件格式），无效的请删除整行",
    en="if it is meant take the strike away (a conditional format too), else delete the row",
)
_SEEN = Text(zh="看得见的文字", en="text that can be seen")
_SHOW = Text(
    zh="把字体颜色、字号和格式改为看得见的，清除条件格式，核对内容；不要的请删除",
    en="give it a colour, size and format that can be seen, clear conditional formats, and look at it; delete what is "
    "not meant to be there",
)
_NO_HEADER = Text(zh="所在列没有表头，不会被读取", en="its column has no header, so it is not read")
_HEADED = Text(zh="每列都有表头，每行只有一个人", en="a header for every column, and one person in a row")
_GIVE_HEADER = Text(
    zh="是另一个人的请另起一行，是备注的请给该列加上表头，不要的请删除",
    en="give another person a row, give a remark's column a header, or delete it",
)
_WHOLE = Text(zh="一行写全一个人，或者整行删除", en="one whole person in the row, or no row")


def whole_row(table: Table, row: Row) -> CellFault | None:
    """A fault of the row as a whole, when it is no person's: hidden, a header again, or hardly filled."""
    ours = [cell for cell in row.cells if cell.column in table.columns]
    others = [cell for cell in row.cells if cell.column not in table.columns and could_be_somebody(cell)]
    if not ours and not others:
        return None
    first = (ours or others)[0]
    sheet, number = table.sheet.name, row.number
    if row.hidden:
        problem = Text(zh=f"第{number}行被隐藏，但有内容", en=f"row {number} is hidden and holds something")
        return CellFault(sheet, first.ref, "", problem, _WHOLE, SHOW_OR_DELETE)
    again = [cell for cell in ours if cell.kind is Kind.TEXT and column_of(cell.text) is not None]
    if len(again) >= LEAST_HEADERS:
        problem = Text(zh=f"第{number}行又是表头", en=f"row {number} is a header line again")
        return CellFault(sheet, first.ref, "", problem, _WHOLE, _delete(number))
    if not ours:
        problem = Text(
            zh=f"第{number}行在名册各列中没有内容",
            en=f"row {number} holds nothing in the columns of the roster",
        )
        return CellFault(
            sheet, first.ref, "", problem, _WHOLE, _delete(number), standing("phone", first.text)
        )
    if len(ours) == 1 and first.kind is Kind.TEXT:
        key = table.columns[first.column].key
        problem = Text(
            zh=f"第{number}行只有这一个单元格有内容", en=f"nothing else stands in row {number} but this cell"
        )
        return CellFault(sheet, first.ref, key, problem, _WHOLE, _delete(number), standing(key, first.text))
    return None


def _delete(row: int) -> Text:
    return Text(zh=f"补全第{row}行，或删除它", en=f"complete row {row}, or delete it")


def unseen(table: Table, row: Row) -> Iterator[CellFault]:
    """Cells whose style hides or strikes out what they hold, where it is a person's or could be."""
    for cell in row.cells:
        said = _LOOKS.get((cell.unseen, cell.struck))
        if said is not None and (cell.column in table.columns or could_be_somebody(cell)):
            column = table.columns.get(cell.column)
            key = column.key if column else ""
            yield CellFault(table.sheet.name, cell.ref, key, *said, standing(key or "phone", cell.text))


_LOOKS = {
    (True, False): (_UNSEEN, _SEEN, _SHOW),
    (True, True): (_UNSEEN, _SEEN, _SHOW),
    (False, True): (_STRUCK, _PLAIN, _MEANT),
}
"""What is said of a cell that nobody sees, or that is struck out."""


def unheaded(table: Table, row: Row) -> Iterator[CellFault]:
    """Numbers beside a person in a column that has no header: somebody may stand there whom nobody reads."""
    headed = {cell.column for cell in table.header.cells}
    below = table.header.number
    for cell in row.cells:
        titled = cell.column in headed or any(one.covers(cell.column, below) for one in table.sheet.merged)
        if not titled and cell.kind is not Kind.FORMULA and has_number(cell):
            stands = standing("phone", cell.text)
            yield CellFault(table.sheet.name, cell.ref, "", _NO_HEADER, _HEADED, _GIVE_HEADER, stands)


def under_merged(table: Table, row: Row) -> Iterator[CellFault]:
    """Cells that hold something under a merged cell: nobody sees them."""
    for cell in row.cells:
        if any(area.covers(cell.column, cell.row) for area in table.sheet.merged):
            problem = Text(
                zh="被合并单元格遮住，却有内容", en="it lies hidden under a merged cell and holds something"
            )
            expected = Text(zh="没有合并的单元格", en="no merged cells")
            yield CellFault(table.sheet.name, cell.ref, "", problem, expected, SHOW_OR_DELETE)
