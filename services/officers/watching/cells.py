"""A list's cells, whatever file they came in, and which sheet of a workbook is the list. Pure.

As with a roster: what nobody sees is never the list, and no number that can be seen is passed over.
"""

from services.officers.roster.cells import Book, Cell, Row, Sheet, WorkbookError, letters
from services.officers.roster.table import has_number
from services.officers.watching import columns
from services.officers.watching.columns import ListCell


def sheet_rows(book: Book) -> list[tuple[ListCell, ...]]:
    """The rows of the one sheet that is a list. Raises WorkbookError where that is not one, or not read one way.

    Without any sheet that has a list's headers it is the first: what is wrong with it is said of its cells.
    """
    read = [_rows(sheet) for sheet in book.sheets]
    lists = [place for place, rows in enumerate(read) if columns.header(rows)[0] >= 0] or [0]
    if len(lists) > 1:
        named = "、".join(f"“{book.sheets[place].name}”" for place in lists)
        raise WorkbookError(
            "list-unreadable",
            f"有几个工作表都是名单：{named}，请分成几份文件",
            f"several sheets are lists: {named}; send each of them as a file of its own",
        )
    _check(book.sheets[lists[0]])
    for place, sheet in enumerate(book.sheets):
        unread = next((cell for row in sheet.rows for cell in row.cells if has_number(cell)), None)
        if place != lists[0] and unread is not None:
            raise _unreadable(
                sheet,
                unread.ref,
                "工作表没有可识别的表头，未读取；请补上表头、单独提交，或删除该工作表",
                "the sheet has no header that is known and was not read; give it one, send it alone, or delete it",
            )
    return read[lists[0]]


def _check(sheet: Sheet) -> None:
    """Raises WorkbookError naming the first cell that is not read one way, or that nobody looks at."""
    if sheet.slips:
        raise _unreadable(sheet, sheet.slips[0].ref, sheet.slips[0].zh, sheet.slips[0].en)
    for row in sheet.rows:
        for cell in row.cells:
            if _hidden(sheet, row, cell):
                raise _unreadable(
                    sheet,
                    cell.ref,
                    "有内容，但被隐藏、看不见或带有删除线；请取消隐藏后核对，不要的请删除",
                    "what stands there is hidden, cannot be seen, or is struck out; show it and look at it, or delete",
                )


def _hidden(sheet: Sheet, row: Row, cell: Cell) -> bool:
    under = any(area.covers(cell.column, cell.row) for area in sheet.merged)
    return row.hidden or cell.unseen or cell.struck or under or sheet.hides(cell.column)


def _unreadable(sheet: Sheet, ref: str, zh: str, en: str) -> WorkbookError:
    return WorkbookError("list-unreadable", f"{sheet.name}!{ref}：{zh}", f"{sheet.name}!{ref}: {en}")


def _rows(sheet: Sheet) -> list[tuple[ListCell, ...]]:
    return [
        tuple(ListCell(cell.ref, letters(cell.column), cell.row, cell.kind, cell.text) for cell in row.cells)
        for row in sheet.rows
    ]
