"""Lists as the authorities really send them: read as they are meant, or every cell named that cannot be."""

import codecs
import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from contracts.policy.loader import released
from contracts.vocabulary import Subject
from services.ctl.demo.roster import credit_code, resident_number
from services.officers.roster.cells import WorkbookError
from services.officers.roster.workbook import read_workbook
from services.officers.watching.cells import sheet_rows
from services.officers.watching.csvfile import read_csv
from services.officers.watching.entries import entries_digest
from services.officers.watching.rows import Bounds, ListReading, read_list

TODAY = date(2026, 3, 2)
PERSON, FIRM = resident_number(1), credit_code(1)
HEADER = "被执行人姓名/名称,身份证号码/组织机构代码,案号,发布时间,执行法院"
ROW = f"测试甲,{PERSON},（2025）执1号,2025年6月1日,某某法院"


def bounds(code: str = "court-dishonest", mode: str = "full") -> Bounds:
    watched = released("2026.1").watched(code)
    return Bounds(watched, mode, "最高法", date(1949, 10, 1), TODAY)  # type: ignore[arg-type]


def read(text: str, encoding: str = "utf-8", **other: Any) -> ListReading:
    return read_list(read_csv(text.encode(encoding), 100), bounds(**other))


def book(*rows: list[Any]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def faults(reading: ListReading) -> list[tuple[str, str]]:
    return [(fault.cell, fault.column) for fault in reading.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_whatever_encoding_it_came(encoding: str) -> None:
    (line,) = read(f"{HEADER}\r\n{ROW}\r\n", encoding).lines
    assert (line.entry.name, line.entry.number, line.entry.subject) == ("测试甲", PERSON, Subject.PERSON)
    assert (line.entry.decided_on, line.entry.issuer) == (date(2025, 6, 1), "某某法院")


def test_an_encoding_nobody_knows_is_refused_and_never_guessed() -> None:
    with pytest.raises(WorkbookError, match="encoding"):
        read_csv(codecs.encode("列表", "utf-8") + b"\xff\x80\xff", 10)


def test_titles_above_the_headers_and_other_separators_are_passed_over() -> None:
    text = f"失信被执行人名单\n截至2026年3月1日\n\n{HEADER}\n{ROW}".replace(",", "\t")
    (line,) = read(text).lines
    assert line.cell == "B5"


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (f'"=""{PERSON}"""', PERSON),
        (f"'{PERSON}", PERSON),
        (f"{PERSON}\t", PERSON),
        (f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", PERSON),
        (PERSON.replace("1", "１"), PERSON),
        (resident_number(1).lower(), PERSON),
        (FIRM.lower(), FIRM),
        (f"{PERSON[:4]}＊＊＊＊＊＊＊＊＊＊{PERSON[14:]}", f"{PERSON[:4]}{'*' * 10}{PERSON[14:]}"),
        (f"{PERSON[:6]}xxxxxxxx{PERSON[14:]}".replace("x", "×"), f"{PERSON[:6]}{'*' * 8}{PERSON[14:]}"),
        ("110101800101123", "110101198001011232"),
    ],
)
def test_a_number_is_read_as_it_is_meant(number: str, meant: str) -> None:
    reading = read(f"{HEADER}\n测试甲,{number},1号,2025-06-01,")
    assert reading.faults == []
    assert reading.lines[0].entry.number == meant


@pytest.mark.parametrize(
    "number",
    ["1.10101E+17", PERSON[:17] + ("1" if PERSON[17] != "1" else "2"), "=A1", "无", "", "1101***234"],
)
def test_a_number_that_cannot_be_one_names_its_cell(number: str) -> None:
    reading = read(f"{HEADER}\n测试甲,{number},1号,2025-06-01,\n{ROW}")
    assert faults(reading) == [("B2", "number")]


@pytest.mark.parametrize("day", ["2025-13-01", "2026-03-03", "1948-01-01", "昨天", "45000"])
def test_a_day_that_cannot_be_one_names_its_cell(day: str) -> None:
    assert faults(read(f"{HEADER}\n测试甲,{PERSON},1号,{day},")) == [("D2", "decided_on")]


@pytest.mark.parametrize("day", ["2025-6-1", "2025/06/01", "2025.6.1", "20250601", "2025-06-01 00:00:00"])
def test_a_day_is_read_however_it_is_written(day: str) -> None:
    assert read(f"{HEADER}\n测试甲,{PERSON},1号,{day},").lines[0].entry.decided_on == date(2025, 6, 1)


def test_a_workbook_is_read_like_a_text_and_its_dates_are_days() -> None:
    body = book(["名单"], HEADER.split(","), ["测试甲", PERSON, "1号", date(2025, 6, 1), "某某法院"])
    (line,) = read_list(sheet_rows(read_workbook(body, 10)), bounds()).lines
    assert (line.entry.decided_on, line.cell) == (date(2025, 6, 1), "B3")
    spoiled = book(HEADER.split(","), ["测试甲", int(PERSON[:15]), "1号", date(2025, 6, 1), ""])
    assert faults(read_list(sheet_rows(read_workbook(spoiled, 10)), bounds())) == [("B2", "number")]


def test_a_sheet_without_headers_is_one_fault_and_a_missing_column_is_named() -> None:
    assert faults(read("甲,乙\n丙,丁")) == [("A1", "number")]
    assert faults(read(f"姓名,身份证号\n测试甲,{PERSON}")) == [("1", "document_no"), ("1", "decided_on")]


def test_a_list_of_firms_takes_no_persons_because_nobody_could_say_what_it_means() -> None:
    header = "企业名称,统一社会信用代码,列入决定书文号,列入日期"
    reading = read(
        f"{header}\n某公司,{FIRM},1号,2025-06-01\n某人,{PERSON},2号,2025-06-01", code="market-abnormal"
    )
    assert faults(reading) == [("B3", "number")]


def test_two_columns_of_numbers_give_an_entry_each() -> None:
    header = "名称,统一社会信用代码,身份证号码,文号,日期"
    reading = read(f"{header}\n某公司,{FIRM},{PERSON},1号,2025-06-01", code="labour-arrears")
    assert [line.entry.subject for line in reading.lines] == [Subject.ENTERPRISE, Subject.PERSON]


def test_an_increment_takes_entries_off_and_a_whole_list_does_not() -> None:
    text = f"姓名,身份证号,文号,日期,状态\n测试甲,{PERSON},1号,2025-06-01,移出\n"
    assert [line.off for line in read(text, mode="increment").lines] == [True]
    assert faults(read(text)) == [("E2", "change")]
    assert faults(read(text.replace("移出", "也许"), mode="increment")) == [("E2", "change")]
    both = text + f"测试甲,{PERSON},1号,2025-06-01,列入"
    assert faults(read(both, mode="increment")) == [("B3", "change")]


def test_the_digest_of_the_entries_knows_no_order_and_no_spelling() -> None:
    other = f"乙,{resident_number(2)},2号,2025-06-02,"
    one = read(f"{HEADER}\n{ROW}\n{other}")
    two = read(f"{HEADER}\n{other}\n{ROW.replace('2025年6月1日', '2025-06-01')}\n{ROW}", "gb18030")
    assert entries_digest(one.lines) == entries_digest(two.lines)
    assert entries_digest(one.lines) != entries_digest(one.lines[:1])


def test_open_quotes_are_named_by_line() -> None:
    with pytest.raises(WorkbookError, match="quotes"):
        read_csv(f'{HEADER}\n"测试甲,{PERSON}'.encode(), 10)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (f"{HEADER},姓名\n{ROW},测试乙", "F1"),
        (f"名单 {resident_number(2)}\n{HEADER}\n{ROW}", "A1"),
        (f"测试乙,{resident_number(2)},1号,2025-06-01,\n{HEADER}\n{ROW}", "B1"),
        (f"{HEADER}\n{ROW},,测试乙,{resident_number(2)}", "H2"),
    ],
)
def test_what_the_headers_leave_unread_or_read_twice_is_named(text: str, cell: str) -> None:
    assert cell in {fault.cell for fault in read(text).faults}


def test_a_name_that_is_wrapped_stands_in_one_line() -> None:
    (line,) = read(f'{HEADER}\n"测试\n甲",{PERSON},1号,2025-06-01,\n').lines
    assert line.entry.name == "测试甲"


def test_nothing_beyond_the_last_column_is_passed_over() -> None:
    with pytest.raises(WorkbookError, match="line 2 beyond 40 columns"):
        read(f"{HEADER}\n{ROW}{',' * 40}{resident_number(2)}")
    assert read(f"{HEADER}\n{ROW}{',' * 60}").lines
