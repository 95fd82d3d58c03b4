"""A list's cells, whatever file they came in, and which sheet of a workbook is the list. Pure."""

from services.officers.roster.cells import Book, Sheet, WorkbookError, letters
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
    sheet = book.sheets[lists[0]]
    if sheet.slips:
        slip = sheet.slips[0]
        raise WorkbookError("list-unreadable", f"{slip.ref}：{slip.zh}", f"{slip.ref}: {slip.en}")
    return read[lists[0]]


def _rows(sheet: Sheet) -> list[tuple[ListCell, ...]]:
    return [
        tuple(ListCell(cell.ref, letters(cell.column), cell.row, cell.kind, cell.text) for cell in row.cells)
        for row in sheet.rows
    ]
