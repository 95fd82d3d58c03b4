"""Record sheets (纪实表): a page a person whatever stands in it, and a volume whose contents lead to each."""

import pytest
from pydantic import ValidationError

from contracts.policy.loader import released
from services.notices.papers.sheets import SheetsAsked, sheets_pdf
from tests.papers import lines, read, setter
from tests.unit.notices.papers.test_archive import faults

LINKS = released("2026.1").procedures["nomination"].sheet
LINE = {
    "what": "部门回复",
    "result": "无问题",
    "times": 12,
    "first": "2026-03-05",
    "last": "2026-03-11",
    "by": ["测试·甲一"],
}


def asked(people: int = 1, rows: int = 1, title: str = "", **more: object) -> SheetsAsked:
    """Sheets of so many people, with so many rows in every slot."""
    number = iter(range(1, 10_000))
    sheets = [
        {
            "case_id": f"c{place}",
            "kind": "nomination",
            "name": f"甲{place}",
            "firm": "虚构有限公司",
            "facts": [("拟任职务", "执委")],
            "links": [
                {
                    "name": link.name.zh,
                    "slots": [
                        {"number": next(number), "name": slot.name.zh, "lines": [LINE] * rows}
                        for slot in link.slots
                    ],
                }
                for link in LINKS
            ],
            "until": f"2026-03-{place % 28 + 1:02}",
            "policy": "2026.1",
            "mark": "",
            **more,
        }
        for place in range(people)
    ]
    return SheetsAsked.model_validate({"language": "zh", "title": title, "sheets": sheets})


@pytest.mark.parametrize("rows", [0, 1, 4])
def test_a_sheet_is_one_page_with_every_slot(rows: int) -> None:
    (page,) = read(sheets_pdf(asked(rows=rows), setter())).pages
    found = "".join(lines(page))
    for slot in (slot for link in LINKS for slot in link.slots):
        assert slot.name.zh in found
    assert found.count("2026-03-05至2026-03-11") == 13 * rows
    assert ("无记载" in found) is (rows == 0)


def test_a_volume_names_everybody_with_the_page_of_their_sheet() -> None:
    made = sheets_pdf(asked(people=40, title="2026年换届"), setter())
    pages = [lines(page) for page in read(made).pages]
    contents = [row for page in pages[:-40] for row in page]
    assert contents[0] == "2026年换届纪实表汇编"
    for place in range(40):
        number = len(pages) - 40 + place + 1
        assert f"甲{place}" in "".join(pages[number - 1])
        assert any(f"甲{place}　" in row and row.rstrip().endswith(str(number)) for row in contents), contents
    assert faults(made) == []


def test_the_same_record_is_the_same_bytes_dated_by_its_last_event() -> None:
    made = sheets_pdf(asked(people=3, title="换届"), setter())
    assert made == sheets_pdf(asked(people=3, title="换届"), setter())
    assert "20260303" in str(read(made).metadata["/CreationDate"])  # type: ignore[index]


def test_what_stands_in_a_sheet_is_data_and_a_demonstration_says_so() -> None:
    typed = '#read("frame.typ") ] *'
    made = sheets_pdf(asked(name=typed, firm=typed, mark="演示件，不具效力"), setter())
    found = "".join(lines(read(made).pages[0])).replace(" ", "")
    assert found.count(typed.replace(" ", "")) == 2
    assert "【演示件，不具效力】" in found


def test_nothing_that_has_no_name_is_printed() -> None:
    with pytest.raises(ValidationError):
        asked(secret="x")
