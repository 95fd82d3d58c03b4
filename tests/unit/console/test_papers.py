"""A file that is chosen in a form is uploaded, and the form names its digest: nobody types one."""

import html
import re
from collections.abc import AsyncIterator

import httpx2
import pytest

from contracts.policy import loader
from tests.console_rig import HOST, Browser, browsing, given, refused
from tests.unit.console.played import POLICY, task

FORM = loader.released(POLICY).form("explanation")
TASK = task(
    kind="explain",
    outcomes=["EXPLAINED"],
    forms={"EXPLAINED": FORM.json_schema},
    hints={"EXPLAINED": {path: hint.model_dump() for path, hint in FORM.hints.items()}},
    reason_required=[],
)
FIELD = "EXPLAINED.document_digest"
DIGEST = "d" * 64


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks/t1": given(TASK),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /documents": given({"digest": DIGEST}, 201),
        }
        yield found


async def sent(browser: Browser, content: bytes = b"%PDF-1.7", name: str = "证明.pdf") -> httpx2.Response:
    """The check of an explanation with this file."""
    page = (await browser.get("/tasks/t1")).text
    form = page[page.index('id="act"') :]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    typed = {name: html.unescape(value) for name, value in hidden}
    typed |= {"outcome": "EXPLAINED", "EXPLAINED.text": "情况如下"}
    files = {f"file.{FIELD}": (name, content, "application/pdf")}
    return await browser.client.post("/tasks/t1/check", data=typed, files=files, headers={"Origin": HOST})


async def test_the_form_asks_for_a_file_and_not_for_a_digest(browser: Browser) -> None:
    page = (await browser.get("/tasks/t1")).text
    assert f'<input type="file" id="EXPLAINED-document_digest" name="file.{FIELD}"' in page
    assert f'<input type="hidden" name="{FIELD}" value="">' in page
    assert 'enctype="multipart/form-data"' in page


async def test_the_file_lies_on_the_case_and_its_digest_in_the_form(browser: Browser) -> None:
    page = await sent(browser)
    assert page.status_code == 200
    (upload,) = browser.api.of("POST", "/documents")
    assert upload.body == b"%PDF-1.7"
    assert upload.headers["Content-Type"] == "application/pdf"
    assert (upload.params["case_id"], upload.params["task_id"]) == ("c1", "t1")
    assert upload.params["name"] == "证明.pdf"
    assert f'name="{FIELD}" value="{DIGEST}"' in page.text
    assert f'<dd class="text">证明.pdf · SHA-256 {DIGEST[:16]}…</dd>' in page.text


async def test_the_check_page_calls_a_file_as_it_is_called_also_after_a_change(browser: Browser) -> None:
    check = (await sent(browser)).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', check))
    changed = (await browser.post("/tasks/t1/edit", hidden)).text
    assert f'<input type="hidden" name="paper.{DIGEST}" value="证明.pdf">' in changed


async def test_the_same_file_sent_again_is_the_same_paper(browser: Browser) -> None:
    await sent(browser)
    await sent(browser, b"%PDF-other")
    first, other = (one.headers["Idempotency-Key"] for one in browser.api.of("POST", "/documents"))
    assert first != other


async def test_a_file_that_is_not_taken_is_a_fault_of_its_field(browser: Browser) -> None:
    browser.api.answers["POST /documents"] = refused(415, "content-type", "不支持", "只接受 PDF、JPEG 或 PNG")
    page = await sent(browser, b"MZ", "a.exe")
    assert page.status_code == 422
    assert 'href="#EXPLAINED-document_digest"' in page.text
    assert "只接受 PDF、JPEG 或 PNG" in page.text
    assert "情况如下" in page.text


async def test_without_a_file_nothing_is_uploaded(browser: Browser) -> None:
    page = await sent(browser, b"", "")
    assert page.status_code == 200
    assert browser.api.of("POST", "/documents") == []
