"""How an archive may be put together: parts, encodings, links, and slips in what nobody reads."""

from functools import partial

from tests.workbooks import book
from tests.workbooks.book import HEAD, LINK, MAIN, STRICT, TYPE
from tests.workbooks.case import HEADER, Cast, Collection, Made, Whole, names

CASES = Collection()


def _data(rows: list[list[object]]) -> str:
    return book.lines([list(HEADER), *rows])


@CASES("strict Open XML")
def _(cast: Cast) -> Made:
    rows = cast.rows(2)
    link = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    return book.pack({"名册": book.page(_data(rows), space=STRICT)}, space=STRICT, link=link), names(rows)


@CASES("elements with a prefix")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    data = _data(rows)
    for name in ("row", "c", "is", "t"):
        data = data.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        data = data.replace(f"</{name}>", f"</x:{name}>")
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{data}</x:sheetData></x:worksheet>'
    return book.pack({"名册": sheet}), names(rows)


@CASES("a part in UTF-16")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    text = book.page(_data(rows)).replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return book.pack({"名册": book.page("")}, {"xl/worksheets/sheet1.xml": text.encode("utf-16")}), names(
        rows
    )


@CASES("a part in GBK")
def _(cast: Cast) -> Made:
    text = book.page(_data(cast.rows(1))).replace('encoding="UTF-8"', 'encoding="GBK"')
    parts: dict[str, str | bytes | None] = {"xl/worksheets/sheet1.xml": text.encode("gbk")}
    return book.pack({"名册": book.page("")}, parts), Whole("not-a-workbook", "encoding")


@CASES("a part with a byte order mark")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    text = book.page(_data(rows))
    return book.pack({"名册": ""}, {"xl/worksheets/sheet1.xml": text.encode("utf-8-sig")}), names(rows)


def _beside(parts: dict[str, str | bytes | None], cast: Cast) -> Made:
    rows = cast.rows(2)
    return book.pack({"名册": book.page(_data(rows))}, parts), names(rows)


_STYLES = f'<styleSheet xmlns="{MAIN}">'
for name, parts in {
    "an empty fill": {"xl/styles.xml": f"{HEAD}{_STYLES}<fills><fill/></fills></styleSheet>"},
    "a cell style without a name": {
        "xl/styles.xml": f'{HEAD}{_STYLES}<cellStyles><cellStyle xfId="0"/></cellStyles></styleSheet>'
    },
    "broken styles": {"xl/styles.xml": "<styleSheet"},
    "styles with entities": {"xl/styles.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
    "a local date in the properties": {"docProps/core.xml": "<created>2026年11月3日</created>"},
    "broken properties": {"docProps/core.xml": "no xml", "docProps/app.xml": "\x00"},
    "a theme that is none": {"xl/theme/theme1.xml": "<"},
    "a broken chain of calculation": {"xl/calcChain.xml": "<c"},
    "a picture": {"xl/media/image1.png": b"\x89PNG" + bytes(9000)},
    "a drawing that is broken": {"xl/drawings/drawing1.xml": "<x"},
    "comments": {"xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors/></comments>'},
    "custom data": {"customXml/item1.xml": "<a/>", "xl/persons/person.xml": "<b"},
    "printer settings": {"xl/printerSettings/printerSettings1.bin": bytes(2000)},
    "unknown parts": {"foo/bar.dat": b"\xff" * 100, "xl/metadata.xml": "<!"},
}.items():
    CASES(name)(partial(_beside, dict(parts)))  # type: ignore[arg-type]


@CASES("a firm whose name says macro")
def _(cast: Cast) -> Made:
    rows = [cast.row(firm="MacroEnabled 虚构有限公司")]
    return book.pack({"名册": book.page(_data(rows))}), names(rows)


@CASES("the workbook under another name")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"名册": book.page(_data(rows))}))
    moved = {
        name.replace("workbook.xml", "workbook2.xml"): content.replace(b"workbook.xml", b"workbook2.xml")
        for name, content in members.items()
    }
    return book.zipped(dict(moved)), names(rows)


@CASES("members with backslashes")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"名册": book.page(_data(rows))}))
    return book.zipped({name.replace("/", "\\"): content for name, content in members.items()}), names(rows)


@CASES("links from the root")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"名册": book.page(_data(rows))}))
    links = members["xl/_rels/workbook.xml.rels"].replace(b'Target="', b'Target="/xl/')
    return book.zipped({**members, "xl/_rels/workbook.xml.rels": links}), names(rows)


@CASES("stored without packing")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    return book.zipped(dict(book.members_of(book.pack({"名册": book.page(_data(rows))}))), 0), names(rows)


@CASES("a template")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"名册": book.page(_data(rows))}))
    types = members["[Content_Types].xml"].replace(b"sheet.main+xml", b"template.main+xml")
    return book.zipped({**members, "[Content_Types].xml": types}), names(rows)


@CASES("a sheet of charts before the roster")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"图": "<chartsheet/>", "名册": book.page(_data(rows))}))
    links = members["xl/_rels/workbook.xml.rels"].decode()
    links = links.replace(f'Id="rId1" Type="{LINK}/worksheet"', f'Id="rId1" Type="{LINK}/chartsheet"')
    return book.zipped({**members, "xl/_rels/workbook.xml.rels": links}), names(rows)


@CASES("a sheet whose part is missing")
def _(cast: Cast) -> Made:
    pages = {"名册": book.page(_data(cast.rows(1))), "续": book.page("")}
    return book.pack(pages, {"xl/worksheets/sheet2.xml": None}), Whole("not-a-workbook", "damaged")


@CASES("a sheet of another namespace")
def _(cast: Cast) -> Made:
    page = book.page(_data(cast.rows(1))).replace(MAIN, "urn:other")
    return book.pack({"名册": page}), Whole("not-a-workbook", "damaged")


@CASES("macros by the content type")
def _(cast: Cast) -> Made:
    types = f'<Types xmlns="{book.PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType='
    types += f'"{TYPE.replace("openxmlformats", "ms")}.sheet.macroEnabled.main+xml"/></Types>'
    return (
        book.pack({"名册": book.page(_data(cast.rows(1)))}, {"[Content_Types].xml": types}),
        Whole("workbook-unsafe", "macros"),
    )


@CASES("a workbook in the root folder")
def _(cast: Cast) -> Made:
    rows = cast.rows(1)
    members = book.members_of(book.pack({"名册": book.page(_data(rows))}))
    flat = {
        name.removeprefix("xl/"): content.replace(b'"xl/', b'"').replace(b'"/xl/', b'"/')
        for name, content in members.items()
    }
    return book.zipped(dict(flat)), names(rows)
