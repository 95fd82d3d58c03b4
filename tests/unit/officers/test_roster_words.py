"""What a roster's faults say in the words of the file itself: its headers, how many stand in it, and what to do."""

from datetime import date

from services.officers.roster.faults import CORRECT, REMOVE_ROW
from services.officers.roster.matching import Known
from services.officers.roster.rows import Reading, read_rows
from services.officers.roster.workbook import read_workbook
from services.officers.views.rosters import RosterView
from services.officers.web.language import Language
from tests.unit.officers.sheets import HEADER, row, sheet

KNOWN = Known(frozenset({"d01"}), {"chamber": frozenset({"d01"})})


def read(*rows: list[object], header: tuple[str, ...] = HEADER) -> Reading:
    return read_rows(read_workbook(sheet(rows, header)), KNOWN, date(2026, 3, 2))


def headers(reading: Reading, language: Language = "zh") -> list[str]:
    return [one.header for one in RosterView.of(reading, language).errors]


def test_a_fault_calls_its_column_as_the_file_does() -> None:
    header = ("姓名", "身份证号（必填）", *HEADER[2:])
    reading = read(
        row(1, id_number="1", phone="call me", email="a@b", seat="主席", district="d09"), header=header
    )
    assert headers(reading) == ["身份证号（必填）", "手机", "邮箱", "拟任", "县区"]


def test_a_column_that_the_file_has_not_is_called_as_in_the_template() -> None:
    reading = read(row(1), header=tuple("电话号码" if one == "手机" else one for one in HEADER))
    assert headers(reading) == ["手机"]
    assert headers(reading, "en") == ["phone"]


def test_a_sheet_counts_everybody_who_stands_in_it() -> None:
    reading = read(row(1, phone="call me"), row(2), row(3, seat="主席"))
    assert [one.people for one in reading.sheets] == [3]


def test_whoever_stands_there_twice_is_removed_and_not_corrected() -> None:
    reading = read(row(1), row(1), row(2, seat="主席"))
    [again, wrong] = reading.faults
    assert (again.column, again.todo) == ("id_number", REMOVE_ROW)
    assert "18" not in again.expected.zh
    assert (wrong.column, wrong.todo) == ("seat", CORRECT)
