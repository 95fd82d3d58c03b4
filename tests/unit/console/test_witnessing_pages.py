"""Handing over codes as a witness: who may come, the cards that were seen, and the parts, shown once."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.console_rig import Browser, browsing, given, refused

MAY = ["GET /witnessing", "POST /witnessing/{case_id}"]


def row(account: str, case_id: str, drawn: bool = False) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "account_id": account,
        "login": f"login-{account}",
        "name": f"测试·{account}",
        "id_number": "*" * 14 + "001X",
        "until": "2026-03-05T01:30:00Z",
        "drawn": drawn,
    }


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        rows = [row("a1", "access-1"), row("a2", "access-1", drawn=True), row("a3", "access-2")]
        found.api.answers["GET /witnessing"] = given({"items": rows, "next": None})
        yield found


async def test_who_may_come_stands_by_request_with_the_end_of_the_number(browser: Browser) -> None:
    page = (await browser.get("/witnessing")).text
    assert re.findall(r'action="(/witnessing/[^"]+)"', page) == [
        "/witnessing/access-1",
        "/witnessing/access-2",
    ]
    assert page.count("001X") == 3
    assert page.count("曾领取") == 1


async def test_the_parts_of_those_who_were_ticked_are_shown_once(browser: Browser) -> None:
    parts = {
        "which": "witness",
        "codes": [{"account_id": "a2", "login": "login-a2", "part": "third-part"}],
    }
    browser.api.answers["POST /witnessing/access-1"] = given(parts)
    page = (await browser.post("/witnessing/access-1", {"key": "k1", "pick.a2": "1"})).text
    assert "third-part" in page
    [asked] = browser.api.of("POST", "/witnessing/access-1")
    assert asked.body == {"accounts": ["a2"]}
    assert "third-part" not in (await browser.get("/witnessing")).text


async def test_a_refusal_is_said_and_nothing_is_lost_by_showing_again_who_one_is(browser: Browser) -> None:
    path = "POST /witnessing/access-1"
    form = {"key": "k1", "pick.a1": "1", "_return": "/witnessing", "_by": ""}
    browser.api.answers[path] = refused(403, "not-a-witness", "没有可由您见证的代码")
    assert "没有可由您见证的代码" in (await browser.post("/witnessing/access-1", form)).text
    browser.api.answers[path] = refused(401, "stale-authentication")
    assert "/sign-in/again" in (await browser.post("/witnessing/access-1", form)).text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_page_is_read_in_both_languages_full_and_empty(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/witnessing")
    assert (await browser.get("/witnessing")).status_code == 200
    browser.api.answers["GET /witnessing"] = given({"items": [], "next": None})
    assert 'class="empty card"' in (await browser.get("/witnessing")).text
