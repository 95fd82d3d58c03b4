"""Lists, search, colleagues and papers: one read however long the page is, and nothing personal in an address."""

from collections.abc import AsyncIterator

import pytest

from contracts.policy import loader
from services.console.api import Reply
from services.officers.web.paging import write_cursor
from tests.console_rig import Browser, browsing, given, refused
from tests.unit.console.played import POLICY, TASK, task

COUNTS = {
    "open": 50,
    "due_today": 2,
    "overdue": 1,
    "kinds": [{"kind": "reply", "open": 50, "due_today": 2, "overdue": 1, "names": {"kind": "部门回复"}}],
}
NOBODY = {"open": 0, "due_today": 0, "overdue": 0, "kinds": []}


LETTER = {
    "id": "l1",
    "issued_at": "2026-03-02T01:30:00Z",
    "subject": {"zh": "征求意见函", "en": "Request for an opinion"},
    "number": "测联函〔2026〕1 号",
    "reply_by": None,
    "provisional": False,
    "receipts": [],
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks": given(
                {"items": [task(task_id=f"t{number}") for number in range(50)], "next": "n1"}
            ),
            "GET /tasks/counts": given(COUNTS),
        }
        yield found


async def test_fifty_rows_are_one_read(browser: Browser) -> None:
    page = await browser.get("/tasks")
    assert page.text.count("data-row") == 50
    assert [one.path for one in browser.api.asked if one.path.startswith("/tasks")] == [
        "/tasks",
        "/tasks/counts",
    ]


async def test_the_filter_stands_in_the_address_and_goes_along_to_the_next_page(browser: Browser) -> None:
    page = await browser.get("/tasks?view=all&kind=reply&sort=stage&due=today")
    asked = browser.api.of("GET", "/tasks")[0].params
    assert {"view": "all", "kind": "reply", "sort": "stage", "due": "today"}.items() <= asked.items()
    assert "sort=stage&amp;cursor=n1" in page.text


async def test_the_place_of_a_page_may_be_as_long_as_the_api_makes_it(browser: Browser) -> None:
    place = write_cursor("2026-12-10T16:00:00.000000+00:00", "t" * 121)
    assert (await browser.get(f"/tasks?cursor={place}")).status_code == 200
    assert browser.api.of("GET", "/tasks")[0].params["cursor"] == place


async def test_what_is_sought_stands_in_no_address(browser: Browser) -> None:
    browser.api.answers["POST /search/tasks"] = given({"items": [task()], "next": None})
    page = await browser.post("/tasks/find", {"q": " 测试 ", "view": "mine"})
    assert browser.api.of("POST", "/search/tasks")[0].body == {"q": "测试", "view": "mine"}
    assert page.text.count("data-row") == 1
    assert "%E6%B5%8B" not in page.text


async def test_an_empty_list_says_what_will_stand_there(browser: Browser) -> None:
    browser.api.answers |= {
        "GET /tasks": given({"items": [], "next": None}),
        "GET /tasks/counts": given(NOBODY),
    }
    assert "新任务下达后会出现在这里" in (await browser.get("/tasks")).text


async def test_a_provisional_and_a_late_task_say_so_in_words(browser: Browser) -> None:
    late = task(left={"days": -3, "unit": "day", "names": {"unit": "天"}}, provisional=True)
    browser.api.answers["GET /tasks"] = given({"items": [late], "next": None})
    page = (await browser.get("/tasks")).text
    assert "逾期 3 天" in page
    assert "暂定" in page


async def test_a_task_is_given_to_a_colleague_by_name(browser: Browser) -> None:
    grant = {
        "role": "DEPT_OFFICER",
        "unit": "tax",
        "district": "d01",
        "names": {"role": "部门经办", "unit": "税务局"},
    }
    people = [{"person_id": "p2", "name": "演示·乙", "grants": [grant]}]
    browser.api.answers |= {
        "GET /tasks/t1": given(task()),
        "GET /people": given({"items": people, "next": None}),
        "POST /tasks/t1/reassign": given({}),
    }
    page = await browser.get("/tasks/t1/reassign")
    assert "演示·乙" in page.text
    asked = browser.api.of("GET", "/people")[0].params
    assert (asked["role"], asked["unit"]) == (TASK["role"], TASK["unit"])
    assert (await browser.post("/tasks/t1/reassign", {"person_id": "p2"})).status_code == 422
    done = await browser.post("/tasks/t1/reassign", {"person_id": "p2", "reason": "出差", "key": "k"})
    assert done.headers["location"] == "/tasks#t1"
    assert browser.api.of("POST", "/tasks/t1/reassign")[0].body == {"person_id": "p2", "reason": "出差"}


async def test_whoever_was_slower_is_told_who_has_it(browser: Browser) -> None:
    browser.api.answers["POST /tasks/t1/claim"] = refused(
        409, "claimed-by-other", "已被他人领取", "已由他人领取。"
    )
    answer = await browser.post("/tasks/t1/claim", {"key": "k"})
    assert answer.status_code == 409
    assert "已被他人领取" in answer.text


async def test_the_inbox_is_narrowed_in_its_address_which_goes_along_to_page_and_sheet(
    browser: Browser,
) -> None:
    browser.api.answers["GET /notices"] = given({"items": [LETTER], "next": "n2"})
    page = (await browser.get("/letters?show=unreceived&case_id=c1")).text
    asked = browser.api.of("GET", "/notices")[-1].params
    assert (asked["show"], asked["case_id"]) == ("unreceived", "c1")
    assert '<option value="unreceived" selected>' in page
    for kept in (
        "/letters?case_id=c1&amp;show=unreceived&amp;cursor=n2",
        "/sheets/letters?case_id=c1&amp;show=",
    ):
        assert f'href="{kept}' in page
    browser.api.answers["GET /notices"] = given({"items": [], "next": None})
    assert "没有未签收的函件" in (await browser.get("/letters?show=unreceived")).text
    assert browser.api.of("GET", "/notices")[-1].params["show"] == "unreceived"
    assert "发给您的函件会出现在这里" in (await browser.get("/letters")).text


async def test_a_letter_is_handed_out_as_the_api_made_it(browser: Browser) -> None:
    headers = {"content-type": "application/pdf", "content-disposition": 'attachment; filename="N04-l1.pdf"'}
    browser.api.answers["GET /notices/l1.pdf"] = Reply(200, b"%PDF-1.7", headers)
    answer = await browser.get("/letters/l1.pdf")
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["content-disposition"] == headers["content-disposition"]


async def test_of_a_case_from_which_one_is_kept_the_number_is_shown_alone(browser: Browser) -> None:
    browser.api.answers |= {
        "GET /cases/c9": given({"case_id": "c9", "recused": True}),
        f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
    }
    page = await browser.get("/cases/c9")
    assert page.status_code == 403
    assert "只能看到编号" in page.text
