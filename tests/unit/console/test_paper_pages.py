"""Papers of a case, the record sheet of a person and the volume of a batch, over a played API."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.console.api import Reply
from tests.console_rig import Browser, browsing, given, refused

CASE: dict[str, Any] = {
    "case_id": "c1",
    "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": None},
}
PAPER: dict[str, Any] = {
    "document_id": "d1",
    "digest": "a" * 64,
    "case_id": "c1",
    "task_id": "t1",
    "name": "承诺书.pdf",
    "kind": "application/pdf",
    "size": 120_000,
    "scan": "not-scanned",
    "scan_name": "未经安全检查",
    "uploaded_at": "2026-03-02T01:30:00Z",
}
SHEET: dict[str, Any] = {
    "case_id": "c1",
    "kind": "nomination",
    "name": "测试·甲",
    "firm": "虚构企业",
    "facts": [["拟任职务", "执委"], ["推荐单位", ""]],
    "links": [
        {
            "name": "推荐",
            "slots": [
                {
                    "number": 1,
                    "name": "推荐表",
                    "lines": [
                        {
                            "what": "资格初审",
                            "result": "合格",
                            "times": 2,
                            "first": "2026-03-02",
                            "last": "2026-03-04",
                            "by": ["演示·乙"],
                        }
                    ],
                },
                {"number": 2, "name": "承诺书", "lines": []},
            ],
        }
    ],
    "until": "2026-03-04",
    "policy": "2026.1",
    "mark": "演示数据",
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /cases/c1": given(CASE),
            "GET /batches/b1": given({"batch_id": "b1", "title": "2027 换届"}),
            "GET /documents": given({"items": [PAPER]}),
            "GET /cases/c1/sheet": given(SHEET),
        }
        yield found


def a_file(name: str) -> Reply:
    headers = {"content-type": "application/pdf", "content-disposition": f'attachment; filename="{name}"'}
    return Reply(200, b"%PDF-1.7", headers)


async def test_papers_are_listed_with_kind_size_digest_and_whether_a_scanner_looked(browser: Browser) -> None:
    page = (await browser.get("/cases/c1/papers")).text
    said = ("承诺书.pdf", "PDF", "120.0 kB", "未经安全检查", "a" * 64, 'href="/tasks/t1"', "测试·甲")
    assert all(part in page for part in said)
    assert browser.api.of("GET", "/documents")[0].params == {"case_id": "c1"}
    browser.api.answers["GET /documents"] = given({"items": []})
    assert "没有您可以查看的文件" in (await browser.get("/cases/c1/papers")).text


async def test_a_paper_is_handed_on_as_it_was_uploaded(browser: Browser) -> None:
    browser.api.answers["GET /documents/d1"] = a_file("document")
    paper = await browser.get("/cases/c1/papers/d1")
    assert (paper.content, paper.headers["content-disposition"]) == (
        b"%PDF-1.7",
        'attachment; filename="document"',
    )
    browser.api.answers["GET /documents/d1"] = refused(404, "unknown-document")
    assert (await browser.get("/cases/c1/papers/d1")).status_code == 404


async def test_a_batch_has_papers_too_and_nothing_else_has(browser: Browser) -> None:
    assert "2027 换届" in (await browser.get("/batches/b1/papers")).text
    assert (await browser.get("/tasks/t1/papers")).status_code == 404


async def test_the_sheet_says_what_stands_for_each_document_and_what_lacks(browser: Browser) -> None:
    page = (await browser.get("/cases/c1/sheet")).text
    said = ("拟任职务", "资格初审：合格", "2 次", "演示·乙", "尚无", "演示数据", "2026-03-02 — 2026-03-04")
    assert all(part in page for part in said)
    assert "推荐单位" not in page
    browser.api.answers["GET /cases/c1/sheet.pdf"] = a_file("sheet-c1.pdf")
    assert (await browser.get("/cases/c1/sheet.pdf")).content == b"%PDF-1.7"


async def test_a_volume_is_waited_for_by_its_page_and_then_saved(browser: Browser) -> None:
    browser.api.answers["GET /batches/b1/volume.pdf"] = Reply(200, b"%PDF-volume", {})
    begun = await browser.get("/batches/b1/volume?district=d01")
    page = begun.headers["location"]
    assert page.startswith("/batches/b1/volume/")
    assert browser.api.of("GET", "/batches/b1/volume.pdf")[0].params == {"district": "d01"}
    ready = await browser.get(page)
    assert f'href="{page}/file"' in ready.text
    saved = await browser.get(f"{page}/file")
    assert (saved.content, saved.headers["content-type"]) == (b"%PDF-volume", "application/pdf")


async def test_a_volume_that_is_refused_says_why(browser: Browser) -> None:
    browser.api.answers["GET /batches/b1/volume.pdf"] = refused(422, "invalid", "人数过多", "请按地区分卷。")
    begun = await browser.get("/batches/b1/volume")
    answer = await browser.get(begun.headers["location"])
    assert (answer.status_code, "请按地区分卷。" in answer.text) == (422, True)
    assert (await browser.get("/batches/b1/volume/unknown")).status_code == 404


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/me")
    for path in ("/cases/c1/papers", "/cases/c1/sheet", "/batches/b1/papers"):
        assert 'lang="en' in (await browser.get(path)).text
