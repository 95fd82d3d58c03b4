"""A day with much to do: thirty tasks moved by one form, twenty answered by keys alone, and how many are left."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.browser.house import House, house
from tests.browser.pages import seat

pytestmark = [pytest.mark.deep, pytest.mark.timeout(600)]
MOVED, ANSWERED = 30, 20


@pytest.fixture(scope="module")
async def system(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A house of its own: two nominees are further, thirty are unread."""
    async with house(tmp_path_factory.mktemp("many") / "var", nominees=2 + MOVED) as found:
        yield found


async def waiting_in(page: Page) -> int:
    """How many open tasks the menu tells."""
    said = await page.text_content(".menu .tag")
    found = re.match(r"\s*(\d+)", said or "")
    assert found, said
    return int(found[1])


async def test_a_head_moves_thirty_tasks_by_one_form(browser: Browser, system: House) -> None:
    async with seat(browser, system) as screener:
        await screener.sign_in("screener", "/tasks/move")
        await screener.page.click("li[data-row] a >> nth=0")
        boxes = screener.page.locator("tr[data-row] input")
        assert await boxes.count() == MOVED
        for number in range(MOVED):
            await boxes.nth(number).check()
        desk = await system.account("desk").get("/v1/me")
        await screener.page.check(f"#people input[value='{desk['person_id']}']")
        await screener.page.fill("#reason", "出差（试）")
        await screener.page.click("[data-continue]")
        await screener.says(f"已转办 {MOVED} 项，未转办 0 项")
    rows = await system.account("desk").pages("/v1/tasks", view="mine", kind="screen", limit=200)
    assert {one["claimed_by"] for one in rows} == {desk["person_id"]}
    assert len(rows) == MOVED


async def test_twenty_are_answered_by_keys_without_a_list_between(browser: Browser, system: House) -> None:
    for case in system.cases[2 : 2 + ANSWERED]:
        await system.answer("desk", "screen", case)
        await system.answer("second-checker", "screen-sign", case)
        await system.answer(f"nominee-{system.cases.index(case)}", "declare", case)
    for case in system.cases[2 : 2 + ANSWERED]:
        await system.task("dept-officer", "reply", case)
    async with seat(browser, system) as officer:
        keys, seen = officer.page.keyboard, list[str]()
        await officer.sign_in("dept-officer")
        before = await waiting_in(officer.page)
        assert before == await officer.page.locator("tr[data-row]").count()
        officer.page.on("framenavigated", lambda frame: seen.append(frame.url.removeprefix(system.console)))
        await keys.press("j")
        await keys.press("Enter")
        for number in range(ANSWERED):
            await officer.page.wait_for_selector("form[data-draft]")
            await keys.press("1")
            await keys.press("Control+Enter")
            await officer.says("提交并签字")
            await keys.press("Control+Enter")
            await officer.says("已存证")
            if number + 1 < ANSWERED:
                await keys.press("n")
        assert not [one for one in seen if one.partition("?")[0] == "/tasks"]
        # On a page that does not say it by itself the script puts it there.
        await officer.page.wait_for_function(
            "left => (document.querySelector('.menu .tag') || {textContent: '0'}).textContent.trim().startsWith(left)",
            arg=f"{before - ANSWERED}",
        )
    done = [
        one
        for one in await system.account("dept-officer").pages(
            "/v1/tasks", view="all", kind="reply", limit=200
        )
        if one["state"] == "done"
    ]
    assert len(done) == ANSWERED
