"""The list of cases: its filter says what applies, and whoever is sought stands in no address."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given
from tests.unit.console.played import POLICY

RULES = loader.released(POLICY)
FOUND: dict[str, Any] = {
    "case_id": "c77",
    "kind": "nomination",
    "state": "SUBMITTED",
    "stage": "ST02",
    "district": "d01",
    "opened_at": "2026-11-26T01:00:00Z",
    "nominee": {"name": "测试·甲", "firm": "虚构第77有限公司", "credit_code": None},
    "names": {"kind": "推荐人选"},
}
NONE = {"items": [], "next": None}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /cases": given(NONE),
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(RULES.model_dump(mode="json")),
        }
        yield found


async def test_every_kind_is_offered_and_the_chosen_one_stays_chosen_though_no_row_has_it(
    browser: Browser,
) -> None:
    page = (await browser.get("/cases?kind=nomination&state=REMOVED")).text
    box = page[page.index('<select id="kind"') :].partition("</select>")[0]
    offered = set(re.findall(r'<option value="([^"]+)"', box))
    assert offered == RULES.procedures.keys() - {"batch", "every"}
    assert re.findall(r'value="([^"]+)" selected', box) == ["nomination"]
    assert f">{RULES.procedures['removal'].name.zh}<" in box


async def test_a_filter_that_nobody_knows_is_seen_to_apply(browser: Browser) -> None:
    page = (await browser.get("/cases?kind=strange")).text
    assert '<option value="strange" selected>' in page


async def test_a_case_is_found_by_what_is_typed_and_it_stands_in_no_address(browser: Browser) -> None:
    browser.api.answers["POST /search/cases"] = given({"items": [FOUND], "next": None})
    listed = (await browser.get("/cases?kind=nomination&parent=b1")).text
    assert 'method="post" action="/cases/find"' in listed
    assert "/sheets/cases" in listed
    page = await browser.post("/cases/find", {"q": " 虚构第77有限 ", "kind": "nomination", "parent": "b1"})
    [asked] = browser.api.of("POST", "/search/cases")
    assert asked.body == {"q": "虚构第77有限", "kind": "nomination", "parent": "b1"}
    assert 'href="/cases/c77"' in page.text
    assert "与“虚构第77有限”相符" in page.text
    assert "%E8%99%9A" not in page.text
    assert "/sheets/cases" not in page.text, "the sheet would be of the whole list"


async def test_whoever_may_not_be_told_whom_a_case_is_about_reads_what_it_is_and_where(
    browser: Browser,
) -> None:
    """Under a heading that holds for nominees and for sitting members alike."""
    hidden = {**FOUND, "nominee": None, "names": {"kind": "免职（罢免）", "district": "东湖区"}}
    browser.api.answers["GET /cases"] = given({"items": [hidden], "next": None})
    page = (await browser.get("/cases")).text
    assert '<th scope="col">当事人</th>' in page
    assert '<a href="/cases/c77">免职（罢免） · 东湖区 <span class="codes small">c77</span></a>' in page


async def test_a_search_that_is_not_at_its_end_goes_on_from_there(browser: Browser) -> None:
    browser.api.answers["POST /search/cases"] = given({"items": [], "next": "n1"})
    page = await browser.post("/cases/find", {"q": "甲"})
    assert "还有办件未查" in page.text
    assert '<input type="hidden" name="cursor" value="n1">' in page.text
    await browser.post("/cases/find", {"q": "甲", "cursor": "n1"})
    _, onward = browser.api.of("POST", "/search/cases")
    assert (onward.params, onward.body["q"]) == ({"cursor": "n1"}, "甲")


async def test_nothing_typed_finds_the_list_as_it_was_narrowed(browser: Browser) -> None:
    answer = await browser.post("/cases/find", {"q": " ", "kind": "nomination"})
    assert answer.headers["location"] == "/cases?kind=nomination&parent="
