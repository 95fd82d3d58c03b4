"""What happened in a case: narrowed to what came late, or to what was known on a day."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.console.pages.timeline import within
from tests.console_rig import Browser, browsing, given
from tests.unit.console.played import POLICY

OPENED, LATE = "2026-03-02T01:30:00Z", "2026-03-04T16:30:00.5Z"
"""The second is half past midnight on the 5th by the clock here."""


def event(name: str, at: str) -> dict[str, Any]:
    return {
        "type": name,
        "at": at,
        "payload": {},
        "role": None,
        "sealed": False,
        "by": None,
        "names": {"type": name, "role": "系统"},
    }


OPENING, REASSIGNED = event("任务开启", OPENED), event("任务改派", LATE)


@pytest.mark.parametrize(
    ("since", "on", "left"),
    [
        ("", "", [OPENING, REASSIGNED]),
        (OPENED, "", [REASSIGNED]),
        (LATE, "", []),
        ("", "2026-03-01", []),
        ("", "2026-03-02", [OPENING]),
        ("", "2026-03-04", [OPENING]),
        ("", "2026-03-05", [OPENING, REASSIGNED]),
        (OPENED, "2026-03-04", []),
        ("2026-03-02T09:30:00+08:00", "", [REASSIGNED]),
    ],
)
def test_what_came_after_an_instant_and_by_the_end_of_a_day_is_left(
    since: str, on: str, left: list[dict[str, Any]]
) -> None:
    assert within([OPENING, REASSIGNED], since, on) == left


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /cases/c1": given({"case_id": "c1", "policy": POLICY, "nominee": {"name": "测试·甲"}}),
            "GET /cases/c1/timeline": given({"items": [OPENING, REASSIGNED], "next": None}),
        }
        yield found


async def test_a_late_reassignment_stands_alone_behind_the_link_of_the_task(browser: Browser) -> None:
    page = (await browser.get(f"/cases/c1/timeline?since={OPENED}")).text
    assert ("任务改派" in page, "任务开启" in page) == (True, False)
    assert "只列 2026-03-02 09:30 以后的事项" in page


async def test_a_case_is_shown_as_it_was_known_on_a_day(browser: Browser) -> None:
    page = (await browser.get("/cases/c1/timeline?on=2026年3月4日")).text
    assert ("任务改派" in page, "任务开启" in page) == (False, True)
    assert "这段时间没有" in (await browser.get("/cases/c1/timeline?on=2026-03-01")).text


async def test_what_is_no_day_is_said_and_narrows_nothing(browser: Browser) -> None:
    answer = await browser.get("/cases/c1/timeline?on=gestern")
    assert (answer.status_code, "这不是日期" in answer.text, "任务改派" in answer.text) == (422, True, True)


async def test_an_instant_is_said_as_the_clock_here_shows_it_whatever_its_field_is_called(
    browser: Browser,
) -> None:
    run = event("筛查开始", OPENED) | {"payload": {"began": OPENED, "ends": LATE}}
    browser.api.answers["GET /cases/c1/timeline"] = given({"items": [run], "next": None})
    page = (await browser.get("/cases/c1/timeline")).text
    assert "2026-03-02 09:30" in page
    assert "2026-03-05 00:30" in page
    assert LATE not in page
