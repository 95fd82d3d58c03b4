"""Files that are no workbook, or none that is let in: each is told what it is."""

from functools import partial

from tests.workbooks import book
from tests.workbooks.case import HEADER, Cast, Collection, Made, Whole

CASES = Collection()
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_TYPES = {"[Content_Types].xml": "<Types/>"}

WHAT: dict[str, tuple[bytes, Whole]] = {
    "nothing at all": (b"", Whole("not-a-workbook", "empty")),
    "an old workbook": (_OLD, Whole("not-a-workbook", "old format")),
    "a workbook with a password": (
        _OLD + "EncryptedPackage".encode("utf-16-le"),
        Whole("not-a-workbook", "password"),
    ),
    "a table of commas": ("姓名,身份证号\n".encode(), Whole("not-a-workbook", "text file")),
    "a table of commas in GBK": ("姓名,身份证号\n".encode("gbk"), Whole("not-a-workbook", "text file")),
    "a table of tabs in UTF-16": ("姓名\t号\n".encode("utf-16"), Whole("not-a-workbook", "text file")),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", Whole("not-a-workbook", "HTML")),
    "a spreadsheet of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        Whole("not-a-workbook", "2003"),
    ),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", Whole("not-a-workbook", "PDF")),
    "a packed file": (b"Rar!\x1a\x07\x00" + bytes(99), Whole("not-a-workbook", "unpack it")),
    "an OpenDocument spreadsheet": (
        book.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        Whole("not-a-workbook", ".ods"),
    ),
    "a binary workbook": (
        book.zipped({**_TYPES, "xl/workbook.bin": b"\x00"}),
        Whole("not-a-workbook", ".xlsb"),
    ),
    "a Word document": (
        book.zipped({**_TYPES, "word/document.xml": "<a/>"}),
        Whole("not-a-workbook", "Word"),
    ),
    "a Numbers document": (book.zipped({"Index/Document.iwa": b"\x00"}), Whole("not-a-workbook", "Numbers")),
    "a plain archive": (book.zipped({"a.txt": "a"}), Whole("not-a-workbook", "unpack it")),
    "a presentation": (
        book.zipped({**_TYPES, "ppt/presentation.xml": "<a/>"}),
        Whole("not-a-workbook", "presentation"),
    ),
    "an old Word document": (
        _OLD + "WordDocument".encode("utf-16-le"),
        Whole("not-a-workbook", "Word document of the old format"),
    ),
    "a photograph of the roster": (b"\xff\xd8\xff\xe0" + bytes(99), Whole("not-a-workbook", "picture")),
    "a photograph by a newer telephone": (bytes(4) + b"ftypheic", Whole("not-a-workbook", "picture")),
    "a table of commas that begins like a picture": (b"BMW,AG\n", Whole("not-a-workbook", "text file")),
    "a file packed by itself": (b"\x1f\x8b\x08" + bytes(9), Whole("not-a-workbook", "unpack it")),
}
BESIDE: dict[str, tuple[str, str]] = {
    "macros": ("xl/vbaProject.bin", "macros"),
    "links to other books": ("xl/externalLinks/externalLink1.xml", "outside links"),
    "embedded objects": ("xl/embeddings/oleObject1.bin", "embedded"),
    "controls": ("xl/activeX/activeX1.xml", "embedded"),
    "connections": ("xl/connections.xml", "outside links"),
    "a path that climbs": ("xl/../../a.xml", "lies outside"),
}


def _what(body: bytes, wanted: Whole, _cast: Cast) -> Made:
    return body, wanted


def _with(part: str, says: str, cast: Cast) -> Made:
    page = book.page(book.lines([list(HEADER), cast.row()]))
    return book.pack({"名册": page}, {part: "<a/>"}), Whole("workbook-unsafe", says)


for name, (body, wanted) in WHAT.items():
    CASES(name)(partial(_what, body, wanted))
for name, (part, says) in BESIDE.items():
    CASES(name)(partial(_with, part, says))


@CASES("half a workbook")
def _(cast: Cast) -> Made:
    body = book.pack({"名册": book.page(book.lines([list(HEADER), cast.row()]))})
    return body[: len(body) // 2], Whole("not-a-workbook", "damaged")


@CASES("a broken sheet")
def _(cast: Cast) -> Made:
    page = book.page(book.lines([list(HEADER), cast.row()]))
    return book.pack({"名册": page[:-40]}), Whole("not-a-workbook", "damaged")


@CASES("entities in the sheet")
def _(cast: Cast) -> Made:
    page = book.page(book.lines([list(HEADER), cast.row()]))
    return book.pack(
        {"名册": page.replace("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)}
    ), Whole("workbook-unsafe", "document type")


@CASES("too many people")
def _(cast: Cast) -> Made:
    row = cast.row()
    rows = "".join(book.line(place, row) for place in range(2, 1502))
    return book.pack({"名册": book.page(book.line(1, HEADER) + rows)}), Whole(
        "workbook-too-large", "1500 rows"
    )


@CASES("one long text in every cell")
def _(cast: Cast) -> Made:
    cells = [[('<c r="@" t="s"><v>0</v></c>',)] * 10] * 400
    return book.pack({"名册": book.page(book.lines(cells))}, texts=["长" * 30_000]), Whole(
        "workbook-unsafe", "too much"
    )
