"""What hides, or strikes out, a part of a text, or a cell under a condition; and what only looks as if it did."""

from collections.abc import Callable
from functools import partial

from tests.workbooks import book
from tests.workbooks.book import HEAD, LINK, MAIN
from tests.workbooks.case import HEADER, At, Cast, Collection, Made, names

CASES = Collection()
UNSEEN, STRUCK = "nobody sees", "struck out"
LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
CELLS = "http://schemas.microsoft.com/office/excel/2006/main"
WHITE = '<color rgb="FFFFFFFF"/>'
Rich = Callable[[str], str]


def _runs(*parts: tuple[str, slice]) -> Rich:
    """A name in parts, each written in its own way; an empty way is that of the cell."""

    def written(name: str) -> str:
        runs = ""
        for way, place in parts:
            properties = f"<rPr>{way}</rPr>" if way else ""
            runs += f"<r>{properties}<t>{name[place]}</t></r>"
        return runs

    return written


HEAD_OF, REST = slice(0, 2), slice(2, None)
HIDDEN: dict[str, tuple[Rich, str]] = {
    "a part of a name in white": (_runs(("", HEAD_OF), (WHITE, REST)), UNSEEN),
    "a part of a name too small": (_runs(("", HEAD_OF), ('<sz val="1"/>', REST)), UNSEEN),
    "a name in white of the theme by its only part": (_runs(('<color theme="0"/>', slice(None))), UNSEEN),
    "a part of a name struck out": (_runs(("<strike/>", HEAD_OF), ("", REST)), STRUCK),
}
SEEN: dict[str, Rich] = {
    "a name in two colours": _runs(('<color rgb="FFC00000"/>', HEAD_OF), ('<color theme="4"/>', REST)),
    "a name in two sizes": _runs(('<sz val="16"/>', HEAD_OF), ('<sz val="8"/>', REST)),
    "a strike that is said to be none": _runs(('<strike val="0"/>', HEAD_OF), ("", REST)),
}


def _inline(rich: Rich, name: str) -> tuple[str]:
    return (f'<c r="@" t="inlineStr"><is>{rich(name)}</is></c>',)


def _of_parts(rich: Rich, cast: Cast) -> tuple[str, list[list[object]], str]:
    first, second = cast.row(), cast.row()
    cells = [[*first], [_inline(rich, str(second[0])), *second[1:]]]
    return book.lines([list(HEADER), *cells]), [first, second], str(second[0])


def _inline_hidden(rich: Rich, says: str, cast: Cast) -> Made:
    data, _, _ = _of_parts(rich, cast)
    return book.pack({"名册": book.page(data)}), At("A3", says=says)


def _inline_seen(rich: Rich, cast: Cast) -> Made:
    data, rows, _ = _of_parts(rich, cast)
    return book.pack({"名册": book.page(data)}), names(rows)


for _name, (_rich, _says) in HIDDEN.items():
    CASES(_name)(partial(_inline_hidden, _rich, _says))
for _name, _rich in SEEN.items():
    CASES(_name)(partial(_inline_seen, _rich))


@CASES("a shared text of which a part is white")
def _(cast: Cast) -> Made:
    row = cast.row()
    rich = HIDDEN["a part of a name in white"][0]
    shared: list[object] = [('<c r="@" t="s"><v>0</v></c>',), *row[1:]]
    data = book.lines([list(HEADER), cast.row(), shared])
    return book.pack({"名册": book.page(data)}, texts=[f"<si>{rich(str(row[0]))}</si>"]), At(
        "A3", says=UNSEEN
    )


_STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts><font/><font>{WHITE}</font><font><strike/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill></fills>'
    '<cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs><dxfs>{}</dxfs></styleSheet>'
)


def _styled(data: str, change: str = "", after: str = "") -> bytes:
    """A sheet of these rows with three styles of cells, and one change that a condition makes."""
    links = (
        f'{HEAD}<Relationships xmlns="{book.PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{LINK}/styles" Target="styles.xml"/></Relationships>'
    )
    parts: dict[str, str | bytes | None] = {
        "xl/styles.xml": _STYLES.replace("{}", change),
        "xl/_rels/workbook.xml.rels": links,
    }
    return book.pack({"名册": book.page(data, after=after)}, parts)


@CASES("a white cell whose parts have colours of their own")
def _(cast: Cast) -> Made:
    row = cast.row()
    rich = _runs(('<color rgb="FF000000"/>', HEAD_OF), ('<color rgb="FFC00000"/>', REST))
    cell = _inline(rich, str(row[0]))[0].replace('r="@"', 'r="@" s="1"')
    return _styled(book.lines([list(HEADER), [(cell,), *row[1:]]])), names([row])


@CASES("a whole person struck out")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()])
    struck = book.line(3, cast.row()).replace("<c ", '<c s="2" ')
    return _styled(data + struck), At("A3", says=STRUCK)


@CASES("a header that nobody sees")
def _(cast: Cast) -> Made:
    data = book.lines([list(HEADER), cast.row()]).replace('<c r="A1"', '<c r="A1" s="1"')
    return _styled(data), At("A1", says="seen by nobody")


def _font(content: str) -> str:
    return f"<dxf><font>{content}</font></dxf>"


def _fill(colour: str) -> str:
    return f'<dxf><fill><patternFill><bgColor rgb="{colour}"/></patternFill></fill></dxf>'


RED_ON_RED = (
    '<dxf><font><color rgb="FFC00000"/></font>'
    '<fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill></dxf>'
)
RED_ON_PINK = RED_ON_RED.replace('bgColor rgb="FFC00000"', 'bgColor rgb="FFFFC7CE"')


def _rule(cells: str, kind: str = "expression") -> str:
    rule = f'<cfRule type="{kind}" dxfId="0" priority="1"><formula>TRUE</formula></cfRule>'
    return f'<conditionalFormatting sqref="{cells}">{rule}</conditionalFormatting>'


CONDITIONS: dict[str, tuple[str, str, str]] = {
    "a condition that writes in white": (_font(WHITE), _rule("A3:J3"), UNSEEN),
    "a condition that blackens the cell": (_fill("FF000000"), _rule("A1:A2 A3"), UNSEEN),
    "a condition that writes in the colour that it lays under": (RED_ON_RED, _rule("$A$3"), UNSEEN),
    "a condition whose format shows nothing": (
        '<dxf><font><b/></font><numFmt numFmtId="164" formatCode=";;;"/></dxf>',
        _rule("A3"),
        UNSEEN,
    ),
    "a condition that strikes out": (_font("<strike/>"), _rule("A3:A400", "duplicateValues"), STRUCK),
}
HARMLESS: dict[str, tuple[str, str]] = {
    "a condition that marks in red": (RED_ON_PINK, _rule("A1:J400", "duplicateValues")),
    "a condition that lays yellow under": (_fill("FFFFFF00"), _rule("A1:J400")),
    "a condition that writes in white beside the people": (_font(WHITE), _rule("L1:L400 A900:J999")),
    "a condition that whitens errors only": (_font(WHITE), _rule("A1:J400", "containsErrors")),
    "a condition of a style that is not there": ("", _rule("A1:J400")),
}


def _hidden_by(change: str, rule: str, says: str, cast: Cast) -> Made:
    return _styled(book.lines([list(HEADER), *cast.rows(2)]), change, rule), At("A3", says=says)


def _left_by(change: str, rule: str, cast: Cast) -> Made:
    rows = cast.rows(2)
    return _styled(book.lines([list(HEADER), *rows]), change, rule), names(rows)


for _name, (_change, _cells, _says) in CONDITIONS.items():
    CASES(_name)(partial(_hidden_by, _change, _cells, _says))
for _name, (_change, _cells) in HARMLESS.items():
    CASES(_name)(partial(_left_by, _change, _cells))


def _of_later(change: str, cells: str) -> str:
    """The same as programs have written it since 2010."""
    inside = change.replace("<dxf>", "<x14:dxf>").replace("</dxf>", "</x14:dxf>")
    rule = (
        f'<x14:cfRule type="expression" priority="1" id="{{0}}"><xm:f>Sheet2!A1=1</xm:f>{inside}</x14:cfRule>'
    )
    one = f"<x14:conditionalFormatting>{rule}<xm:sqref>{cells}</xm:sqref></x14:conditionalFormatting>"
    return (
        f'<extLst><ext xmlns:x14="{LATER}" xmlns:xm="{CELLS}" uri="{{78C0D931}}"><x14:conditionalFormattings>'
        f"{one}</x14:conditionalFormattings></ext></extLst>"
    )


CASES("a condition of the later kind that writes in white")(
    partial(_hidden_by, "", _of_later(_font(WHITE), "A3:A9"), UNSEEN)
)
CASES("a condition of the later kind that marks in red")(
    partial(_left_by, "", _of_later(RED_ON_PINK, "A1:J9"))
)
