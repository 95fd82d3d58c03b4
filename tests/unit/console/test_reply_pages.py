"""Answers by spreadsheet: out, filled, pasted back, tried, checked and sent as one bundle."""

import html
import io
import re
from collections.abc import AsyncIterator

import openpyxl
import pytest

from contracts.policy import loader
from services.console.sheets.replies import LOST, MOVED, NO_REASON, NOT_OFFERED, NOT_OPEN, TWICE
from tests.console_rig import Browser, browsing, given, refused
from tests.unit.console.played import POLICY, task

AT = f"kind={task()['kind']}&policy={POLICY}"
TASKS = [
    task(
        task_id=f"t{n}",
        content_digest=f"{n}" * 64,
        nominee={"name": name, "firm": "虚构", "credit_code": "9"},
    )
    for n, name in ((1, "张三"), (2, "李四"), (3, "王五"))
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks": given({"items": TASKS, "next": None}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /bundles": given({"bundle_id": "bd1"}, 201),
        }
        yield found


async def exported(browser: Browser) -> list[list[str]]:
    """The rows of the sheet."""
    answer = await browser.get(f"/tasks/replies/sheet?{AT}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1]
    (offered,) = sheet.data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ('"无问题,无记录"', "F2:F4")
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def pasted(browser: Browser, rows: list[list[str]]) -> tuple[int, str]:
    """What the page says of these rows."""
    form = hidden((await browser.get(f"/tasks/replies?{AT}")).text)
    text = "\r\n".join("\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in rows)
    answer = await browser.post("/tasks/replies", {**form, "pasted": text})
    return answer.status_code, answer.text


async def test_filled_rows_are_shown_and_then_sent_as_one_bundle(browser: Browser) -> None:
    head, first, second, third = await exported(browser)
    first[5], third[5], third[6] = "无问题", "无记录", "查无\n此人"
    status, page = await pasted(browser, [head, first, second, third])
    assert status == 200
    assert browser.api.of("POST", "/bundles") == []
    assert "<dt>无问题</dt><dd><strong>1</strong></dd>" in page
    for _ in range(2):
        answer = await browser.post("/tasks/replies", {**hidden(page), "sign": "1"})
        assert answer.headers["location"] == "/bundles/bd1"
    one, again = browser.api.of("POST", "/bundles")
    assert one.headers["Idempotency-Key"] == again.headers["Idempotency-Key"]
    assert one.body == again.body
    assert one.body["items"] == [
        {"task_id": "t1", "seen": "1" * 64, "outcome": "NO_ISSUE", "form": {}, "reason": ""},
        {"task_id": "t3", "seen": "3" * 64, "outcome": "NO_RECORD", "form": {}, "reason": "查无\n此人"},
    ]


async def test_with_one_fault_nothing_is_sent_and_each_row_says_what_is_wrong(browser: Browser) -> None:
    _, first, second, third = await exported(browser)
    moved = [second[0], *third[1:5], "无问题", ""]
    rows = [
        [*first[:5], "无问题", ""],
        [*first[:5], "无记录", ""],
        moved,
        [third[0].swapcase(), *third[1:5], "无问题", ""],
        [*third[:5], "有问题", ""],
    ]
    status, page = await pasted(browser, rows)
    assert status == 422
    assert [text.zh in page for text in (TWICE, MOVED, LOST, NOT_OFFERED)] == [True] * 4
    assert browser.api.of("POST", "/bundles") == []
    assert "张三" in page


async def test_a_task_that_was_closed_meanwhile_is_named_before_anything_is_sent(browser: Browser) -> None:
    _, first, *_ = await exported(browser)
    browser.api.answers["GET /tasks"] = given({"items": TASKS[1:], "next": None})
    status, page = await pasted(browser, [[*first[:5], "无问题", ""]])
    assert status == 422
    assert NOT_OPEN.zh in page


async def test_a_proof_of_another_console_is_none(browser: Browser) -> None:
    _, first, *_ = await exported(browser)
    forged = ["AAAA" * 30, *first[1:5], "无问题", ""]
    status, page = await pasted(browser, [forged])
    assert status == 422
    assert LOST.zh in page


@pytest.mark.parametrize("text", ["", "hello", "\t\t\t", "a\tb\tc\td\te\t\t", '"' + "x" * 200_000])
async def test_without_a_filled_row_nothing_is_sent(browser: Browser, text: str) -> None:
    form = hidden((await browser.get(f"/tasks/replies?{AT}")).text)
    answer = await browser.post("/tasks/replies", {**form, "pasted": text})
    assert answer.status_code == 422
    assert 'href="#pasted"' in answer.text


async def test_a_refusal_keeps_what_was_pasted(browser: Browser) -> None:
    _, first, *_ = await exported(browser)
    _, page = await pasted(browser, [[*first[:5], "无问题", ""]])
    browser.api.answers["POST /bundles"] = refused(503, "api-away", "", "")
    answer = await browser.post("/tasks/replies", {**hidden(page), "sign": "1"})
    assert answer.status_code == 503
    assert first[0] in answer.text
    browser.api.answers["POST /bundles"] = refused(401, "stale-authentication")
    assert (await browser.post("/tasks/replies", {**hidden(page), "sign": "1"})).status_code == 401
    assert NO_REASON.zh not in answer.text


async def test_a_kind_that_is_answered_one_by_one_has_no_sheet(browser: Browser) -> None:
    for path in ("/tasks/replies", "/tasks/replies/sheet"):
        assert (await browser.get(f"{path}?kind=declare&policy={POLICY}")).status_code == 404
