"""One's own data: asked for, shown once in words or saved as a file, over a played API."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given, refused
from tests.unit.console.played import POLICY
from tests.unit.console.test_reveal_pages import hidden

RULES = loader.released(POLICY)
PURPOSE = RULES.disclosure.emergency.purposes[0] if RULES.disclosure.emergency else None
WHEN = "2026-03-02T01:30:00Z"
HELD: dict[str, Any] = {
    "identities": [
        {"person_id": "p1", "name": "测试·甲", "id_number": "110101199001011237", "phone": "13800000000"}
    ],
    "accounts": [
        {
            "account_id": "a1",
            "login": "nominee-1",
            "disabled": False,
            "created_at": WHEN,
            "grants": [{"role": "NOMINEE", "unit": "", "district": RULES.districts[0].code, "until": None}],
            "second_factors": ["totp"],
        }
    ],
    "cases": [
        {
            "case_id": "c1",
            "kind": "nomination",
            "district": RULES.districts[0].code,
            "unit": "",
            "policy": POLICY,
            "state": "CONSULTING",
            "opened_at": WHEN,
            "ended_at": None,
            "filed_at": None,
            "facts": {"seat": "executive"},
            "dossier": {"name": "测试·甲", "firm": "虚构企业"},
            "events": [{"type": "task-completed", "at": WHEN, "said": {"outcome": "SIGNED"}}],
            "answers": [
                {"task_id": "t1", "kind": "declare", "outcome": "SIGNED", "reason": "无保留", "form": {}}
            ],
            "held_against": [{"item": RULES.negative_list[0].code, "text": "欠缴"}],
            "names": {"kind": "提名", "state": "征求意见中"},
        }
    ],
    "letters": [
        {"id": "l1", "number": "N04-1", "issued_at": WHEN, "subject": {"zh": "承诺书", "en": "Declaration"}}
    ],
    "absences": [{"starts": WHEN, "ends": WHEN, "reason": "住院"}],
    "deputies": [{"starts": WHEN, "ends": WHEN, "reason": "由同事代办"}],
    "read_in_emergencies": [{"at": WHEN, "case_id": "c1", "purpose": PURPOSE.code if PURPOSE else ""}],
    "withheld": [{"code": "reports", "what": "举报材料", "ground": "密封信息"}],
}
NOTHING = {**HELD, "cases": [], "letters": [], "absences": [], "deputies": [], "read_in_emergencies": []}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(RULES.model_dump(mode="json")),
            "POST /me/export": given(HELD),
        }
        yield found


async def test_nothing_is_asked_for_before_it_is_pressed_and_then_all_stands_in_words(
    browser: Browser,
) -> None:
    form = (await browser.get("/me/data")).text
    assert browser.api.of("POST", "/me/export") == []
    page = (await browser.post("/me/data", hidden(form))).text
    said = ("110101199001011237", "征求意见中", "欠缴", RULES.negative_list[0].name.zh, "无保留", "承诺书")
    assert all(part in page for part in (*said, "举报材料", "密封信息", "已记录在案", "住院", "由同事代办"))
    assert PURPOSE is not None
    assert PURPOSE.name.zh in page
    assert browser.api.of("POST", "/me/export")[0].headers["Idempotency-Key"]
    assert "110101199001011237" not in (await browser.get("/me/data")).text


async def test_it_is_saved_as_a_file_that_holds_all_of_it(browser: Browser) -> None:
    form = hidden((await browser.get("/me/data")).text)
    saved = await browser.post("/me/data", {**form, "file": "1"})
    assert json.loads(saved.content) == HELD
    assert saved.headers["content-disposition"] == 'attachment; filename="own-data.json"'
    assert saved.headers["cache-control"] == "no-store"


async def test_who_has_to_show_who_they_are_goes_on_afterwards_and_a_refusal_is_said(
    browser: Browser,
) -> None:
    form = hidden((await browser.get("/me/data")).text)
    browser.api.answers["POST /me/export"] = refused(401, "stale-authentication")
    again = await browser.post("/me/data", {**form, "_by": form["_by"]})
    assert (again.status_code, bool(hidden(again.text)["kept"])) == (401, True)
    browser.api.answers["POST /me/export"] = refused(503, "unavailable", "暂不可用")
    answer = await browser.post("/me/data", form)
    assert (answer.status_code, "暂不可用" in answer.text) == (503, True)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_of_whom_little_is_held_that_is_said(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/me")
    browser.api.answers["POST /me/export"] = given(NOTHING)
    page = (await browser.post("/me/data", hidden((await browser.get("/me/data")).text))).text
    assert {"zh": "没有与您有关的办件", "en": "There is no case about you"}[language] in page
