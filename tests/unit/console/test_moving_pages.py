"""A head gives many tasks to one colleague by one form: each is an act of its own, and none is done twice."""

import re
from collections.abc import AsyncIterator

import pytest

from services.console.api import Reply
from services.console.moving import MOST, Desk, desks
from tests.console_rig import Browser, Question, browsing, given, refused
from tests.unit.console.played import TASK, task

DESK = {field: TASK[field] for field in ("role", "unit", "district")}
COLLEAGUE = {"person_id": "p2", "name": "演示·乙", "grants": []}
THIRTY = [f"t{number}" for number in range(30)]
PICKED = {f"task.{one}": "1" for one in THIRTY}
SAID = {**DESK, **PICKED, "person_id": "p2", "reason": "出差", "key": "k"}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        rows = [*(task(task_id=one) for one in THIRTY), task(task_id="other", unit="court", names={})]
        found.api.answers |= {
            "GET /tasks": given({"items": rows, "next": None}),
            "GET /people": given({"items": [COLLEAGUE], "next": None}),
            **{f"POST /tasks/{one}/reassign": given({}) for one in THIRTY},
        }
        yield found


def test_what_waits_is_told_by_desk_the_fullest_first() -> None:
    rows = [task(unit="court", names={}), task(), task()]
    full, other = desks(rows)
    assert (full.desk, full.many) == (Desk(**DESK), 2)
    assert full.name == "税务局 · 部门经办 · 东湖区"
    assert (other.desk.unit, other.name) == ("court", "court · DEPT_OFFICER · d01")


async def test_what_is_asked_of_somebody_alone_waits_at_no_desk_and_is_not_shared_out(
    browser: Browser,
) -> None:
    assert desks([task(own=True)]) == ()
    browser.api.answers |= {
        "GET /tasks": given({"items": [task(own=True)], "next": None}),
        "GET /tasks/counts": given({"open": 1, "due_today": 0, "overdue": 0, "kinds": []}),
    }
    assert 'href="/tasks/move"' not in (await browser.get("/tasks")).text
    browser.api.answers["GET /tasks"] = given({"items": [task(own=True), task()], "next": None})
    assert 'href="/tasks/move"' in (await browser.get("/tasks")).text


async def test_only_what_waits_at_the_desk_is_offered_and_to_those_who_sit_there(browser: Browser) -> None:
    page = await browser.get("/tasks/move?" + "&".join(f"{name}={value}" for name, value in DESK.items()))
    assert page.text.count("data-row") == 30
    assert "演示·乙" in page.text
    asked = browser.api.of("GET", "/people")[0].params
    assert asked == {**asked, **DESK}


async def test_thirty_are_moved_by_one_form_each_under_a_key_of_its_own(browser: Browser) -> None:
    for _ in range(2):
        page = await browser.post("/tasks/move", SAID)
    assert "已转办 30 项，未转办 0 项" in page.text
    for one in THIRTY:
        first, again = browser.api.of("POST", f"/tasks/{one}/reassign")
        assert first.body == {"person_id": "p2", "reason": "出差"}
        assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"]
    keys = {one.headers["Idempotency-Key"] for one in browser.api.asked if one.path.endswith("/reassign")}
    assert len(keys) == 30


async def test_what_was_refused_is_named_with_its_reason_and_the_others_are_moved(browser: Browser) -> None:
    browser.api.answers["POST /tasks/t7/reassign"] = refused(
        409, "task-closed", "任务已办结", "已由他人办结。"
    )
    page = await browser.post("/tasks/move", SAID)
    assert "已转办 29 项，未转办 1 项" in page.text
    assert "已由他人办结" in page.text
    assert 'href="/tasks/t7"' in page.text


@pytest.mark.parametrize(
    "lacking",
    [{"person_id": ""}, {"reason": "  "}, {f"task.{one}": None for one in THIRTY}],
    ids=["nobody", "no reason", "no task"],
)
async def test_what_lacks_is_said_what_was_chosen_stays_and_nothing_is_moved(
    browser: Browser, lacking: dict[str, str | None]
) -> None:
    said = {name: value for name, value in {**SAID, **lacking}.items() if value is not None}
    page = await browser.post("/tasks/move", said)
    assert page.status_code == 422
    assert f"至多 {MOST} 项" in page.text
    assert len(re.findall(r'name="task\.[^>]* checked', page.text)) == (30 if "task.t0" in said else 0)
    assert not [one for one in browser.api.asked if one.path.endswith("/reassign")]


async def test_a_session_that_ends_meanwhile_loses_nothing_that_was_chosen(browser: Browser) -> None:
    page = await browser.post("/tasks/move", {**SAID, "reason": ""})
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    browser.client.cookies.clear()
    ended = await browser.post("/tasks/move", {**hidden, **SAID})
    kept = re.search(r'name="kept" value="([^"]+)"', ended.text)
    assert (ended.status_code, kept is not None) == (401, True)
    back = await browser.post("/sign-in", {"login": "officer", "password": "x", "kept": kept[1]})  # type: ignore[index]
    assert 'action="/tasks/move"' in back.text
    assert 'name="task.t29"' in back.text


async def test_who_is_more_than_a_form_moves_is_listed_afterwards(browser: Browser) -> None:
    def many(asked: Question) -> Reply:
        return given({"items": [task(task_id=f"t{number}") for number in range(MOST + 3)], "next": None})

    browser.api.answers["GET /tasks"] = many
    page = await browser.get("/tasks/move?" + "&".join(f"{name}={value}" for name, value in DESK.items()))
    assert page.text.count("data-row") == MOST
    assert "另有 3 项" in page.text
