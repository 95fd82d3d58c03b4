"""The demonstration's roster: well formed for the import, and nobody who exists."""

from datetime import date

from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy import loader
from contracts.words.naming import named
from services.ctl.demo.roster import DISTRICTS, NOMINATING_UNITS, nominations, officer, workbook
from services.officers.roster.rows import Known, read_rows
from services.officers.roster.workbook import read_workbook

TODAY = date(2026, 3, 2)
UNITS = {"chamber-donghu": frozenset({"d01"}), "chamber-xishan": frozenset({"d02"})}


def test_the_import_finds_no_fault_in_the_roster() -> None:
    rows = nominations(24)
    reading = read_rows(read_workbook(workbook(rows)), Known(frozenset(DISTRICTS), UNITS), TODAY)
    assert reading.faults == []
    assert [candidate.nominee.name for candidate in reading.candidates] == [row.person.name for row in rows]
    assert {candidate.district for candidate in reading.candidates} == set(DISTRICTS)


def test_identifiers_have_valid_check_digits_and_belong_to_nobody() -> None:
    for row in nominations(100):
        assert resident_id_fault(row.person.id_number, TODAY) is None
        assert credit_code_fault(row.credit_code) is None
        assert row.person.id_number.startswith("99")
        assert row.email.endswith(".invalid")


def test_nominees_and_officers_are_all_different_people() -> None:
    people = [row.person.id_number for row in nominations(100)] + [officer(n).id_number for n in range(200)]
    assert len(set(people)) == len(people)


def test_the_roster_is_the_same_in_every_run() -> None:
    assert nominations(24) == nominations(24)


def test_the_policy_names_every_district_and_nominating_unit_of_the_roster() -> None:
    policy = loader.released("2026.1-demo")
    assert [named(district, "district", policy).zh for district in DISTRICTS] == ["东湖区", "西山区"]
    assert [named(unit, "unit", policy).en for unit in NOMINATING_UNITS.values()] == [
        "Donghu District Chamber",
        "Xishan District Chamber",
    ]
