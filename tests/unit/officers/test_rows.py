"""Every kind of faulty cell is named with what would be right; correct rows become nominees."""

from datetime import date

import pytest

from contracts.vocabulary import Seat
from services.ctl.demo.roster import credit_code, resident_number
from services.officers.roster.columns import COLUMNS
from services.officers.roster.matching import Known
from services.officers.roster.rows import Reading, read_rows
from services.officers.roster.workbook import read_workbook
from tests.unit.officers.sheets import HEADER, row, sheet

TODAY = date(2026, 3, 2)
KNOWN = Known(frozenset({"d01", "d02"}), {"chamber": frozenset({"d01"}), "everywhere": frozenset({"*"})})
LETTER = {column.key: chr(ord("A") + place) for place, column in enumerate(COLUMNS)}


def read(*rows: list[object], header: tuple[object, ...] = HEADER, known: Known = KNOWN) -> Reading:
    return read_rows(read_workbook(sheet(rows, header)), known, TODAY)


BAD_CELLS = [
    ("name", ""),
    ("name", "张三3"),
    ("name", "<b>张三"),
    ("name", "张\u200b三"),
    ("name", "张\u202e三"),
    ("name", "张\u0000三".replace("\u0000", "\u0085")),
    ("name", "张\ufe0f三"),
    ("name", "张" * 61),
    ("name", "=张三"),
    ("id_number", 110105194912310000),
    ("id_number", "110105194912310020"),
    ("id_number", "１１０１０５１９４９１２３１００２Ｘ"),
    ("id_number", "11010519491231002x"),
    ("id_number", True),
    ("id_number", date(2020, 1, 1)),
    ("phone", 13800000000),
    ("phone", "call me"),
    ("phone", "１３８００００００００"),
    ("email", "a@b"),
    ("email", "a b@c.example"),
    ("email", "甲@b.example"),
    ("email", "a@b.example\nBcc: x@y.example"),
    ("firm", "=HYPERLINK(1)"),
    ("firm", "公" * 121),
    ("credit_code", "91110000600037341M"),
    ("credit_code", 911100006000373410),
    ("position", "职" * 61),
    ("seat", "主席"),
    ("seat", ""),
    ("district", "d09"),
    ("district", "东湖 区"),
    ("nominating_unit", "nobody"),
    ("nominating_unit", ""),
]


@pytest.mark.parametrize(("key", "value"), BAD_CELLS)
def test_a_faulty_cell_is_named_with_what_would_be_right(key: str, value: object) -> None:
    reading = read(row(1), row(2, **{key: value}))
    assert [(fault.cell, fault.column) for fault in reading.faults] == [(f"{LETTER[key]}3", key)]
    fault = reading.faults[0]
    assert fault.problem.zh
    assert fault.problem.en
    assert fault.expected == next(column for column in COLUMNS if column.key == key).expected
    assert len(reading.candidates) == 1


def test_a_fault_never_repeats_a_personal_value() -> None:
    secret = "110105194912310020"
    reading = read(row(1, id_number=secret, email="secret@@example"))
    told = " ".join(f"{f.problem.zh}{f.problem.en}{f.expected.zh}{f.expected.en}" for f in reading.faults)
    assert secret not in told
    assert "secret" not in told


def test_correct_rows_become_nominees_with_the_text_as_it_stood() -> None:
    reading = read(
        row(1, name="  阿卜杜热合曼·买买提  ", seat="Standing", phone="", email="", position=""),
        row(2, name="𬭎翀𫖯", firm="＝公司（集团）", nominating_unit="everywhere", district="d02"),
    )
    assert reading.faults == []
    first, second = reading.candidates
    assert first.nominee.name == "阿卜杜热合曼·买买提"
    assert first.seat is Seat.STANDING
    assert (first.nominee.phone, first.nominee.email) == ("", "")
    assert second.nominee.name == "𬭎翀𫖯"
    assert second.nominee.firm == "＝公司（集团）"
    assert (second.district, second.nominating_unit) == ("d02", "everywhere")


def test_english_headers_in_another_order_are_understood() -> None:
    order = sorted(range(len(COLUMNS)), key=lambda place: COLUMNS[place].key)
    header = tuple(COLUMNS[place].key.replace("_", " ").title() for place in order)
    values = row(3)
    reading = read([values[place] for place in order], header=header)
    assert reading.faults == []
    assert reading.candidates[0].nominee.id_number == resident_number(3)


def test_a_missing_and_a_doubled_column_are_named() -> None:
    header = ("姓名", "姓名", *HEADER[2:])
    reading = read(row(1), header=header)
    assert {fault.column for fault in reading.faults} >= {"name", "id_number"}
    assert reading.candidates == []


def test_the_same_person_twice_names_both_cells() -> None:
    reading = read(row(1), row(2), row(3, id_number=resident_number(1)))
    assert [fault.cell for fault in reading.faults] == ["B4"]
    assert "B2" in reading.faults[0].problem.en


def test_two_people_of_one_name_are_two_people() -> None:
    assert read(row(1, name="同名"), row(2, name="同名")).faults == []


def test_empty_rows_are_passed_over_and_an_empty_sheet_is_a_fault() -> None:
    assert len(read(row(1), [None] * 10, ["  "] * 10, row(2)).candidates) == 2
    assert read().faults[0].column == "name"


def test_a_formula_outside_the_columns_is_a_fault_too() -> None:
    reading = read([*row(1), "note", "=1+1"], header=(*HEADER, "remark", "sum"))
    assert [fault.cell for fault in reading.faults] == ["L2"]


def test_a_nominator_enters_only_for_their_own_unit_and_district() -> None:
    own = Known(frozenset({"d01", "d02"}), KNOWN.units, {"chamber": frozenset({"d01"})})
    reading = read(row(1), row(2, nominating_unit="everywhere"), known=own)
    assert [fault.cell for fault in reading.faults] == ["J3"]
    assert len(reading.candidates) == 1
    assert reading.candidates[0].nominee.credit_code == credit_code(1)
