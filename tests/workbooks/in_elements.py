"""What the XML of a sheet may say in more than one way: alternatives, foreign elements, a content twice; and shapes."""

from functools import partial

from tests.workbooks import book
from tests.workbooks.book import HEAD, LINK
from tests.workbooks.case import HEADER, At, Cast, Collection, Made, Whole, names

CASES = Collection()
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TWICE, LEFT_OUT = "content of this cell twice", "may leave out"


def _page(data: str) -> str:
    """A page whose programs may ignore what stands in the namespace z."""
    page = book.page(data)
    return page.replace("<worksheet ", f'<worksheet xmlns:mc="{MC}" xmlns:z="urn:z" mc:Ignorable="z" ', 1)


@CASES("a person in an alternative that no program knows")
def _(cast: Cast) -> Made:
    choice = f'<mc:Choice Requires="z">{book.line(3, cast.row())}</mc:Choice>'
    data = book.lines([list(HEADER), cast.row()]) + f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    return book.pack({"名册": _page(data)}), At("J2", says=LEFT_OUT)


@CASES("a person in an element that programs ignore")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]) + f"<z:more>{book.line(3, cast.row())}</z:more>"
    return book.pack({"名册": _page(data)}), At("J2", says=LEFT_OUT)


@CASES("a part of a name in an element that programs ignore")
def _(cast: Cast) -> Made:
    cell = '<c r="@" t="inlineStr"><is><t>测试</t><z:more><t>又</t></z:more></is></c>'
    return book.pack({"名册": _page(book.lines([list(HEADER), cast.row(name=(cell,))]))}), At(
        "A2", says=LEFT_OUT
    )


@CASES("elements of programs that say nothing of cells")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data = book.lines([list(HEADER), *rows]).replace("</row>", "<z:note>x</z:note></row>")
    return book.pack({"名册": _page(data + "<z:data>y</z:data>")}), names(rows)


@CASES("a sheet that stands in an alternative")
def _(cast: Cast) -> Made:
    pages = {"名册": book.page(book.lines([list(HEADER), cast.row()])), "续": book.page("")}
    members = book.members_of(book.pack(pages))
    text = members["xl/workbook.xml"].decode()
    start = text.index('<sheet name="续"')
    one = text[start : text.index("/>", start) + 2]
    other = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="r">{one}</mc:Choice></mc:AlternateContent>'
    return book.zipped({**members, "xl/workbook.xml": text.replace(one, other)}), Whole(
        "not-a-workbook", "damaged"
    )


TWO_WAYS = {
    "a value and an inline text": '<c r="@" t="inlineStr"><v>甲</v><is><t>测试乙</t></is></c>',
    "a text of type str and an inline text": '<c r="@" t="str"><is><t>测试甲</t></is><v>测试乙</v></c>',
    "two values": '<c r="@" t="str"><v>测试</v><v>乙</v></c>',
}


def _two_ways(cell: str, cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row(name=(cell,))])
    return book.pack({"名册": book.page(data)}), At("A2", says=TWICE)


for _name, _cell in TWO_WAYS.items():
    CASES(_name)(partial(_two_ways, _cell))


@CASES("two tables of cells in one sheet")
def _(cast: Cast) -> Made:
    one = book.lines([list(HEADER), cast.row()])
    both = f"{one}</sheetData><sheetData>{book.line(3, cast.row())}"
    return book.pack({"名册": book.page(both)}), At("A3", says=TWICE)


@CASES("two sheets of one name, the second without a header")
def _(cast: Cast) -> Made:
    pages = {
        "名册": book.page(book.lines([list(HEADER), cast.row()])),
        "续": book.page(book.lines(cast.rows(1))),
    }
    members = book.members_of(book.pack(pages))
    text = members["xl/workbook.xml"].decode().replace('name="续"', 'name="名册"')
    return book.zipped({**members, "xl/workbook.xml": text}), At("A1", says="no header line")


@CASES("two sheets of one name but for its case")
def _(cast: Cast) -> Made:
    pages = {name: book.page(book.lines([list(HEADER), cast.row()])) for name in ("Sheet", "SHEET")}
    return book.pack(pages), At("A1", "SHEET", "two sheets")


def _with_shape(rows: list[list[object]], said: str, wrapped: bool) -> bytes:
    """A sheet on which a text box lies, its corner at L3."""
    shape = (
        f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{said[:9]}</a:t></a:r><a:r><a:t>{said[9:]}</a:t></a:r></a:p></xdr:txBody>"
        "</xdr:sp>"
    )
    if wrapped:
        choice = f'<mc:Choice Requires="a14">{shape}</mc:Choice>'
        shape = f'<mc:AlternateContent xmlns:mc="{MC}">{choice}</mc:AlternateContent>'
    drawing = (
        f'{HEAD}<xdr:wsDr xmlns:xdr="{_DRAWN}spreadsheetDrawing" xmlns:a="{_DRAWN}main"><xdr:twoCellAnchor><xdr:from>'
        "<xdr:col>11</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>19</xdr:col><xdr:row>9</xdr:row></xdr:to>{shape}</xdr:twoCellAnchor></xdr:wsDr>"
    )
    links = (
        f'{HEAD}<Relationships xmlns="{book.PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINK}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts: dict[str, str | bytes | None] = {
        "xl/drawings/drawing1.xml": drawing,
        "xl/worksheets/_rels/sheet1.xml.rels": links,
    }
    after = f'<drawing xmlns:r="{LINK}" r:id="rId1"/>'
    return book.pack({"名册": book.page(book.lines([list(HEADER), *rows]), after=after)}, parts)


_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"


@CASES("a person in a text box")
def _(cast: Cast) -> Made:
    somebody = cast.row()
    return _with_shape([cast.row()], f"{somebody[0]} {somebody[1]}", False), At("L3", says="text box")


@CASES("a person in a text box that is an alternative")
def _(cast: Cast) -> Made:
    somebody = cast.row()
    return _with_shape([cast.row()], f"{somebody[0]} {somebody[1]}", True), At("L3", says="text box")


@CASES("a text box that explains")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    return _with_shape(rows, "填表说明：姓名与身份证一致，咨询电话 010-12345678", False), names(rows)


@CASES("somebody beside a person, in columns without a header")
def _(cast: Cast) -> Made:
    row, other = cast.row(), cast.row()
    data = book.lines([list(HEADER), [*row, None, other[0], other[1]]])
    return book.pack({"名册": book.page(data)}), At("M2", says="no header")


@CASES("a telephone in a column of remarks")
def _(cast: Cast) -> Made:
    row = cast.row()
    data = book.lines([[*HEADER, "备注"], [*row, "联系人电话 13800000000"]])
    return book.pack({"名册": book.page(data)}), names([row])
