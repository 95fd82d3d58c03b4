"""Sheets, rows, columns and cells that nobody sees."""

from tests.workbooks import book
from tests.workbooks.case import HEADER, At, Cast, Collection, Made, Whole, names

CASES = Collection()


def _page(rows: list[list[object]], **more: str) -> str:
    return book.page(book.lines([list(HEADER), *rows]), **more)


@CASES("a hidden sheet with people")
def _(cast: Cast) -> Made:
    rows, hidden = cast.rows(1), cast.rows(2)
    return book.pack({"名册": _page(rows), "旧": (_page(hidden), "hidden")}), names(rows), 2


@CASES("a very hidden sheet with people")
def _(cast: Cast) -> Made:
    rows, hidden = cast.rows(1), cast.rows(1)
    return book.pack({"旧": (_page(hidden), "veryHidden"), "名册": _page(rows)}), names(rows), 1


@CASES("a hidden first sheet of choices")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    choices = book.page(book.lines([["执委"], ["常委"]]))
    return book.pack({"选项": (choices, "hidden"), "名册": _page(rows)}), names(rows)


@CASES("the roster is hidden and a guide is seen")
def _(cast: Cast) -> Made:
    guide = book.page(book.lines([["请按要求填写"]]))
    return book.pack({"说明": guide, "名册": (_page(cast.rows(1)), "hidden")}), At("A1", "说明")


@CASES("a hidden column")
def _(cast: Cast) -> Made:
    cols = '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'
    return book.pack({"名册": _page(cast.rows(1), before=cols)}), At("B1", says="is hidden")


@CASES("columns without width where nothing else is said")
def _(cast: Cast) -> Made:
    before = '<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/><cols><col min="2" max="10" width="9"/></cols>'
    return book.pack({"名册": _page(cast.rows(1), before=before)}), At("A1", says="is hidden")


@CASES("rows without height where nothing else is said")
def _(cast: Cast) -> Made:
    data = book.line(1, HEADER, ' ht="15"') + book.line(2, cast.row())
    page = book.page(data, before='<sheetFormatPr defaultRowHeight="0"/>')
    return book.pack({"名册": page}), At("A2", says="hidden")


@CASES("a row that is hidden in a way of its own")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]) + book.line(3, cast.row(), ' hidden="True"')
    return book.pack({"名册": book.page(data)}), At("A3", says="hidden")


@CASES("a sheet that is hidden in a way of its own")
def _(cast: Cast) -> Made:
    rows, hidden = cast.rows(1), cast.rows(2)
    return book.pack({"名册": _page(rows), "旧": (_page(hidden), "VeryHidden")}), names(rows), 2


@CASES("every sheet is hidden")
def _(cast: Cast) -> Made:
    return book.pack({"名册": (_page(cast.rows(1)), "hidden")}), Whole(
        "not-a-workbook", "every sheet is hidden"
    )


@CASES("people under a merged cell that is said backwards")
def _(cast: Cast) -> Made:
    merged = '<mergeCells count="1"><mergeCell ref="A3:A2"/></mergeCells>'
    return book.pack({"名册": _page(cast.rows(2), after=merged)}), At("A3", says="under a merged cell")


@CASES("a column without width")
def _(cast: Cast) -> Made:
    cols = '<cols><col min="1" max="1" width="0" customWidth="1"/></cols>'
    return book.pack({"名册": _page(cast.rows(1), before=cols)}), At("A1", says="is hidden")


@CASES("a hidden column that is not read")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    cols = '<cols><col min="11" max="16384" hidden="true"/></cols>'
    data = book.lines([[*HEADER, "备注"], [*rows[0], "无"]])
    return book.pack({"名册": book.page(data, before=cols)}), names(rows)


@CASES("a hidden row")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]) + book.line(3, cast.row(), ' hidden="1"')
    return book.pack({"名册": book.page(data)}), At("A3", says="hidden")


@CASES("a row filtered away")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]) + book.line(3, cast.row(), ' hidden="true"')
    return book.pack({"名册": book.page(data, after='<autoFilter ref="A1:J3"/>')}), At("A3", says="hidden")


@CASES("a row without height")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]) + book.line(3, cast.row(), ' ht="0" customHeight="1"')
    return book.pack({"名册": book.page(data)}), At("A3", says="hidden")


@CASES("a hidden row that is empty")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data = book.lines([list(HEADER), *rows]) + '<row r="3" hidden="1"><c r="A3" s="1"/></row>'
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("people under a merged cell")
def _(cast: Cast) -> Made:
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    return book.pack({"名册": _page(cast.rows(2), after=merged)}), At("A3", says="under a merged cell")


@CASES("a district merged over two rows")
def _(cast: Cast) -> Made:
    merged = '<mergeCells count="1"><mergeCell ref="I2:I3"/></mergeCells>'
    rows = [cast.row(), cast.row(district=None)]
    return book.pack({"名册": _page(rows, after=merged)}), At("I3", says="merged cell counts")
