"""A paper is handed in with the form that names it: nobody sees its digest, and a refusal leads to its field."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import HOST, Browser, browsing, given, refused
from tests.unit.console.played import POLICY, task
from tests.unit.console.test_task_pages import fields

MINUTES = loader.released(POLICY).form("minutes").json_schema
DIGEST, FILE = "9" * 64, "file.PROPOSE.minutes_digest"
DAY = {"outcome": "PROPOSE", "PROPOSE.meeting_on": "2026-3-2"}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    meeting: dict[str, Any] = task(
        kind="propose-department",
        outcomes=["PROPOSE"],
        forms={"PROPOSE": MINUTES},
        hints={"PROPOSE": {"minutes_digest": {"from": "document"}}},
    )
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks/t1": given(meeting),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /documents": given({"digest": DIGEST}, 201),
        }
        yield found


async def sent(browser: Browser, *, paper: bytes = b"", **typed: str) -> Any:
    page = fields((await browser.get("/tasks/t1")).text)
    files = {FILE: ("纪要.pdf", paper, "application/pdf")} if paper else None
    said = {**page, **DAY, **typed}
    return await browser.client.post("/tasks/t1/check", data=said, files=files, headers={"Origin": HOST})


async def test_the_file_is_uploaded_for_the_task_and_its_digest_goes_on(browser: Browser) -> None:
    drawn = (await browser.get("/tasks/t1")).text
    assert f'type="file" id="PROPOSE-minutes_digest" name="{FILE}"' in drawn
    assert 'enctype="multipart/form-data"' in drawn
    checked = await sent(browser, paper=b"%PDF-1.7 minutes")
    assert checked.status_code == 200, checked.text
    (asked,) = browser.api.of("POST", "/documents")
    assert (asked.body, asked.headers["Content-Type"]) == (b"%PDF-1.7 minutes", "application/pdf")
    assert asked.params == {"case_id": "c1", "task_id": "t1", "name": "纪要.pdf"}
    assert fields(checked.text)["PROPOSE.minutes_digest"] == DIGEST
    assert f"<dd>{DIGEST}" not in checked.text
    again = await sent(browser, paper=b"%PDF-1.7 minutes")
    first, second = browser.api.of("POST", "/documents")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"], (
        "the same paper is the same request"
    )
    assert again.status_code == 200


async def test_without_a_file_what_was_uploaded_before_is_kept_and_nothing_at_all_is_named(
    browser: Browser,
) -> None:
    kept = await sent(browser, **{"PROPOSE.minutes_digest": DIGEST})
    assert fields(kept.text)["PROPOSE.minutes_digest"] == DIGEST
    nothing = await sent(browser)
    assert nothing.status_code == 422
    assert 'href="#PROPOSE-minutes_digest"' in nothing.text
    assert browser.api.of("POST", "/documents") == []


async def test_a_refused_file_says_why_at_its_field_and_keeps_the_rest(browser: Browser) -> None:
    browser.api.answers["POST /documents"] = refused(
        422, "document-unlike-kind", "不符", "文件内容不是所标明的种类。"
    )
    answer = await sent(browser, paper=b"MZ")
    assert answer.status_code == 422
    assert "文件内容不是所标明的种类。" in answer.text
    assert 'value="2026-03-02"' in answer.text or 'value="2026-3-2"' in answer.text
