"""Signing in by passkey and by the provider, over a played API: offered where they are, and never the only way."""

import html
import re
from collections.abc import AsyncIterator

import pytest

from services.console.questions import MOST
from tests.console_rig import Browser, browsing, given, refused, session

TO = {"ticket": "t-1", "address": "https://id.example/authorize?state=s"}
CHALLENGE = {"ticket": "t-2", "options": {"challenge": "AAAA"}}
BACK = "/sign-in/provider?code=c&state=s&iss=https://id.example"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        found.api.answers |= {
            "POST /sessions/provider/challenge": given(TO),
            "POST /sessions/passkey/challenge": given(CHALLENGE),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_the_ways_that_the_api_has_are_offered_beside_the_password(browser: Browser) -> None:
    page = (await browser.get("/sign-in?to=/cases")).text
    assert all(part in page for part in ('name="password"', "data-passkey=", "请用口令和动态码"))
    assert 'href="/sign-in/provider/begin?to=%2Fcases"' in page


async def test_what_the_api_has_not_is_not_offered(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /sessions/provider/challenge": refused(409, "provider-off"),
        "POST /sessions/passkey/challenge": refused(409, "passkeys-off"),
    }
    page = (await browser.get("/sign-in")).text
    assert 'name="password"' in page
    assert "data-passkey" not in page
    assert "/sign-in/provider" not in page


async def test_one_goes_to_the_provider_and_comes_back_signed_in(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /sessions/provider": given(session(), 201),
        "GET /me": given({"person_id": "p1", "name": "测试·甲", "may": []}),
    }
    away = await browser.get("/sign-in/provider/begin?to=/me")
    assert (away.status_code, away.headers["location"]) == (303, TO["address"])
    done = await browser.get(BACK)
    assert done.headers["location"] == "/me"
    [asked] = browser.api.of("POST", "/sessions/provider")
    assert asked.body == {"ticket": "t-1", "code": "c", "state": "s", "iss": "https://id.example"}
    await browser.post("/sign-out", {})
    assert (await browser.get(BACK)).status_code == 422
    assert len(browser.api.of("POST", "/sessions/provider")) == 1


async def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(browser: Browser) -> None:
    answer = await browser.get(BACK)
    assert answer.status_code == 422
    assert "登录未完成" in answer.text
    assert browser.api.of("POST", "/sessions/provider") == []


async def begun(browser: Browser, number: int) -> None:
    address = f"https://id.example/authorize?state=s{number}"
    browser.api.answers["POST /sessions/provider/challenge"] = given(
        {"ticket": f"t{number}", "address": address}
    )
    assert (await browser.get(f"/sign-in/provider/begin?to=/me?{number}")).status_code == 303


async def test_each_of_two_windows_gets_its_own_answer_in_whatever_order(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /sessions/provider": given(session(), 201),
        "GET /me": given({"person_id": "p1", "name": "测试·甲", "may": []}),
    }
    await begun(browser, 1)
    await begun(browser, 2)
    # What no window asked, and what brings no code, takes nothing from the others.
    for path in ("code=c&state=s3", "error=access_denied", "state=s"):
        assert (await browser.get(f"/sign-in/provider?{path}")).status_code == 422
    for number in (1, 2):
        done = await browser.get(f"/sign-in/provider?code=c{number}&state=s{number}")
        assert done.headers["location"] == f"/me?{number}"
        asked = browser.api.of("POST", "/sessions/provider")[-1].body
        assert (asked["ticket"], asked["code"]) == (f"t{number}", f"c{number}")
        assert (await browser.get(f"/sign-in/provider?code=c{number}&state=s{number}")).status_code == 422


async def test_a_browser_keeps_a_few_questions_and_the_last_ones(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /sessions/provider": given(session(), 201),
        "GET /me": given({"person_id": "p1", "name": "测试·甲", "may": []}),
    }
    for number in range(9):
        await begun(browser, number)
    kept = [name for name in browser.client.cookies if name.startswith("provider-")]
    assert len(kept) == MOST
    back = [await browser.get(f"/sign-in/provider?code=c&state=s{number}") for number in range(9)]
    assert [one.status_code for one in back] == [422] * (9 - MOST) + [303] * MOST


async def test_a_second_factor_is_asked_for_where_the_provider_asked_for_none(browser: Browser) -> None:
    needed = refused(401, "second-factor-needed", ticket="t-9")
    browser.api.answers |= {
        "POST /sessions/provider": needed,
        "POST /sessions/provider/second": refused(401, "second-factor-wrong", "不对", "再试一次。"),
        "GET /me": given({"person_id": "p1", "name": "测试·甲", "may": []}),
    }
    await browser.get("/sign-in/provider/begin?to=/me")
    page = await browser.get(BACK)
    again = await browser.post("/sign-in/provider/second", {**hidden(page.text), "code": "1"})
    assert (again.status_code, "再试一次" in again.text) == (401, True)
    browser.api.answers["POST /sessions/provider/second"] = given(session(), 201)
    done = await browser.post("/sign-in/provider/second", {**hidden(again.text), "code": " 123456 "})
    assert done.headers["location"] == "/me"
    assert browser.api.of("POST", "/sessions/provider/second")[-1].body == {"ticket": "t-9", "code": "123456"}


async def test_an_account_is_linked_and_unlinked_by_its_holder(browser: Browser) -> None:
    await browser.sign_in([])
    browser.api.answers |= {
        "GET /provider-link": given({"linked_at": None}),
        "POST /provider-link/challenge": given(TO),
        "POST /provider-link": given(None, 204),
        "POST /provider-link/removal": given(None, 204),
    }
    assert 'action="/me/provider/link"' in (await browser.get("/me/provider")).text
    away = await browser.post("/me/provider/link", {"password": "geheim"})
    assert html.escape(TO["address"]) in away.text
    browser.api.answers["GET /provider-link"] = given({"linked_at": "2026-03-02T02:00:00Z"})
    assert "2026-03-02" in (await browser.get(BACK)).text
    [asked] = browser.api.of("POST", "/provider-link")
    assert (asked.body["ticket"], asked.headers["Authorization"]) == ("t-1", "Bearer token-1")
    assert (await browser.post("/me/provider/remove", {"password": "geheim"})).status_code == 200


async def test_a_passkey_signs_in_and_a_new_one_is_taken_up(browser: Browser) -> None:
    browser.api.answers |= {
        "POST /sessions/passkey": given(session(), 201),
        "GET /me": given({"person_id": "p1", "name": "测试·甲", "may": []}),
        "GET /factors": given({"items": [], "recovery_codes_left": 0}),
        "POST /factors/passkey/challenge": refused(401, "credentials-wrong", "不对", "口令不对。"),
        "POST /factors/passkey": given({"recovery_codes": ["aaaa-bbbb"]}, 201),
    }
    assert (await browser.post("/sign-in/passkey/challenge", {})).json() == CHALLENGE
    made = {"ticket": "t-2", "credential": '{"id": "k"}'}
    done = await browser.post("/sign-in/passkey", {**made, "to": "/me"})
    assert done.headers["location"] == "/me"
    [asked] = browser.api.of("POST", "/sessions/passkey")
    assert asked.body == {"ticket": "t-2", "credential": {"id": "k"}}
    assert "/me/factors/passkey/challenge" in (await browser.get("/me/factors")).text
    wrong = await browser.post("/me/factors/passkey/challenge", {"password": "x"})
    assert (wrong.status_code, wrong.json()) == (401, {"said": "口令不对。"})
    taken = await browser.post("/me/factors/passkey", {**made, "label": " 办公室 "})
    assert "aaaa-bbbb" in taken.text
    assert browser.api.of("POST", "/factors/passkey")[0].body["label"] == "办公室"


async def test_a_passkey_that_is_not_believed_leads_back_to_every_way(browser: Browser) -> None:
    browser.api.answers["POST /sessions/passkey"] = refused(401, "passkey-wrong", "不认", "请重新开始。")
    answer = await browser.post("/sign-in/passkey", {"ticket": "t-2", "credential": "no json"})
    assert answer.status_code == 401
    assert all(part in answer.text for part in ("请重新开始", 'name="password"', "/sign-in/provider/begin"))
    assert browser.api.of("POST", "/sessions/passkey")[0].body["credential"] == {}


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.sign_in([])
    browser.api.answers["GET /provider-link"] = given({"linked_at": None})
    await browser.get("/language/en?to=/me")
    assert "Not linked" in (await browser.get("/me/provider")).text


async def asked_again(browser: Browser) -> dict[str, str]:
    """Somebody whose act asks who they are: the page's hidden fields."""
    await browser.get("/sign-in")
    await browser.sign_in()
    browser.api.answers |= {
        "POST /me/export": refused(401, "stale-authentication"),
        "POST /sessions/fresh/provider/challenge": given(TO),
    }
    form = hidden((await browser.get("/me/data")).text)
    page = (await browser.post("/me/data", form)).text
    assert 'action="/sign-in/again/provider"' in page
    return hidden(page)


async def test_who_one_is_is_shown_again_by_the_provider_and_what_was_typed_comes_back(
    browser: Browser,
) -> None:
    fields = await asked_again(browser)
    away = await browser.post("/sign-in/again/provider", {"kept": fields["kept"]})
    assert TO["address"].replace("&", "&amp;") in away.text
    browser.api.answers["POST /sessions/fresh/provider"] = given(session(), 201)
    on = (await browser.get(BACK)).text
    assert 'action="/me/data"' in on
    [asked] = browser.api.of("POST", "/sessions/fresh/provider")
    assert asked.body == {"ticket": "t-1", "code": "c", "state": "s", "iss": "https://id.example"}
    assert asked.headers["Authorization"] == "Bearer token-1"
    assert browser.api.of("POST", "/sessions/provider") == []


@pytest.mark.parametrize(
    ("to", "back"), [("/unserved?after=3", "/unserved?after=3"), ("https://evil.example", "/")]
)
async def test_whoever_had_typed_nothing_is_led_back_to_the_page_that_asked(
    browser: Browser, to: str, back: str
) -> None:
    await asked_again(browser)
    await browser.post("/sign-in/again/provider", {"kept": "", "to": to})
    browser.api.answers["POST /sessions/fresh/provider"] = given(session(), 201)
    assert (await browser.get(BACK)).headers["location"] == back


async def test_a_second_factor_is_asked_for_there_too_and_a_refusal_keeps_what_was_typed(
    browser: Browser,
) -> None:
    fields = await asked_again(browser)
    needed = refused(401, "second-factor-needed", ticket="t-9")
    browser.api.answers |= {
        "POST /sessions/fresh/provider": needed,
        "POST /sessions/fresh/provider/second": refused(401, "second-factor-wrong", "不对", "再试一次。"),
    }
    await browser.post("/sign-in/again/provider", {"kept": fields["kept"]})
    halfway = hidden((await browser.get(BACK)).text)["halfway"]
    wrong = await browser.post("/sign-in/provider/second", {"halfway": halfway, "code": "000000"})
    assert (wrong.status_code, "不对" in wrong.text) == (401, True)
    browser.api.answers["POST /sessions/fresh/provider/second"] = given(session(), 201)
    on = await browser.post("/sign-in/provider/second", {"halfway": halfway, "code": "111111"})
    assert 'action="/me/data"' in on.text
    browser.api.answers["POST /sessions/fresh/provider"] = refused(401, "provider-refused", "另一个人")
    await browser.post("/sign-in/again/provider", {"kept": fields["kept"]})
    other = await browser.get(BACK)
    assert (other.status_code, hidden(other.text)["kept"]) == (401, fields["kept"])


async def test_whoever_is_signed_out_meanwhile_signs_in_first(browser: Browser) -> None:
    fields = await asked_again(browser)
    await browser.post("/sign-in/again/provider", {"kept": fields["kept"]})
    await browser.post("/sign-out", {})
    answer = await browser.get(BACK)
    assert (answer.status_code, "登录未完成" in answer.text) == (422, True)
    assert browser.api.of("POST", "/sessions/fresh/provider") == []
