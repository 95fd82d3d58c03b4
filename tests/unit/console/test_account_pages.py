"""Accounts: who holds what, asking for changes, what became of a request, and the parts of its codes."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.console.account_acts import ACTS
from services.console.pages.accounts import IDENTITIES
from tests.console_rig import Browser, browsing, given, refused

POLICY = "2026.1"
DISTRICT = loader.released(POLICY).districts[0]
GRANT = {"role": "SCREENER", "unit": "", "district": DISTRICT.code, "until": None}
ACCOUNT: dict[str, Any] = {
    "account_id": "acc7",
    "person_id": "p7",
    "login": "screener-7",
    "disabled": True,
    "created_at": "2026-03-02T01:30:00Z",
    "grants": [GRANT],
}
ROW: dict[str, Any] = {
    "case_id": "access-1",
    "what": "open-accounts",
    "asked_by": "p1",
    "state": "IN_FORCE",
    "opened_at": "2026-03-02T01:30:00Z",
    "codes_until": "2026-03-05T01:30:00Z",
    "left_out": {"acc8": "login-taken"},
    "names": {"what": "开立账户", "state": "已生效"},
}
REQUEST: dict[str, Any] = {
    **ROW,
    "reason": "新任 <审核员>",
    "decided_by": "p2",
    "called": {"p1": "申请·甲", "p2": "审批·乙", "p3": "见证·丁"},
    "accounts": [
        {
            "account_id": "acc8",
            "person_id": "p8",
            "login": "screener-8",
            "name": "测试·丙",
            "id_number": "*" * 14 + "001X",
            "grants": [GRANT],
            "unlike": [],
        }
    ],
    "decision": None,
    "emergency": None,
    "identities": [],
    "witnessed": [
        {"witness": "p3", "at": "2026-03-02T03:30:00Z", "accounts": ["acc8"], "replaced": ["acc8"]},
        {"witness": "p3", "at": "2026-03-02T04:30:00Z", "accounts": ["acc8"], "replaced": []},
    ],
}
WORDS = {
    "policy": POLICY,
    "families": {},
    "problems": {
        "login-taken": {
            "status": 409,
            "title": {"zh": "账号已有人使用", "en": "Login taken"},
            "sentence": {"zh": "请另取账号。", "en": "Choose another login."},
            "next": {"zh": "更正后再试", "en": "Correct it and try again"},
        }
    },
}
MAY = [
    "GET /accounts",
    "POST /accounts",
    "POST /access/{case_id}/codes",
    *(act.route for act in ACTS.values()),
]
ASKED = {"case_id": "access-1", "index": 3, "command_id": "k1"}
OPEN = "/accounts/do/open"
TYPED = {
    "form.accounts.0.login": "screener-9",
    "form.accounts.0.name": "测试·丁",
    "form.accounts.0.id_number": "９９０００１１９５９０４０２００１x",
    "form.accounts.0.grants.0.role": "SCREENER",
    "form.accounts.0.grants.0.district": DISTRICT.code,
    "form.reason": "新任",
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        found.api.answers |= {
            "GET /accounts": given({"items": [ACCOUNT], "next": None}),
            "GET /accounts/acc7": given(ACCOUNT),
            "GET /access": given({"items": [ROW], "next": None}),
            "GET /access/access-1": given(REQUEST),
            "GET /words": given(WORDS),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /accounts": given(ASKED, 201),
            "POST /accounts/acc7/grants": given(ASKED, 201),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's act."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_who_holds_what_stands_in_words_and_acts_are_the_apis_to_give(browser: Browser) -> None:
    page = (await browser.get("/accounts")).text
    for part in ("screener-7", DISTRICT.name.zh, loader.released(POLICY).role("SCREENER").name.zh, "已停用"):
        assert part in page
    assert f'href="{OPEN}"' in page
    one = (await browser.get("/accounts/acc7")).text
    assert {f"/accounts/acc7/do/{name}" for name in ACTS} <= set(re.findall(r'href="([^"]+)"', one))
    await browser.sign_in(["GET /accounts"])
    assert OPEN not in (await browser.get("/accounts")).text
    assert "/do/" not in (await browser.get("/accounts/acc7")).text


async def test_an_account_is_asked_for_once_and_only_after_the_check(browser: Browser) -> None:
    form = hidden((await browser.get(OPEN)).text)
    page = (await browser.post(OPEN, {**form, **TYPED})).text
    assert all(text in page for text in ("screener-9", "99000119590402001X", DISTRICT.name.zh))
    assert browser.api.of("POST", "/accounts") == []
    for _ in range(2):
        answer = await browser.post(OPEN, {**hidden(page), "sign": "1"})
        assert answer.headers["location"] == "/accounts/requests/access-1"
    first, second = browser.api.of("POST", "/accounts")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    account = {
        "login": "screener-9",
        "name": "测试·丁",
        "id_number": "99000119590402001X",
        "grants": [{"role": "SCREENER", "district": DISTRICT.code}],
    }
    assert first.body == {"accounts": [account], "reason": "新任"}


async def test_what_lacks_is_named_and_another_role_is_added_without_script(browser: Browser) -> None:
    form = hidden((await browser.get(OPEN)).text)
    page = await browser.post(OPEN, {**form, "form.accounts.0.login": "screener-9"})
    assert page.status_code == 422
    assert {"#form-accounts-0-name", "#form-accounts-0-id_number", "#form-reason"} <= set(
        re.findall(r'href="(#[^"]+)"', page.text)
    )
    more = await browser.post(OPEN, {**form, **TYPED, "add": "form.accounts.0.grants"})
    assert (more.status_code, 'name="form.accounts.0.grants.1.role"' in more.text) == (200, True)


async def test_several_accounts_are_asked_for_at_once(browser: Browser) -> None:
    form = hidden((await browser.get(OPEN)).text)
    more = (await browser.post(OPEN, {**form, **TYPED, "add": "form.accounts"})).text
    assert 'name="form.accounts.1.login"' in more
    second = {
        "form.accounts.1.login": "inspector-2",
        "form.accounts.1.name": "测试·戊",
        "form.accounts.1.id_number": "99000119590402001X",
    }
    check = (await browser.post(OPEN, {**hidden(more), **TYPED, **second})).text
    assert "inspector-2" in check
    await browser.post(OPEN, {**hidden(check), "sign": "1"})
    (asked,) = browser.api.of("POST", "/accounts")
    assert [one["login"] for one in asked.body["accounts"]] == ["screener-9", "inspector-2"]


async def test_two_identities_are_merged_or_told_apart_on_request(browser: Browser) -> None:
    await browser.sign_in([*MAY, *IDENTITIES.values()])
    links = set(re.findall(r'href="([^"]+)"', (await browser.get("/accounts/acc7")).text))
    for what, route in IDENTITIES.items():
        address = f"/accounts/people/{what}"
        assert f"{address}?kept={ACCOUNT['person_id']}" in links
        form = (await browser.get(f"{address}?kept={ACCOUNT['person_id']}")).text
        assert f'value="{ACCOUNT["person_id"]}"' in form
        path = route.removeprefix("POST ")
        browser.api.answers[f"POST {path}"] = given(ASKED, 201)
        typed = {"form.kept": "p7", "form.merged": "p8", "form.reason": "同一人"}
        check = (await browser.post(address, {**hidden(form), **typed})).text
        assert browser.api.of("POST", path) == []
        done = await browser.post(address, {**hidden(check), "sign": "1"})
        assert done.headers["location"] == "/accounts/requests/access-1"
        assert browser.api.of("POST", path)[0].body == {"kept": "p7", "merged": "p8", "reason": "同一人"}
    assert (await browser.get("/accounts/people/erase")).status_code == 404


async def test_grants_are_changed_from_those_that_are_held(browser: Browser) -> None:
    address = "/accounts/acc7/do/grants"
    page = (await browser.get(address)).text
    assert '<option value="SCREENER" selected>' in page
    fewer = {**hidden(page), "form.reason": "调离"}
    check = (await browser.post(address, fewer)).text
    await browser.post(address, {**hidden(check), "sign": "1"})
    (asked,) = browser.api.of("POST", "/accounts/acc7/grants")
    assert asked.body == {"grants": [], "reason": "调离"}
    assert (await browser.get("/accounts/acc7/do/erase")).status_code == 404


async def test_a_refusal_keeps_what_was_typed_and_a_stale_sign_in_asks_who_one_is(browser: Browser) -> None:
    form = hidden((await browser.get(OPEN)).text)
    browser.api.answers["POST /accounts"] = refused(409, "login-taken", "账号已有人使用")
    page = await browser.post(OPEN, {**form, **TYPED, "sign": "1"})
    assert page.status_code == 409
    assert "账号已有人使用" in page.text
    assert 'value="screener-9"' in page.text
    browser.api.answers["POST /accounts"] = refused(401, "stale-authentication")
    assert "/sign-in/again" in (await browser.post(OPEN, {**form, **TYPED, "sign": "1"})).text


async def test_a_request_says_in_words_why_a_part_took_no_force(browser: Browser) -> None:
    listed = (await browser.get("/accounts/requests")).text
    assert "1 项未生效" in listed
    page = (await browser.get("/accounts/requests/access-1")).text
    for part in ("申请·甲", "审批·乙", "新任 &lt;审核员&gt;", "账号已有人使用", "请另取账号。", "001X"):
        assert part in page
    browser.api.answers["GET /access/access-1"] = given({**REQUEST, "left_out": {"acc8": "of-a-newer-api"}})
    page = (await browser.get("/accounts/requests/access-1")).text
    assert "<code>of-a-newer-api</code>" in page


async def test_whoever_decides_does_so_once_on_what_the_form_showed(browser: Browser) -> None:
    task = "access-1.approve-access.1.1"
    waits = {"task_id": task, "seen": "a" * 64, "due": "2026-03-05T16:00:00Z"}
    browser.api.answers["GET /access/access-1"] = given({**REQUEST, "decision": waits})
    address = "/accounts/requests/access-1/decide"
    assert address not in (await browser.get("/accounts/requests/access-1")).text
    me = {"account_id": "a1", "person_id": "p1", "grants": [{"role": "SECURITY_ADMIN"}], "may": MAY}
    browser.api.answers["GET /me"] = given(me)
    assert f'href="{address}"' in (await browser.get("/accounts/requests/access-1")).text
    form = hidden((await browser.get(address)).text)
    assert (await browser.post(address, form)).status_code == 422
    # What is shown changes meanwhile: the digest of what was seen is sent, and the API refuses it.
    browser.api.answers["GET /access/access-1"] = given({**REQUEST, "decision": {**waits, "seen": "b" * 64}})
    check = (await browser.post(address, {**form, "form.outcome": "REFUSED", "form.reason": "证件不符"})).text
    assert "证件不符" in check
    browser.api.answers[f"POST /tasks/{task}/outcome"] = given(ASKED)
    answer = await browser.post(address, {**hidden(check), "sign": "1"})
    assert answer.headers["location"] == "/accounts/requests/access-1"
    (asked,) = browser.api.of("POST", f"/tasks/{task}/outcome")
    assert asked.body == {"outcome": "REFUSED", "reason": "证件不符", "form": {}, "seen": "a" * 64}
    browser.api.answers["GET /access/access-1"] = given(REQUEST)
    assert (await browser.get(address)).status_code == 404


async def test_the_parts_of_codes_are_shown_once_and_to_whom_the_api_gives_them(browser: Browser) -> None:
    form = hidden((await browser.get("/accounts/requests/access-1")).text)
    parts = {
        "which": "asker",
        "codes": [{"account_id": "acc8", "login": "screener-8", "part": "part-of-it"}],
    }
    path = "/accounts/requests/access-1/codes"
    browser.api.answers["POST /access/access-1/codes"] = given(parts)
    page = await browser.post(path, form)
    assert "part-of-it" in page.text
    assert "part-of-it" not in (await browser.get("/accounts/requests/access-1")).text
    browser.api.answers["POST /access/access-1/codes"] = given({**parts, "codes": []})
    assert 'class="empty card"' in (await browser.post(path, form)).text
    browser.api.answers["POST /access/access-1/codes"] = refused(403, "not-your-request", "不是您的事项")
    assert "不是您的事项" in (await browser.post(path, form)).text
    browser.api.answers["POST /access/access-1/codes"] = refused(401, "stale-authentication")
    assert "/sign-in/again" in (await browser.post(path, form)).text


async def test_who_witnessed_which_codes_and_what_was_drawn_anew_is_shown(browser: Browser) -> None:
    page = (await browser.get("/accounts/requests/access-1")).text
    assert page.count("见证·丁") == 2
    assert page.count("此份作废") == 1


async def test_what_is_not_recorded_yet_is_waited_for(browser: Browser) -> None:
    browser.api.answers["POST /accounts"] = given({"command_id": "k9"}, 202)
    form = hidden((await browser.get(OPEN)).text)
    answer = await browser.post(OPEN, {**form, **TYPED, "sign": "1"})
    assert answer.headers["location"] == "/accounts/recording/k9"
    browser.api.answers["GET /commands/k9"] = given({}, 202)
    assert (await browser.get("/accounts/recording/k9")).status_code == 202
    browser.api.answers["GET /commands/k9"] = given(ASKED)
    assert (await browser.get("/accounts/recording/k9")).headers["location"].endswith("/access-1")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_is_read_in_both_languages_full_and_empty(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/accounts")
    for path in ("/accounts/acc7", "/accounts/requests/access-1", OPEN, "/accounts/acc7/do/disable"):
        assert (await browser.get(path)).status_code == 200
    for path, asked in (("/accounts", "GET /accounts"), ("/accounts/requests", "GET /access")):
        assert (await browser.get(path)).status_code == 200
        browser.api.answers[asked] = given({"items": [], "next": None})
        assert 'class="empty card"' in (await browser.get(path)).text
        browser.api.answers[asked] = refused(403, "wrong-role")
        assert 'role="alert"' in (await browser.get(path)).text
