"""Letters that no mail brought: what waits, the proof to be signed, and that one was served; over a played API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from contracts.policy import loader
from services.console.api import Reply
from tests.console_rig import HOST, Browser, browsing, given, refused
from tests.unit.console.played import POLICY
from tests.unit.console.test_reveal_pages import hidden

LETTER: dict[str, Any] = {
    "id": "l1",
    "number": "清选〔2026〕N04-000001",
    "type": "N04",
    "case_id": "c1",
    "district": loader.released(POLICY).districts[0].code,
    "issued_at": "2026-03-02T01:30:00Z",
    "reply_by": "2026-03-09T16:00:00Z",
    "provisional": False,
    "error": "SMTPRecipientsRefused",
    "attempts": 8,
}
SIGNS = {**{name: LETTER[name] for name in ("id", "number", "type", "case_id", "district", "issued_at")}}
DIGEST = "d" * 64
PAGE = "/unserved/l1"


def listed(*rows: dict[str, Any]) -> Reply:
    return given({"items": list(rows), "next": None})


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["GET /notices/undelivered", "GET /notices"])
        found.api.answers |= {
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /notices/undelivered": listed(LETTER),
            "GET /notices/unprintable": listed({**SIGNS, "reply_by": None, "signs": "𬭎 U+2CB4E"}),
            "POST /documents": given({"digest": DIGEST}, 201),
            "POST /notices/l1/service": given({"by": "p1"}),
        }
        yield found


async def served(browser: Browser, page: httpx2.Response, **more: str) -> httpx2.Response:
    """The form with a photograph of the signed proof."""
    fields = {**hidden(page.text), "form.at": "2026-3-3 9:05", "form.how": "in-person", **more}
    files = {"file.form.document_digest": ("回证.pdf", b"%PDF-1.7", "application/pdf")}
    return await browser.client.post(PAGE, data=fields, files=files, headers={"Origin": HOST})


async def test_a_clerk_sees_what_waits_and_has_the_proof_to_be_signed(browser: Browser) -> None:
    page = (await browser.get("/unserved")).text
    assert all(part in page for part in ("清选〔2026〕N04-000001", "已试 8 次", 'href="/unserved/l1"'))
    assert loader.released(POLICY).notice("N04").name.zh in page
    for paper in ("proof", "copy"):
        headers = {
            "content-type": "application/pdf",
            "content-disposition": f'attachment; filename="{paper}-l1.pdf"',
        }
        browser.api.answers[f"GET /notices/l1/{paper}.pdf"] = Reply(200, b"%PDF-1.7", headers)
        assert f'href="/unserved/l1/{paper}.pdf"' in page
        made = await browser.get(f"/unserved/l1/{paper}.pdf")
        assert (made.content, made.headers["content-disposition"]) == (
            b"%PDF-1.7",
            headers["content-disposition"],
        )
    browser.api.answers["GET /notices/undelivered"] = listed()
    assert "没有待送达的函件" in (await browser.get("/unserved")).text


async def test_who_may_not_print_the_letter_is_told_why_and_who_must_show_themselves_comes_back(
    browser: Browser,
) -> None:
    path = "GET /notices/l1/copy.pdf"
    browser.api.answers[path] = refused(409, "not-claimed", "您没有领取", "请先领取任务。")
    told = await browser.get("/unserved/l1/copy.pdf")
    assert (told.status_code, "请先领取任务。" in told.text) == (409, True)
    browser.api.answers[path] = refused(401, "stale-authentication", "须再次证明", "请再次输入密码。")
    asked = await browser.get("/unserved/l1/copy.pdf")
    assert asked.status_code == 401
    fields = {**hidden(asked.text), "password": "wrong"}
    browser.api.answers["POST /sessions/fresh"] = refused(401, "sign-in-failed", "未能登录", "密码不对。")
    again = await browser.post("/sign-in/again", fields)
    assert hidden(again.text)["to"] == fields["to"] == "/unserved"
    browser.api.answers["POST /sessions/fresh"] = browser.api.answers["POST /sessions"]
    assert (await browser.post("/sign-in/again", fields)).headers["location"] == "/unserved"


async def test_a_letter_is_served_after_a_check_with_the_paper_that_was_signed(browser: Browser) -> None:
    check = await served(browser, await browser.get(PAGE))
    assert "2026-03-03 09:05" in check.text
    assert browser.api.of("POST", "/notices/l1/service") == []
    [upload] = browser.api.of("POST", "/documents")
    assert upload.params["case_id"] == "c1"
    done = await browser.post(PAGE, {**hidden(check.text), "sign": "1"})
    assert done.headers["location"] == "/unserved?done=1"
    [asked] = browser.api.of("POST", "/notices/l1/service")
    assert asked.body == {"at": "2026-03-03T09:05:00+08:00", "how": "in-person", "document_digest": DIGEST}
    assert asked.headers["Idempotency-Key"]
    assert "已登记送达" in (await browser.get("/unserved?done=1")).text


async def test_what_is_wrong_stands_at_its_field_and_a_file_that_was_refused_is_told(
    browser: Browser,
) -> None:
    page = await browser.get(PAGE)
    lacking = await browser.post(PAGE, {**hidden(page.text), "form.at": "gestern"})
    assert lacking.status_code == 422
    assert all(f'href="#form-{name}' in lacking.text for name in ("at", "how", "document_digest"))
    browser.api.answers["POST /documents"] = refused(422, "document-kind", "不收此格式", "请上传 PDF。")
    answer = await served(browser, page)
    assert (answer.status_code, "请上传 PDF。" in answer.text) == (422, True)


async def test_the_minute_that_it_is_stands_there_already(browser: Browser) -> None:
    page = (await browser.get(PAGE)).text
    proposed = page.split('id="form-at"')[1].split('value="')[1].split('"')[0]
    assert len(proposed) == len("2026-03-03 09:05")


async def test_a_letter_that_waits_no_more_has_no_form(browser: Browser) -> None:
    browser.api.answers["GET /notices/undelivered"] = listed()
    assert (await browser.get(PAGE)).status_code == 404


async def test_letters_that_cannot_be_printed_name_the_signs(browser: Browser) -> None:
    assert "U+2CB4E" in (await browser.get("/unserved/unprintable")).text
    browser.api.answers["GET /notices/unprintable"] = listed()
    assert "所有函件都能打印" in (await browser.get("/unserved/unprintable")).text


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/me")
    for path in ("/unserved", "/unserved/unprintable", PAGE):
        assert 'lang="en' in (await browser.get(path)).text
