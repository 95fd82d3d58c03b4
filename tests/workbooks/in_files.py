"""How a sheet may be written: rows, cells, shared texts. Whatever shows the same people reads the same."""

from functools import partial

from tests.workbooks import book
from tests.workbooks.case import HEADER, At, Cast, Collection, Made, names

CASES = Collection()


def _data(rows: list[list[object]]) -> str:
    return book.lines([list(HEADER), *rows])


def _numbered(numbers: list[str | None], says: str, cell: str, cast: Cast) -> Made:
    """People in rows that say these numbers."""
    data = book.line(1, HEADER)
    for place, said in enumerate(numbers, 2):
        row = book.line(place, cast.row())
        plain = row.replace(f'<row r="{place}"', "<row" if said is None else f'<row r="{said}"')
        for column in range(1, 11):
            plain = plain.replace(f' r="{book.ref(column, place)}"', "")
        data += plain
    return book.pack({"名册": book.page(data)}), At(cell, says=says)


for name, numbers, says, cell in (
    ("a row number twice", ["2", "2", "3"], "two rows of the file", "A2"),
    ("four rows of one number", ["2", "2", "2", "2"], "two rows of the file", "A2"),
    ("a row number of zero", ["0"], "the number of this row", "A2"),
    ("a row number that is none", ["x"], "the number of this row", "A2"),
    ("a row number beyond the sheet", ["1048577"], "the number of this row", "A2"),
    ("a row that repeats the header's number", ["1", "2"], "two rows of the file", "A1"),
):
    CASES(name)(partial(_numbered, list(numbers), says, cell))


@CASES("rows that go back")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    data = book.line(1, HEADER) + book.line(4, rows[2]) + book.line(2, rows[0]) + book.line(3, rows[1])
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("rows and cells without places")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    data = _data(rows)
    for row in range(1, 5):
        data = data.replace(f'<row r="{row}"', "<row")
        for column in range(1, 11):
            data = data.replace(f' r="{book.ref(column, row)}"', "")
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("a cell twice")
def _(cast: Cast) -> Made:
    data = _data(cast.rows(1)).replace("</row>", book.inline("A1", "姓名") + "</row>", 1)
    return book.pack({"名册": book.page(data)}), At("A1", says="this cell twice")


@CASES("a cell that says another row")
def _(cast: Cast) -> Made:
    data = _data(cast.rows(2)).replace('r="A3"', 'r="A2"')
    return book.pack({"名册": book.page(data)}), At("A3", says="another place")


@CASES("cells in another order")
def _(cast: Cast) -> Made:
    row = cast.row()
    cells = "".join(book.inline(book.ref(column, 2), str(row[column - 1])) for column in range(10, 0, -1))
    data = book.line(1, HEADER) + f'<row r="2">{cells}</row>'
    return book.pack({"名册": book.page(data)}), names([row])


@CASES("gaps between the rows")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    data = book.line(1, HEADER) + book.line(7, rows[0]) + book.line(900, rows[1])
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("formatted rows down to ten thousand")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(4, 10_000)
    )
    return book.pack({"名册": book.page(_data(rows) + empty)}), names(rows)


@CASES("the last row of the sheet, empty")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    last = '<row r="1048576" customHeight="1" ht="12.8"/>'
    return book.pack({"名册": book.page(_data(rows) + last)}), names(rows)


@CASES("somebody in the last row of the sheet")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    data = book.lines([list(HEADER), rows[0]]) + book.line(1048576, rows[1])
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("something at the end of the world")
def _(cast: Cast) -> Made:
    far = '<row r="1048576"><c r="XFD1048576"><v>13800000000</v></c></row>'
    return book.pack({"名册": book.page(_data(cast.rows(1)) + far)}), At("XFD1048576")


@CASES("a wrong dimension")
def _(cast: Cast) -> Made:
    rows = cast.rows(3)
    return book.pack({"名册": book.page(_data(rows), before='<dimension ref="A1:J2"/>')}), names(rows)


def _shared(rows: list[list[object]]) -> tuple[str, list[str]]:
    texts = [str(value) for row in [HEADER, *rows] for value in row]
    cells = [
        [(f'<c r="@" t="s"><v>{place * 10 + column}</v></c>',) for column in range(10)]
        for place in range(len(rows) + 1)
    ]
    return book.lines(cells), texts


@CASES("shared texts")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    data, texts = _shared(rows)
    return book.pack({"名册": book.page(data)}, texts=texts), names(rows)


@CASES("shared texts in runs with a reading")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data, texts = _shared(rows)
    name = str(rows[0][0])
    texts[10] = (
        f"<si><r><t>{name[:2]}</t></r><r><rPr><b/></rPr><t>{name[2:]}</t></r>"
        '<rPh sb="0" eb="2"><t>ceshi</t></rPh><phoneticPr fontId="1"/></si>'
    )
    return book.pack({"名册": book.page(data)}, texts=texts), names(rows)


@CASES("a shared text that is not there")
def _(cast: Cast) -> Made:
    data, texts = _shared(cast.rows(1))
    return book.pack({"名册": book.page(data)}, texts=texts[:-1]), At("J2", says="is not in the file")


@CASES("shared texts without a link to them")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data, texts = _shared(rows)
    body = book.pack({"名册": book.page(data)}, texts=texts)
    links = book.members_of(body)["xl/_rels/workbook.xml.rels"].decode()
    start = links.index('<Relationship Id="rIdS"')
    cut = links[:start] + links[links.index("/>", start) + 2 :]
    return book.zipped({**book.members_of(body), "xl/_rels/workbook.xml.rels": cut}), names(rows)


@CASES("shared texts missing altogether")
def _(cast: Cast) -> Made:
    data, _texts = _shared(cast.rows(1))
    return book.pack({"名册": book.page(data)}), At("A1", says="is not in the file")


@CASES("plain texts of type str")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data = _data(rows).replace('t="inlineStr"><is><t xml:space="preserve">', 't="str"><v>')
    return book.pack({"名册": book.page(data.replace("</t></is>", "</v>"))}), names(rows)


@CASES("an unknown type of cell")
def _(cast: Cast) -> Made:
    return (
        book.pack({"名册": book.page(_data([cast.row(phone=('<c r="@" t="zz"><v>1</v></c>',))]))}),
        At("C2", says="not text"),
    )


@CASES("an unknown type of cell with an inline text")
def _(cast: Cast) -> Made:
    row = cast.row()
    data = _data([row]).replace('r="A2" t="inlineStr"', 'r="A2" t="InlineStr"')
    return book.pack({"名册": book.page(data)}), At("A2", says="not text")


@CASES("a date by its own type")
def _(cast: Cast) -> Made:
    cell = ('<c r="@" t="d"><v>2026-01-01</v></c>',)
    return book.pack({"名册": book.page(_data([cast.row(phone=cell)]))}), At("C2", says="not text")
