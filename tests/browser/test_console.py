"""The console in a real browser before a real system: the scenes of a day, as people live them.

They are one file and in this order: each begins where the one before has left the cases.
"""

from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, Page

from tests.browser.house import House
from tests.browser.pages import seat, tabbed

pytestmark = pytest.mark.timeout(600)
FINDING = "#ISSUE-findings-0-"
SHEET = "new URLSearchParams(new FormData(document.querySelector('form[action$=submit]'))).toString()"
SEND = """async said => (await fetch(location.pathname.replace('/done', '/submit'), {
    method: 'POST', body: said, headers: {'Content-Type': 'application/x-www-form-urlencoded'}})).url"""
LEAST_OUTLINE = 2
"""Pixels of what shows where the focus is."""


async def timeline(system: House, case: str) -> list[dict[str, Any]]:
    """What happened in a case."""
    return await system.account("evaluator").pages(f"/v1/cases/{case}/timeline", limit=200)


async def completed(system: House, case: str, kind: str) -> int:
    """How often a task of this kind was completed there."""
    events = await timeline(system, case)
    return sum(one["type"] == "task-completed" and one["payload"]["kind"] == kind for one in events)


async def fill_finding(page: Page) -> None:
    """One finding, in the notations that people and their input methods have."""
    await page.check(f"{FINDING}item input >> nth=0")
    await page.check(f"{FINDING}subject-person")
    await page.fill(f"{FINDING}subject_id", "９９０００１１９５９０４０２００１１")
    await page.check(f"{FINDING}liable-true")
    await page.fill(f"{FINDING}anchor", "2026年3月2日")
    await page.fill(f"{FINDING}issuer", "某机关（试）")
    await page.fill(f"{FINDING}document_no", "试字〔2026〕1号")
    await page.fill(f"{FINDING}fetched_on", "20260303")
    await page.fill(f"{FINDING}text", "虚构的事实")


async def test_an_officer_works_with_keys_and_loses_nothing(browser: Browser, system: House) -> None:
    case = system.cases[1]
    task = await system.task("dept-officer", "reply", case)
    async with seat(browser, system) as officer:
        keys = officer.page.keyboard
        await officer.sign_in("dept-officer")
        await keys.press("j")
        await keys.press("Enter")
        await officer.page.wait_for_url(f"**/tasks/{task['task_id']}")
        # The fifth outcome needs a reason: the check says so, and leads to it.
        await keys.press("5")
        await keys.press("Control+Enter")
        await officer.page.locator("a[href='#reason']").click()
        await keys.type("尚待银行回函（试）")
        await officer.says("草稿已保存")
        # At another computer the draft is there.
        async with seat(browser, system) as elsewhere:
            await elsewhere.sign_in("dept-officer", f"/tasks/{task['task_id']}")
            assert await elsewhere.page.input_value("#reason") == "尚待银行回函（试）"
        # The session ends while somebody writes.
        await officer.context.clear_cookies()
        await keys.press("Control+Enter")
        await officer.page.wait_for_selector("#password")
        await officer.enter("dept-officer")
        await officer.page.wait_for_url("**/edit")
        assert await officer.page.input_value("#reason") == "尚待银行回函（试）"
        # Another outcome after all; its form takes days and digits as they are typed.
        await keys.press("2")
        await fill_finding(officer.page)
        await keys.press("Control+Enter")
        await officer.says("提交并签字")
        await officer.says("2026-03-02")
        assert await completed(system, case, "reply") == 0
        same = await officer.page.evaluate(SHEET)
        await keys.press("Control+Enter")
        await officer.says("已存证")
        # The same sheet once more, as by a page that was kept: it is done once.
        assert (await officer.page.evaluate(SEND, same)).endswith("/done")
    assert await completed(system, case, "reply") == 1


async def test_a_form_that_another_site_sends_does_nothing(browser: Browser, system: House) -> None:
    task = await system.task("screener", "screen", system.cases[2])
    async with seat(browser, system) as officer:
        await officer.sign_in("screener")
        cookies = {one["name"]: one["value"] for one in await officer.context.cookies()}
    path = f"{system.console}/tasks/{task['task_id']}/submit"
    said = {"outcome": "PASS", "seen": task["content_digest"], "key": "from-elsewhere"}
    async with httpx2.AsyncClient(cookies=cookies) as other:
        answer = await other.post(path, data=said, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert await completed(system, system.cases[2], "screen") == 0


async def test_a_head_reads_the_answer_as_a_form_and_signs(browser: Browser, system: House) -> None:
    case = system.cases[1]
    task = await system.task("dept-head", "reply-sign", case)
    async with seat(browser, system) as head:
        await head.sign_in("dept-head", f"/tasks/{task['task_id']}")
        for said in ("有问题", "2026-03-02", "某机关（试）", "虚构的事实"):
            await head.says(said)
        await head.page.check("#outcome-CONFIRM")
        await head.page.click("[data-continue]")
        await head.page.click("[data-continue]")
        await head.says("已存证")
        await head.page.click("header form button")
        await head.page.wait_for_url("**/sign-in")
        await head.page.go_back()
        await head.page.wait_for_selector("#password")
        assert await head.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert await completed(system, case, "reply-sign") == 1


async def test_without_script_everything_is_reached_all_the_same(browser: Browser, system: House) -> None:
    async with seat(browser, system, script=False) as screener:
        await screener.sign_in("screener")
        await screener.page.click("table.list a >> nth=0")
        await screener.page.check("#outcome-PASS")
        await screener.page.click("[data-continue]")
        await screener.page.click("button[formaction]")
        assert await screener.page.is_checked("#outcome-PASS")
        await screener.page.click("[data-continue]")
        await screener.page.click("button.main")
        await screener.says("已存证")
    assert await completed(system, system.cases[2], "screen") == 1


async def test_in_english_a_change_meanwhile_is_shown_and_nothing_is_lost(
    browser: Browser, system: House
) -> None:
    task = await system.task("second-checker", "screen-sign", system.cases[2])
    async with seat(browser, system) as second:
        await second.sign_in("second-checker")
        await second.open("/language/en?to=/tasks")
        await second.page.click("table.list a >> nth=0")
        await second.page.wait_for_url(f"**/tasks/{task['task_id']}")
        await second.page.check("#outcome-CONFIRM")
        await second.page.fill("#reason", "written before the change")
        # As if the page had been opened before the content became what it is.
        await second.page.evaluate("document.querySelector('[name=seen]').value = '0'.repeat(64)")
        await second.page.click("[data-continue]")
        await second.says("The content changed while you were writing")
        assert await second.page.input_value("#reason") == "written before the change"
        await second.page.click("[data-continue]")
        await second.page.click("button.main")
        await second.says("It is on the record")
        assert not await second.page.locator("main", has_text="CONFIRM").count()
    assert await completed(system, system.cases[2], "screen-sign") == 1


async def test_a_nominee_signs_on_a_phone(browser: Browser, system: House) -> None:
    async with seat(browser, system, width=390) as nominee:
        await nominee.sign_in("nominee-0")
        await nominee.page.click("table.list a >> nth=0")
        await nominee.page.wait_for_selector("#outcome-SIGNED")
        for width in (390, 320):
            await nominee.page.set_viewport_size({"width": width, "height": 700})
            assert await nominee.overflow() <= 0
        await nominee.page.check("#outcome-SIGNED")
        await nominee.page.click("[data-continue]")
        await nominee.page.wait_for_selector("form[action$='/submit']")
        assert await nominee.overflow() <= 0
        await nominee.page.click("[data-continue]")
        await nominee.says("已存证")
        for path in ("/tasks", "/cases", "/letters", "/me", "/help"):
            await nominee.open(path)
            assert await nominee.overflow() <= 0, path
        await nominee.open("/letters")
        await nominee.page.click("table.list a >> nth=0")
        await nominee.page.click("[data-continue]")
        await nominee.says("签收")
        assert await nominee.overflow() <= 0


async def test_an_input_method_that_composes_sends_nothing(browser: Browser, system: House) -> None:
    task = await system.task("nominee-2", "declare", system.cases[2])
    async with seat(browser, system) as nominee:
        await nominee.sign_in("nominee-2", f"/tasks/{task['task_id']}")
        await nominee.page.check("#outcome-SIGNED")
        await nominee.page.focus("#reason")
        method = await nominee.context.new_cdp_session(nominee.page)
        said = {"text": "liyou", "selectionStart": 5, "selectionEnd": 5}
        await method.send("Input.imeSetComposition", said)
        for key in ("Enter", "Control+Enter"):
            await nominee.page.keyboard.press(key)
        assert nominee.page.url.endswith(f"/tasks/{task['task_id']}")
        await method.send("Input.insertText", {"text": "理由"})
        await nominee.page.keyboard.press("Control+Enter")
        await nominee.says("核对后签字")


async def test_every_control_is_reached_by_tab_and_shows_it(browser: Browser, system: House) -> None:
    task = await system.task("nominee-2", "declare", system.cases[2])
    async with seat(browser, system) as nominee:
        await nominee.sign_in("nominee-2", f"/tasks/{task['task_id']}")
        reached = await tabbed(nominee.page)
        assert reached.missed == []
        assert min(reached.outlines) >= LEAST_OUTLINE
