"""A body that is no harmless workbook is refused at once, whatever it pretends to be."""

import io
import time
import tracemalloc
import zipfile

import pytest

from services.officers.roster.cells import Kind, WorkbookError
from services.officers.roster.workbook import MAX_BYTES, read_workbook
from tests.unit.officers.sheets import repacked, row, sheet

PLAIN = sheet([row(1)])
SHEET = "xl/worksheets/sheet1.xml"
SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
    b'.spreadsheetml.sharedStrings+xml"/></Types>'
)


def _with_sheet(content: bytes) -> bytes:
    return repacked(PLAIN, {SHEET: b'<worksheet xmlns="%s">%s</worksheet>' % (SPACE, content)})


def _with_strings(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", STRINGS)
    return repacked(PLAIN, {"[Content_Types].xml": types, "xl/sharedStrings.xml": content})


def _encrypted() -> bytes:
    body = bytearray(PLAIN)
    place = body.find(b"PK\x01\x02")
    body[place + 8] |= 1
    return bytes(body)


def _many_members() -> bytes:
    return repacked(PLAIN, {f"xl/media/{n}": b"" for n in range(300)})


HOSTILE = {
    "empty": (b"", "not-a-workbook"),
    "text": (b"name,id\n", "not-a-workbook"),
    "zip without a workbook": (
        repacked(PLAIN, {}).replace(b"xl/workbook.xml", b"xl/workbooX.xml"),
        "not-a-workbook",
    ),
    "half a workbook": (PLAIN[: len(PLAIN) // 2], "not-a-workbook"),
    "old binary format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-workbook"),
    "too long": (PLAIN + b"\0" * MAX_BYTES, "workbook-too-large"),
    "unpacks to too much": (repacked(PLAIN, {"xl/media/a": b"\0" * 25_000_000}), "workbook-unsafe"),
    "many members": (_many_members(), "workbook-unsafe"),
    "tags without end": (
        _with_strings(b'<sst xmlns="%s">' % SPACE + b"<si><t/></si>" * 150_000 + b"</sst>"),
        "workbook-unsafe",
    ),
    "entities": (
        repacked(PLAIN, {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="%s"/>' % SPACE}),
        "workbook-unsafe",
    ),
    "entities in another encoding": (
        repacked(
            PLAIN, {SHEET: '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode("utf-16")}
        ),
        "workbook-unsafe",
    ),
    "macros": (repacked(PLAIN, {"xl/vbaProject.bin": b"x"}), "workbook-unsafe"),
    "links to other books": (
        repacked(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "workbook-unsafe",
    ),
    "a path that climbs": (repacked(PLAIN, {"../evil.xml": b"<a/>"}), "workbook-unsafe"),
    "encrypted": (_encrypted(), "workbook-unsafe"),
    "too many rows": (sheet(row(n % 900) for n in range(1600)), "workbook-too-large"),
    "broken xml": (_with_sheet(b"<sheetData><row>"), "not-a-workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_fast_and_small(name: str) -> None:
    body, code = HOSTILE[name]
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(WorkbookError) as refused:
            read_workbook(body)
        seconds, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == code
    # Of this process alone, so that others' work does not count; every allocation is traced, which slows it.
    assert seconds < 30
    assert peak < 150 * 1024 * 1024


def test_a_plain_workbook_is_read_cell_by_cell() -> None:
    [page] = read_workbook(sheet([row(1, phone=13800000000, firm="=1+1"), row(2)])).sheets
    assert len(page.rows) == 3
    kinds = {cell.ref: cell.kind for cell in page.rows[1].cells}
    assert kinds["A2"] is Kind.TEXT
    assert kinds["C2"] is Kind.NUMBER
    assert kinds["E2"] is Kind.FORMULA
