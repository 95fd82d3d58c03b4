"""Which numbers of a workbook are days: by their style's format, from where the workbook counts, and no others."""

from datetime import date, timedelta

import pytest

from services.officers.roster.archive import Archive
from services.officers.roster.dates import Dates, iso_day, shows_day
from services.officers.roster.looks import Look
from services.officers.roster.parts import parts_of
from services.officers.roster.styles import Styles, styles_of
from tests.workbooks import book
from tests.workbooks.book import HEAD, LINK, MAIN, PACKAGE

DAYS = Dates(frozenset({"1"}))
EARLIER = Dates(frozenset({"1"}), since_1904=True)


@pytest.mark.parametrize(
    ("count", "day"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("45809", "2025-06-01"),
        ("45809.75", "2025-06-01"),
        (" 45809 ", "2025-06-01"),
        ("2958465", "9999-12-31"),
    ],
)
def test_a_number_is_the_day_that_programs_show_for_it(count: str, day: str) -> None:
    assert DAYS.day("1", count) == day


@pytest.mark.parametrize(
    "count",
    ["0", "0.5", "60", "-1", "2958466", "9999999", "99999999", "4.5E4", "1e3", "", "x", "١٢", "45,809"],
)
def test_what_no_program_shows_as_a_day_is_none(count: str) -> None:
    assert DAYS.day("1", count) is None


def test_a_workbook_may_count_from_1904_and_there_its_first_day_and_its_leap_day_are_days() -> None:
    for count in (0, 60, 45_809):
        assert EARLIER.day("1", str(count)) == (date(1904, 1, 1) + timedelta(days=count)).isoformat()
    assert EARLIER.day("1", "2958465") is None, "beyond the calendar"


def test_a_number_of_another_style_is_no_day() -> None:
    assert DAYS.day("0", "45809") is None
    assert Dates().day("0", "45809") is None


@pytest.mark.parametrize("ident", [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
def test_a_built_in_format_of_days_shows_one(ident: int) -> None:
    assert shows_day(str(ident), None)


@pytest.mark.parametrize(
    "ident", [0, 1, 4, 9, 13, 18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 49, 55, 56, 59, 164]
)
def test_a_built_in_format_of_hours_or_of_numbers_shows_none(ident: int) -> None:
    assert not shows_day(str(ident), None)


@pytest.mark.parametrize("ident", ["", "x", "-14", "014x", "99999", "１４"])
def test_a_number_of_a_format_that_is_none_shows_none(ident: str) -> None:
    assert not shows_day(ident, None)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        "yyyymmdd",
        "D/M/YY",
        'yyyy"年"m"月"d"日"',
        "[$-804]yyyy/m/d;@",
        "[$-F800]dddd, mmmm dd, yyyy",
        "dd\\.mm\\.yyyy",
        "[Red][<45000]d.m.;yyyy",
        'b2yyyy"年"',
    ],
)
def test_a_format_with_a_year_or_a_day_shows_a_day(code: str) -> None:
    assert shows_day("164", code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "Standard",
        "0.00",
        "@",
        "",
        "h:mm:ss",
        "[h]:mm",
        "mmss.0",
        '0"d"',
        '#,##0" days"',
        "0\\d",
        "#,##0_d;[Red]-#,##0_d",
        "*d0",
        "[Yellow]0",
        "0.00E+00",
        '"编号"0',
    ],
)
def test_letters_that_only_stand_there_make_no_day(code: str) -> None:
    assert not shows_day("164", code)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-06-01", "2025-06-01"),
        ("2025-06-01T08:00:00Z", "2025-06-01"),
        ("2025-02-30", None),
        ("2025-6-1", None),
        ("01.06.2025", None),
        ("", None),
    ],
)
def test_a_cell_that_holds_a_day_in_words_says_it(said: str, day: str | None) -> None:
    assert iso_day(said) == day


def styles(text: str, settings: str = "") -> Styles:
    """What a workbook with this styles part, and these settings, says of its styles."""
    relation = f'<Relationship Id="rId1" Type="{LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
    relation += f'<Relationship Id="rId9" Type="{LINK}/styles" Target="styles.xml"/>'
    links = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    parts: dict[str, str | bytes | None] = {"xl/styles.xml": text, "xl/_rels/workbook.xml.rels": links}
    if settings:
        parts["xl/workbook.xml"] = (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINK}">{settings}<sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
        )
    archive = Archive(book.pack({"a": book.page("")}, parts))
    return styles_of(archive, parts_of(archive))


SHEET = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf/><xf numFmtId="14"/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs></styleSheet>'
)


def test_the_styles_of_cells_are_counted_and_those_of_conditions_say_nothing_of_them() -> None:
    assert styles(SHEET).dates == Dates(frozenset({"1", "3"}))


@pytest.mark.parametrize("said", ["1", "true", "on"])
def test_a_workbook_says_itself_from_where_it_counts(said: str) -> None:
    assert styles(SHEET, f'<workbookPr date1904="{said}"/>').dates.since_1904
    assert not styles(SHEET, '<workbookPr date1904="0"/>').dates.since_1904


@pytest.mark.parametrize(
    "text",
    [
        "<styleSheet",
        "",
        f'<styleSheet xmlns="{MAIN}"/>',
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="yes" fontId="-1" fillId="99999999"/></cellXfs>'
        "</styleSheet>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        '<styleSheet xmlns="urn:other"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
    ],
)
def test_of_styles_that_cannot_be_read_no_number_is_a_day_and_no_text_is_hidden(text: str) -> None:
    found = styles(text)
    assert found.dates == Dates()
    assert set(found.looks.values()) <= {Look()}
