"""A synthetic roster: the same people in every run, none of whom exists, with valid check digits."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl

from contracts.numbers import credit_check, resident_check
from services.officers.roster.columns import COLUMNS

DISTRICTS = ("d01", "d02")
"""Districts of the policy, which names them."""
NOMINATING_UNITS = {"d01": "chamber-donghu", "d02": "chamber-xishan"}
"""Who nominates in each."""

NOWHERE = "990001"
"""A region code that was never given to any place, so no number can be a living person's."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NUMBERS = "一二三四五六七八九十"
_EARLIEST = date(1958, 3, 1)
_CALLED_OFFICER = 500
"""Serial numbers from here on belong to officers, below it to nominees."""
_SITS = _CALLED_OFFICER - 1
"""The serial number of the first sitting member; the others have those before it."""


@dataclass(frozen=True)
class Person:
    """An invented person as the identity needs it."""

    name: str
    id_number: str


@dataclass(frozen=True)
class Nomination:
    """One row of the roster."""

    person: Person
    phone: str
    email: str
    firm: str
    credit_code: str
    position: str
    seat: str
    district: str
    nominating_unit: str

    def cells(self) -> tuple[str, ...]:
        """The row in the order of the roster's columns."""
        by_key = {
            "name": self.person.name,
            "id_number": self.person.id_number,
            **{key: getattr(self, key) for key in ("phone", "email", "firm", "credit_code", "position")},
            **{key: getattr(self, key) for key in ("seat", "district", "nominating_unit")},
        }
        return tuple(by_key[column.key] for column in COLUMNS)


def label(serial: int) -> str:
    """Two signs that tell invented people apart: 甲一, 甲二 ... 癸十."""
    return _STEMS[serial // 10 % 10] + _NUMBERS[serial % 10]


def resident_number(serial: int) -> str:
    """A well-formed resident identity number of nobody; each serial number below 12,000 gives another one."""
    born = _EARLIEST + timedelta(days=serial * 397 % 12_000)
    body = f"{NOWHERE}{born:%Y%m%d}{serial % 1000:03d}"
    return body + resident_check(body)


def credit_code(serial: int) -> str:
    """A well-formed unified social credit code of no firm."""
    body = f"91{NOWHERE}{serial:09d}"
    return body + credit_check(body)


def officer(serial: int) -> Person:
    """An invented officer."""
    return Person(f"演示·{label(serial)}", resident_number(_CALLED_OFFICER + serial))


def nominations(count: int) -> tuple[Nomination, ...]:
    """`count` invented nominees, alternately of the two districts; every third for the standing seat."""
    return tuple(_alternately(serial) for serial in range(count))


def sitting_members(count: int) -> tuple[Nomination, ...]:
    """Invented members, as they were once nominated: whoever is removed was elected before."""
    return tuple(_alternately(_SITS - place) for place in range(count))


def _alternately(serial: int) -> Nomination:
    district = DISTRICTS[serial % len(DISTRICTS)]
    return nomination(serial, district, NOMINATING_UNITS[district])


def nomination(serial: int, district: str, nominating_unit: str) -> Nomination:
    """The invented nominee of this number."""
    return Nomination(
        person=Person(f"测试·{label(serial)}", resident_number(serial)),
        phone=f"000-{serial:04d}",
        email=f"nominee-{serial:03d}@demo.invalid",
        firm=f"虚构{label(serial)}有限公司（演示）",
        credit_code=credit_code(serial),
        position="董事长",
        seat="常委" if serial % 3 == 0 else "执委",
        district=district,
        nominating_unit=nominating_unit,
    )


def workbook(rows: tuple[Nomination, ...]) -> bytes:
    """The rows as an .xlsx file with the headers that the import expects; every cell is text."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has no sheet")
    sheet.title = "推荐名册"
    sheet.append([column.zh for column in COLUMNS])
    for row in rows:
        sheet.append(list(row.cells()))
    for line in sheet.iter_rows():
        for cell in line:
            cell.number_format = "@"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
