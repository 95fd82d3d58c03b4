"""Figures: as bars, as tables and as a workbook, the same numbers everywhere."""

import io
from collections.abc import AsyncIterator
from typing import Any

import openpyxl
import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given

VERSION = loader.versions()[-1]
BATCH = {"batch_id": "b1", "title": "2026 换届", "policy": VERSION}
FIGURES: dict[str, Any] = {
    "at": "2026-03-02T01:30:00Z",
    "batch_id": "",
    "nominees": 31,
    "nominees_by_district": {"d01": 21, "d02": 10},
    "vetoed": 4,
    "vetoed_by_district": {"d01": 4},
    "vetoes": [
        {"item": "NL-D01", "district": "d01", "vetoes": 4, "names": {"item": "欠缴税款", "district": "x"}}
    ],
    "cumulative_vetoed": 9,
    "veto_rate": "12.9",
    "removals": {"REMOVED": 2},
    "overdue": [
        {
            "role": "DEPT_OFFICER",
            "unit": "tax",
            "district": "d01",
            "tasks": 3,
            "oldest_days": 5,
            "names": {"unit": "税务<局>", "role": "部门经办", "district": "x"},
        }
    ],
    "ageing": [
        {
            "kind": "nomination",
            "state": "READY",
            "cases": 7,
            "oldest_days": 3,
            "names": {"kind": "提名", "state": "待办"},
        }
    ],
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["GET /figures", "GET /batches"])
        policy = loader.released(VERSION).model_dump(mode="json")
        found.api.answers |= {
            "GET /figures": given(FIGURES),
            "GET /batches": given(
                {"items": [{"batch_id": "b1", "title": "2026 换届", "policy": VERSION}], "next": None}
            ),
            "GET /policies": given([{"version": VERSION, "released": "2026-01-01"}]),
            f"GET /policies/{VERSION}": given(policy),
        }
        yield found


async def test_every_number_stands_in_the_picture_and_in_its_table(browser: Browser) -> None:
    page = (await browser.get("/figures")).text
    district = loader.released(VERSION).districts[0].name.zh
    assert f">{district}<" in page
    for number in (
        "12.9%",
        '<td class="number">17</td>',
        '<td class="number">4</td>',
        '<td class="number">21</td>',
    ):
        assert number in page
    assert "税务&lt;局&gt;" in page
    assert page.count("<svg role=") == 5


async def test_a_batch_is_chosen_in_the_address(browser: Browser) -> None:
    page = (await browser.get("/figures?batch_id=b1")).text
    assert '<option value="b1" selected>2026 换届</option>' in page
    assert browser.api.of("GET", "/figures")[-1].params["batch_id"] == "b1"


async def test_without_anything_to_count_the_page_says_what_will_be_there(browser: Browser) -> None:
    nothing = {
        name: type(value)() if isinstance(value, list | dict) else 0 for name, value in FIGURES.items()
    }
    browser.api.answers["GET /figures"] = given({**nothing, "at": FIGURES["at"], "veto_rate": None})
    page = (await browser.get("/figures")).text
    assert 'class="empty card"' in page
    assert "–" in page


async def test_the_workbook_has_the_numbers_of_the_page(browser: Browser) -> None:
    answer = await browser.get("/figures/sheet?batch_id=b1")
    assert answer.headers["content-disposition"] == 'attachment; filename="figures.xlsx"'
    about, rows = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    assert "2026 换届" in {cell.value for row in about.iter_rows() for cell in row}
    read = [tuple(cell.value for cell in row) for row in rows.iter_rows(min_row=2)]
    assert ("统计", "否决率", "", "12.9") in read
    assert ("各地区人选与否决", loader.released(VERSION).districts[0].name.zh, "一票否决", "4") in read
    assert ("各单位逾期任务", "税务<局>", "", "3") in read


async def test_the_workbook_names_the_policies_under_which_there_are_batches_and_no_other(
    browser: Browser,
) -> None:
    versions = ["2017.1", "2026.1"]
    batches = [{"batch_id": f"b{one}", "title": one, "policy": one} for one in versions]
    listed = [{"version": one, "released": "2026-01-01"} for one in (*versions, "2099.1-term")]
    browser.api.answers |= {
        "GET /batches": given({"items": batches, "next": None}),
        "GET /policies": given(listed),
        **{f"GET /policies/{one}": given(loader.released(one).model_dump(mode="json")) for one in versions},
    }
    told = {}
    for asked in ("", "?batch_id=b2017.1"):
        answer = await browser.get(f"/figures/sheet{asked}")
        about = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        told[asked] = {str(name.value): value.value for name, value in about.iter_rows(max_col=2)}["政策版本"]
    assert told == {"": "2017.1、2026.1", "?batch_id=b2017.1": "2017.1"}


async def test_the_page_is_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/figures")
    page = (await browser.get("/figures")).text
    assert "Veto rate" in page
    assert 'lang="en"' in page
