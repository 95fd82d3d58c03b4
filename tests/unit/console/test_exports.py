"""Every list as a workbook: the rows of the list, the filter in words, texts only."""

import asyncio
import inspect
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openpyxl
import pytest

from services.console.api import Reply
from services.console.exports import EXPORTS
from services.console.language import LANGUAGES, Language
from services.console.pages import batches, cases, letters, record, sheets, tasks
from services.console.wording import say
from tests.console_rig import Browser, PlayedApi, Question, browsing, given, refused
from tests.unit.console.played import task

AT = "2026-03-02T01:30:00Z"
ROWS: dict[str, dict[str, Any]] = {
    "tasks": task(
        nominee={"name": "=cmd|' /C calc'!A0", "firm": "虚构", "credit_code": "91990001000000001N"}
    ),
    "cases": {**task(), "opened_at": AT, "names": {"kind": "提名", "state": "办理中"}},
    "letters": {
        "issued_at": AT,
        "number": "001",
        "subject": {"zh": "函", "en": "Letter"},
        "reply_by": None,
        "case_id": "c1",
    },
    "batches": {
        "title": "换届",
        "opened_at": AT,
        "cut_off": "2026-01-06",
        "policy": "2026.1",
        "batch_id": "b1",
    },
    "refusals": {
        "at": AT,
        "account_id": "a1",
        "roles": "SCREENER",
        "act": "x",
        "target": "t1",
        "code": "not-yours",
        "names": {"SCREENER": "资格审核", "act": "领取", "code": "不由您办理。"},
    },
    "reads": {
        "at": AT,
        "person_id": "p1",
        "roles": ["AUDITOR"],
        "what": "reveal",
        "case_id": "c1",
        "purpose": "",
        "reason": "查核",
        "names": {"what": "查看"},
    },
}


def paged(question: Question) -> Reply:
    """450 rows, as the API gives them."""
    start = int(question.params.get("cursor") or 0)
    many = min(int(question.params["limit"]), 450 - start)
    rows = [{**ROWS["tasks"], "task_id": f"t{start + n}"} for n in range(many)]
    return given({"items": rows, "next": f"{start + many}" if start + many < 450 else None})


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        for name, export in EXPORTS.items():
            found.api.answers[f"GET {export.path}"] = given({"items": [ROWS[name]], "next": None})
        yield found


def read(answer: httpx2.Response) -> tuple[list[list[str]], dict[str, str]]:
    """The rows of the second sheet, and what the first says."""
    about, rows = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    told = {str(name.value): str(value.value) for name, value in about.iter_rows(max_col=2)}
    return [[str(cell.value or "") for cell in row] for row in rows.iter_rows()], told


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_list_has_its_workbook_in_both_languages(
    browser: Browser, name: str, language: Language
) -> None:
    await browser.get(f"/language/{language}?to=/me")
    rows, told = read(await browser.get(f"/sheets/{name}"))
    assert len(rows) == 2
    assert rows[0] == [say(language, word) for word, _, _ in EXPORTS[name].columns]
    assert told[say(language, "sheet.title")] == say(language, EXPORTS[name].title)
    assert told[say(language, "sheet.count")] == "1"


async def test_the_workbook_has_every_row_of_the_list_and_its_filter_in_words(browser: Browser) -> None:
    browser.api.answers["GET /tasks"] = paged
    answer = await browser.get("/sheets/tasks?view=mine&kind=reply&cursor=zzz&limit=1")
    rows, told = read(answer)
    assert len(rows) == 451
    assert told["种类"] == "部门回复"
    assert rows[1][3] == "=cmd|' /C calc'!A0"
    assert all(one.params["kind"] == "reply" for one in browser.api.of("GET", "/tasks"))


PAGES: dict[str, Any] = {
    "tasks": tasks.tasks,
    "cases": cases.cases,
    "letters": letters.letters,
    "batches": batches.batches,
    "refusals": record.refusals,
    "reads": record.reads,
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_workbook_knows_every_filter_and_order_of_its_page(name: str) -> None:
    asked = set(inspect.signature(PAGES[name]).parameters) - {"found", "cursor"}
    assert set(EXPORTS[name].filters) == asked


async def test_a_workbook_is_narrowed_and_ordered_as_its_page_and_says_so_in_words(browser: Browser) -> None:
    _, told = read(await browser.get("/sheets/tasks?view=all&kind=&state=open&due=overdue&sort=name"))
    asked = browser.api.of("GET", "/tasks")[-1].params
    assert {"view": "all", "state": "open", "due": "overdue", "sort": "name"}.items() <= asked.items()
    assert (told["范围"], told["状态"], told["期限"], told["排序"]) == ("全部可见", "待办", "逾期", "姓名")


async def test_also_an_empty_workbook_says_in_words_to_what_it_is_narrowed(browser: Browser) -> None:
    browser.api.answers |= {f"GET /{name}": given({"items": [], "next": None}) for name in ("tasks", "cases")}
    _, told = read(await browser.get("/sheets/tasks?view=mine&kind=reply&state=void"))
    assert (told["范围"], told["种类"], told["状态"]) == ("待我办理", "部门回复", "作废")
    _, told = read(await browser.get("/sheets/cases?kind=removal&state=VETOED"))
    assert "removal" not in told.values()
    assert "VETOED" not in told.values()


async def test_a_refused_act_is_exported_with_its_reason_in_words_and_its_code(browser: Browser) -> None:
    rows, _ = read(await browser.get("/sheets/refusals"))
    assert rows[1][-2:] == ["不由您办理。", "not-yours"]


async def test_what_was_found_by_searching_offers_no_workbook_of_something_else(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /search/tasks": given({"items": [ROWS["tasks"]], "next": None}),
        "GET /tasks/counts": given({"open": 1, "due_today": 0, "overdue": 0, "kinds": []}),
    }
    page = await browser.post("/tasks/find", {"q": "测试", "view": "mine"})
    assert "/sheets/tasks" not in page.text
    assert "/sheets/tasks" in (await browser.get("/tasks")).text


async def test_of_a_case_one_is_kept_from_the_workbook_has_the_number_only(browser: Browser) -> None:
    kept = {"case_id": "c9", "recused": True}
    browser.api.answers["GET /cases"] = given({"items": [kept, ROWS["cases"]], "next": None})
    rows, _ = read(await browser.get("/sheets/cases"))
    assert rows[1] == ["c9"] + [""] * (len(rows[0]) - 1)


async def test_what_the_list_refuses_the_workbook_refuses(browser: Browser) -> None:
    browser.api.answers["GET /record/refusals"] = refused(403, "forbidden", "无权查看")
    answer = await browser.get("/sheets/refusals")
    assert answer.status_code == 403
    assert "无权查看" in answer.text
    assert (await browser.get("/sheets/everything")).status_code == 404


class Slow(PlayedApi):
    """An API that gives no list until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = asyncio.Event()

    async def ask(self, method: str, path: str, **asked: Any) -> Reply:
        """As of any API, but for lists."""
        if path == "/tasks":
            await self.may_end.wait()
        return await super().ask(method, path, **asked)


async def test_a_long_list_is_written_while_its_page_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "QUICK_SECONDS", 0.01)
    api = Slow()
    async with browsing(api) as browser:
        await browser.sign_in()
        api.answers["GET /tasks"] = paged
        away = (await browser.get("/sheets/tasks")).headers["location"]
        waiting = await browser.get(away)
        assert waiting.status_code == 202
        assert 'http-equiv="refresh"' in waiting.text
        assert (await browser.get(f"{away}/file")).headers["location"] == away
        api.may_end.set()
        while (page := await browser.get(away)).status_code == 202:
            await asyncio.sleep(0.01)
        assert f'href="{away}/file"' in page.text
        assert len(read(await browser.get(f"{away}/file"))[0]) == 451
