"""The scanner itself: it finds what is planted, wherever and however, and nothing in what is sealed."""

import base64
import gzip
import io
import json
import secrets
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from services.kit.sealing import seal
from tests.canary.scanning import Scanner
from tests.peoplekeys import everybodys

NAME, NUMBER = "鸑鷟鵁鶄", "99000119870631021X"
NOISE = secrets.token_bytes(4099)


def _zipped(said: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/member.txt", said * 3)
    return held.getvalue()


def _table(said: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (said)")
    connection.execute("INSERT INTO t VALUES (?)", (f"before {said} after",))
    connection.commit()
    return connection.serialize()


def _sheet(said: str) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append([said])
    book.save(held)
    return held.getvalue()


def _nested(said: str) -> bytes:
    return zlib.compress(gzip.compress(base64.b64encode(b"." + said.encode("utf-16-be"))))


PLANTED: dict[str, Callable[[str], bytes]] = {
    "a line of a log": lambda said: f'{{"event":"refused","name":"{said}"}}'.encode(),
    "a log that escapes": lambda said: json.dumps({"name": said}).encode(),
    "UTF-16, little end first": lambda said: said.encode("utf-16-le"),
    "UTF-16, big end first": lambda said: said.encode("utf-16-be"),
    "GB 18030": lambda said: said.encode("gb18030"),
    "hexadecimal": lambda said: said.encode().hex().encode(),
    "HEXADECIMAL": lambda said: said.encode("gb18030").hex().upper().encode(),
    "base64 at any place": lambda said: b" ".join(
        base64.b64encode(b"x" * n + said.encode() + b"yz") for n in range(3)
    ),
    "base64 of UTF-16 for URLs": lambda said: base64.urlsafe_b64encode(
        b"x" + said.encode("utf-16-le") + b"y"
    ),
    "the query of a URL": lambda said: f"GET /v1/cases?q={quote(said)}&limit=1".encode(),
    "a URL in small letters": lambda said: (
        quote(said).lower().encode() if said == NAME else quote(said).encode()
    ),
    "zlib": lambda said: zlib.compress(said.encode(), 9),
    "gzip": lambda said: gzip.compress(said.encode("gb18030")),
    "a member of an archive": _zipped,
    "a workbook": _sheet,
    "a table": _table,
    "compressed twice": _nested,
}


@pytest.mark.parametrize("word", [NAME, NUMBER])
@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_leak_is_found(planted: Callable[[str], bytes], word: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "file").write_bytes(NOISE + planted(word) + NOISE)
    found = Scanner([NAME, NUMBER]).folder(tmp_path)
    assert {leak.word for leak in found} == {word}
    assert {leak.where.removesuffix(", compressed").removesuffix(", compressed") for leak in found} == {
        str(tmp_path / "sub" / "file")
    }


@pytest.mark.parametrize("before", range(3))
def test_base64_is_found_at_each_place_alone(before: int) -> None:
    for said in (NAME.encode(), NAME.encode("utf-16-le"), NUMBER.encode()):
        coded = base64.b64encode(b"x" * before + said + b"yyy")
        assert Scanner([NAME, NUMBER]).bytes(b"=" + coded, "here"), (before, said)


def test_a_name_of_a_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.xlsx").write_bytes(b"")
    assert Scanner([NAME]).folder(tmp_path)
    assert not Scanner([NAME]).folder(tmp_path, [tmp_path])


def test_what_is_sealed_is_no_leak(tmp_path: Path) -> None:
    said = seal({"name": NAME, "number": NUMBER}, "c1.1", everybodys(tmp_path), ["p1"]).model_dump_json()
    assert Scanner([NAME, NUMBER]).bytes(NOISE + said.encode() + NOISE, "here") == []
