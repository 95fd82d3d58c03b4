"""Sheets, headers and what is hidden."""

from tests.workbooks import book
from tests.workbooks.case import HEADER, At, Cast, Collection, Made, names, plain

CASES = Collection()


def _page(rows: list[list[object]], first: int = 1, **more: str) -> str:
    return book.page(book.lines([list(HEADER), *rows], first), **more)


@CASES("a second visible sheet with a header")
def _(cast: Cast) -> Made:
    one, two = cast.rows(2), cast.rows(2)
    return book.pack({"东湖": _page(one), "西湖": _page(two)}), names([*one, *two])


@CASES("ten sheets, one per district")
def _(cast: Cast) -> Made:
    each = [cast.rows(1) for _ in range(10)]
    pages = {f"区{place}": _page(rows) for place, rows in enumerate(each)}
    return book.pack(pages), names([rows[0] for rows in each])


@CASES("a second visible sheet without a header")
def _(cast: Cast) -> Made:
    second = book.page(book.lines(cast.rows(2)))
    return book.pack({"名册": _page(cast.rows(2)), "续": second}), At("A1", "续", "no header line")


@CASES("a second visible sheet of names only")
def _(cast: Cast) -> Made:
    second = book.page(book.lines([["赵一"], ["钱二"]]))
    return book.pack({"名册": _page(cast.rows(1)), "续": second}), At("A1", "续", "no header line")


@CASES("a second visible sheet that lacks a column")
def _(cast: Cast) -> Made:
    second = book.page(book.lines([HEADER[:-1], cast.row()[:-1]]))
    return book.pack({"名册": _page(cast.rows(1)), "续": second}), At("A1", "续", "is missing")


@CASES("the same person on two sheets")
def _(cast: Cast) -> Made:
    row = cast.row()
    return book.pack({"甲": _page([row]), "乙": _page([row])}), At("B2", "乙", "甲!B2")


@CASES("two sheets of which the second is at fault")
def _(cast: Cast) -> Made:
    return book.pack({"甲": _page(cast.rows(1)), "乙": _page([cast.row(seat="主席")])}), At("H2", "乙")


@CASES("an empty second sheet")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    return book.pack({"名册": _page(rows), "Sheet2": book.page(""), "Sheet3": book.page("")}), names(rows)


@CASES("a cover before the roster")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    cover = book.page(book.lines([["工商联执委、常委推荐人选名册"], ["填报单位：示例市工商业联合会"]]))
    return book.pack({"封面": cover, "名册": _page(rows)}), names(rows)


@CASES("a guide that explains the columns")
def _(cast: Cast) -> Made:
    guide = book.page(book.lines([["列", "怎样填写"], ["姓名", "与身份证一致"], ["身份证号", "文本格式"]]))
    return book.pack({"填表说明": guide, "名册": _page(cast.rows(1))}), At("B1", "填表说明", "no header line")


@CASES("only a guide")
def _(cast: Cast) -> Made:
    return book.pack({"说明": book.page(book.lines([["请按要求填写"]]))}), At("A1", "说明", "no header line")


@CASES("a title above the header")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    data = book.lines([["2026年推荐人选名册"], [None, "填报单位：示例区"], list(HEADER), *rows])
    return book.pack({"名册": book.page(data)}), names(rows)


@CASES("an empty first row")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    return book.pack({"名册": _page(rows, first=3)}), names(rows)


@CASES("a person above the header")
def _(cast: Cast) -> Made:
    data = book.lines([cast.row(), list(HEADER), cast.row()])
    return book.pack({"名册": book.page(data)}), At("B1", says="above the header")


@CASES("the header again in the middle")
def _(cast: Cast) -> Made:
    return plain([cast.row(), list(HEADER), cast.row()]), At("A3", says="header line again")


@CASES("headers spread with spaces")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    return plain(
        rows, ["姓 名", "身份证号 ", "手　机", "邮箱", "企业", "统一社会\n信用代码", *HEADER[6:]]
    ), names(rows)


@CASES("headers with stars for what is required")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    return plain(rows, [f"*{one}" if place < 2 else f"{one}＊" for place, one in enumerate(HEADER)]), names(
        rows
    )


@CASES("columns in another order, with a serial number and a remark")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    header = ["序号", *reversed(HEADER), "备注"]
    cells = [[(f'<c r="@"><v>{n}</v></c>',), *reversed(row), "无"] for n, row in enumerate(rows, 1)]
    return plain(cells, header), names(rows)


@CASES("headers that say how they are filled in")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    return plain(rows, ["姓名（必填）", "身份证号\n(文本格式)", "手机 (选填)", *HEADER[3:]]), names(rows)


@CASES("a header in other words")
def _(cast: Cast) -> Made:
    return plain([cast.row()], [HEADER[0], "身份证号码", *HEADER[2:]]), At("B1", says="id_number is missing")


@CASES("a header that means another name")
def _(cast: Cast) -> Made:
    return plain([cast.row()], ["姓名（曾用名）", *HEADER[1:]]), At("A1", says="name is missing")


@CASES("a column twice")
def _(cast: Cast) -> Made:
    return plain([[*cast.row(), "别人"]], [*HEADER, "姓名"]), At("K1", says="appears twice")


@CASES("a merged title")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data = book.lines([["推荐人选名册"], list(HEADER), *rows])
    merged = '<mergeCells count="1"><mergeCell ref="A1:J1"/></mergeCells>'
    return book.pack({"名册": book.page(data, after=merged)}), names(rows)


@CASES("serial numbers below the people")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data: list[list[object]] = [["序号", *HEADER], ["1", *rows[0]]]
    data += [[(f'<c r="@"><v>{n}</v></c>',)] for n in range(2, 40)]
    return book.pack({"名册": book.page(book.lines(data))}), names(rows)


@CASES("a note below the people")
def _(cast: Cast) -> Made:
    return plain([cast.row(), ["注：以上人选均已征求本人意见"]]), At("A3", says="nothing else stands")


@CASES("somebody beside the columns")
def _(cast: Cast) -> Made:
    row: list[object] = [None] * 10
    return plain([cast.row(), [*row, "赵一"]], [*HEADER, "备注"]), At("K3", says="nothing in the columns")


@CASES("somebody far to the right")
def _(cast: Cast) -> Made:
    far = '<row r="3"><c r="XFD3" t="inlineStr"><is><t>赵一</t></is></c></row>'
    data = book.lines([list(HEADER), cast.row()]) + far
    return book.pack({"名册": book.page(data)}), At("XFD3", says="nothing in the columns")


@CASES("a header and nobody")
def _(cast: Cast) -> Made:
    return plain([]), At("A2", says="names nobody")


@CASES("an empty workbook")
def _(cast: Cast) -> Made:
    return book.pack({"名册": book.page("")}), At("A1", says="names nobody")


@CASES("a formula beside the columns")
def _(cast: Cast) -> Made:
    cell = ('<c r="@"><f>1+1</f><v>2</v></c>',)
    return plain([[*cast.row(), cell]], [*HEADER, "合计"]), At("K2", says="formula")


@CASES("the same number twice")
def _(cast: Cast) -> Made:
    row = cast.row()
    return plain([row, cast.row(id_number=row[1])]), At("B3", says="名册!B2")


@CASES("one number under two names, from two units")
def _(cast: Cast) -> Made:
    row = cast.row()
    other = cast.row(id_number=row[1], nominating_unit="guild")
    return plain([row, other]), At("A3", says="another name in 名册!A2")
