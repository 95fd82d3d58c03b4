"""The integrity index: the history of a person and a firm, and a table of it as a file; over a played API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from contracts.policy import loader
from tests.console_rig import HOST, Browser, browsing, given, refused
from tests.unit.console.test_reveal_pages import hidden

POLICY = "2026.1"
ITEM = loader.released(POLICY).negative_list[0]
CODE = "91990001000000001N"
READING: dict[str, Any] = {
    "index": 812,
    "level": "good",
    "assessed_on": "2026-02-01",
    "source": "市评价中心",
    "entered_at": "2026-02-03T01:00:00Z",
    "entered_by": "p9",
    "on_record": True,
    "names": {"level": "良好"},
}
FILE: dict[str, Any] = {
    "file": "i1",
    "subject": "person",
    "readings": [{**READING, "index": 640, "assessed_on": "2025-02-01", "on_record": False}, READING],
    "vetoed_items": [ITEM.code],
}
CASE = {"case_id": "c1", "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": CODE}}
FAULT = {
    "cell": "C3",
    "column": "index",
    "stands": "很好",
    "problem": "不是整数",
    "expected": "整数",
    "todo": "更正",
}


def by_whom(person: Any, firm: Any) -> Any:
    """What the API says of a case's person, and of a firm."""
    return lambda question: firm if "credit_code" in question.params else person


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["GET /integrity", "GET /cases"])
        found.api.answers |= {
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /cases/c1": given(CASE),
            "GET /integrity": by_whom(
                given(FILE), given({**FILE, "subject": "enterprise", "vetoed_items": []})
            ),
            "GET /batches/b1": given({"batch_id": "b1", "title": "2027 换届"}),
            "POST /batches/b1/indexes/file": given({"case_id": "b1", "command_id": "k1"}, 201),
        }
        yield found


async def test_of_a_case_the_person_and_the_firm_are_shown_the_latest_first(browser: Browser) -> None:
    page = (await browser.get("/cases/c1/integrity")).text
    assert page.index("812") < page.index("640")
    assert all(part in page for part in ("良好", "市评价中心", ITEM.name.zh, "现行", "测试·甲"))
    asked = [one.params for one in browser.api.of("GET", "/integrity")]
    assert asked == [{"case_id": "c1"}, {"credit_code": CODE}]


async def test_of_whom_nothing_was_measured_the_page_says_so(browser: Browser) -> None:
    none = refused(404, "unknown-case")
    browser.api.answers["GET /integrity"] = by_whom(none, none)
    assert "没有评价记录" in (await browser.get("/cases/c1/integrity")).text
    answer = await browser.post("/integrity", {"credit_code": CODE})
    assert (answer.status_code, "没有评价记录" in answer.text) == (200, True)


async def test_a_firm_is_looked_up_and_stands_in_no_address(browser: Browser) -> None:
    assert (await browser.get("/integrity")).status_code == 200
    answer = await browser.post("/integrity", {"credit_code": f" {CODE.lower()} "})
    assert "812" in answer.text
    assert browser.api.of("GET", "/integrity")[0].params == {"credit_code": CODE}
    browser.api.answers["GET /integrity"] = refused(422, "invalid", "代码有误")
    wrong = await browser.post("/integrity", {"credit_code": "91"})
    assert (wrong.status_code, "代码有误" in wrong.text) == (422, True)


async def test_who_is_kept_from_the_case_sees_no_file(browser: Browser) -> None:
    browser.api.answers["GET /cases/c1"] = given({"case_id": "c1", "recused": True})
    assert (await browser.get("/cases/c1/integrity")).status_code == 403
    assert browser.api.of("GET", "/integrity") == []


async def sent(browser: Browser, name: str = "indexes.csv") -> httpx2.Response:
    page = await browser.get("/batches/b1/indexes")
    files = {"file": (name, b"name,number", "text/csv")}
    headers = {"Origin": HOST}
    return await browser.client.post(
        "/batches/b1/indexes", data=hidden(page.text), files=files, headers=headers
    )


async def test_a_table_is_taken_whole_under_the_key_of_its_page(browser: Browser) -> None:
    done = await sent(browser)
    assert done.headers["location"] == "/batches/b1?done=import-indexes"
    [asked] = browser.api.of("POST", "/batches/b1/indexes/file")
    assert (asked.body, asked.headers["Content-Type"]) == (b"name,number", "text/csv")
    assert asked.headers["Idempotency-Key"]


async def test_each_faulty_cell_is_named_and_nothing_is_taken(browser: Browser) -> None:
    faulty = refused(422, "roster-faulty", "表格有误", errors=[FAULT], faults=1, more=0)
    browser.api.answers["POST /batches/b1/indexes/file"] = faulty
    answer = await sent(browser)
    assert answer.status_code == 422
    assert all(part in answer.text for part in ("C3", "清廉指数", "不是整数", "一行也不会导入"))
    lacking = await browser.post("/batches/b1/indexes", {"key": "k"})
    assert (lacking.status_code, "请选择文件" in lacking.text) == (422, True)


async def test_what_is_not_on_the_record_yet_and_a_stale_sign_in_have_pages_of_their_own(
    browser: Browser,
) -> None:
    browser.api.answers["POST /batches/b1/indexes/file"] = given({"command_id": "k1"}, 202)
    assert (await sent(browser)).headers["location"].startswith("/acts/recording/k1?to=/batches/b1")
    browser.api.answers["POST /batches/b1/indexes/file"] = refused(401, "stale-authentication")
    assert "/sign-in/again" in (await sent(browser)).text


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/me")
    for path in ("/integrity", "/cases/c1/integrity", "/batches/b1/indexes"):
        assert 'lang="en' in (await browser.get(path)).text
