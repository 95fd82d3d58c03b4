"""Workbooks for tests, good and bad."""

import io
import zipfile
from collections.abc import Iterable

import openpyxl

from services.ctl.demo.roster import credit_code, resident_number
from services.officers.roster.columns import COLUMNS
from tests.invented import name_of

HEADER = tuple(column.zh for column in COLUMNS)


def row(serial: int, **other: object) -> list[object]:
    """A correct row, with other values where they are given."""
    values: dict[str, object] = {
        "name": name_of(serial),
        "id_number": resident_number(serial),
        "phone": "000-0000",
        "email": f"n{serial}@example.invalid",
        "firm": f"虚构{serial}有限公司",
        "credit_code": credit_code(serial),
        "position": "董事长",
        "seat": "执委",
        "district": "d01",
        "nominating_unit": "chamber",
        **other,
    }
    return [values[column.key] for column in COLUMNS]


def sheet(rows: Iterable[Iterable[object]], header: Iterable[object] = HEADER) -> bytes:
    """An .xlsx file with these rows."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.append(list(header))
    for one in rows:
        active.append(list(one))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(body: bytes, changed: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with members replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(file, "w", method) as target:
        for member in source.infolist():
            target.writestr(member.filename, changed.get(member.filename, source.read(member)))
        for name in changed.keys() - set(source.namelist()):
            target.writestr(name, changed[name])
    return file.getvalue()
