"""Signing in and out, and what becomes of what was typed when a session ends."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.console.asked import BY, RETURN
from services.console.session import Seal, SignedIn
from services.kit.settings import SettingsError
from tests.console_rig import HOST, SEAL, Browser, browsing, given, refused, session


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        yield found


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def test_a_cookie_opens_for_who_sealed_it_and_while_it_stands() -> None:
    now = datetime.now(UTC)
    ends = now + timedelta(minutes=15)
    text = SEAL.close_session(SignedIn("t", "s", "p1", "officer", "王某", ("/tasks",), ends, ends))
    opened = SEAL.open_session(text, now)
    assert opened is not None
    assert (opened.login, opened.token) == ("officer", "t")
    assert SEAL.open_session(text, now + timedelta(minutes=16)) is None
    assert Seal("another secret that is just as long as it").open_session(text, now) is None
    middle = len(text) // 2
    other = "B" if text[middle] == "A" else "A"
    assert SEAL.open_session(text[:middle] + other + text[middle + 1 :], now) is None
    assert SEAL.open_session(SEAL.close("kept", {"token": "t"}), now) is None
    assert SEAL.open_session("x" * 10_000, now) is None
    assert "officer" not in text


def test_a_short_secret_is_none() -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        Seal("short")


async def test_whoever_is_not_signed_in_comes_back_to_the_page_they_wanted(browser: Browser) -> None:
    away = await browser.get("/tasks?view=all")
    assert away.headers["location"] == "/sign-in?to=%2Ftasks%3Fview%3Dall"
    form = await browser.get(away.headers["location"])
    assert hidden(form.text, "to") == "/tasks?view=all"


async def test_the_session_is_kept_in_one_cookie_that_no_script_reads(browser: Browser) -> None:
    await browser.sign_in()
    answer = await browser.post("/sign-in", {"login": "officer", "password": "x"})
    said = answer.headers["set-cookie"]
    assert said.startswith("qx=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(said.split("; "))
    assert "token-1" not in said


async def test_by_tls_the_cookie_is_bound_to_the_host_and_to_tls() -> None:
    certificates = {f"tls_{part}_file": Path("unread") for part in ("ca", "cert", "key")}
    async with browsing(**certificates) as found:
        found.api.answers |= {
            "POST /sessions": given(session(), 201),
            "GET /me": given({"person_id": "p1", "grants": [], "may": []}),
        }
        sent = {"login": "officer", "password": "x"}
        assert (await found.post("/sign-in", sent)).status_code == 403
        answer = await found.post("/sign-in", sent, HOST.replace("http:", "https:"))
    said = answer.headers["set-cookie"]
    assert said.startswith("__Host-qx=")
    assert {"HttpOnly", "Secure", "Path=/"} <= set(said.split("; "))


async def test_the_second_factor_is_asked_for_without_typing_the_password_again(browser: Browser) -> None:
    browser.api.answers["POST /sessions"] = refused(401, "second-factor-needed")
    page = await browser.post("/sign-in", {"login": "officer", "password": "pass", "to": "/me"})
    assert page.status_code == 200
    assert "pass" not in hidden(page.text, "halfway")
    await browser.sign_in()
    answer = await browser.post(
        "/sign-in", {"halfway": hidden(page.text, "halfway"), "code": " 123456 ", "to": "/me"}
    )
    assert answer.headers["location"] == "/me"
    assert browser.api.of("POST", "/sessions")[-1].body == {
        "login": "officer",
        "password": "pass",
        "code": "123456",
    }


async def test_a_wrong_password_keeps_the_login_and_says_so(browser: Browser) -> None:
    browser.api.answers["POST /sessions"] = refused(401, "credentials-wrong", "登录名或密码不正确")
    page = await browser.post("/sign-in", {"login": "officer", "password": "wrong"})
    assert page.status_code == 401
    assert 'value="officer"' in page.text
    assert "登录名或密码不正确" in page.text
    assert "wrong" not in page.text.replace("credentials-wrong", "")


async def test_a_first_password_is_typed_twice_and_set_by_the_one_time_code(browser: Browser) -> None:
    typed = {"login": "officer", "code": "a.b", "password": "long enough", "again": "another"}
    assert (await browser.post("/sign-in/first", typed)).status_code == 422
    assert browser.api.asked == []
    browser.api.answers["POST /credentials"] = given(None, 204)
    page = await browser.post("/sign-in/first", {**typed, "again": "long enough"})
    assert "密码已设定" in page.text
    assert browser.api.asked[0].body == {"login": "officer", "code": "a.b", "password": "long enough"}


async def test_a_session_is_renewed_when_its_holder_does_something(browser: Browser) -> None:
    await browser.sign_in(minutes=5)
    browser.api.answers["POST /sessions/renewal"] = given({**session(), "token": "token-2"})
    answer = await browser.get("/me")
    assert answer.headers["set-cookie"].startswith("qx=")
    assert browser.api.of("GET", "/me")[-1].headers["Authorization"] == "Bearer token-2"


async def test_the_api_is_told_from_where_and_in_which_language(browser: Browser) -> None:
    await browser.sign_in()
    await browser.get("/language/en?to=/me")
    await browser.get("/me")
    headers = browser.api.of("GET", "/me")[-1].headers
    assert headers["Accept-Language"] == "en"
    assert headers["X-Forwarded-For"] == "127.0.0.1"


async def test_a_session_that_the_api_ended_leads_to_sign_in(browser: Browser) -> None:
    await browser.sign_in()
    browser.api.answers["GET /tasks"] = refused(401, "unauthenticated")
    assert (await browser.get("/tasks")).headers["location"] == "/sign-in?to=%2Ftasks"


async def test_what_was_typed_comes_back_to_whoever_typed_it_and_to_nobody_else(browser: Browser) -> None:
    writer = SEAL.close(BY, "officer")
    typed = {BY: writer, RETURN: "/tasks/t1/edit", "reason": "写了半天的理由", "old": "x"}
    ended = await browser.post("/me/password", typed)
    assert ended.status_code == 401
    assert "写了半天的理由" not in ended.text
    kept = hidden(ended.text, "kept")
    for login, back in (("another", False), ("officer", True)):
        await browser.sign_in()
        answer = await browser.post("/sign-in", {"login": login, "password": "x", "to": "/me", "kept": kept})
        assert ("写了半天的理由" in answer.text) is back
    assert 'action="/tasks/t1/edit"' in answer.text


async def test_after_signing_out_nothing_opens(browser: Browser) -> None:
    await browser.sign_in()
    browser.api.answers["DELETE /sessions/s1"] = given(None, 204)
    answer = await browser.post("/sign-out")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert browser.api.of("DELETE", "/sessions/s1")
    assert (await browser.get("/me")).headers["location"].startswith("/sign-in")


async def test_a_sign_out_that_the_api_did_not_confirm_is_told_and_this_browser_has_forgotten_it(
    browser: Browser,
) -> None:
    await browser.sign_in()
    browser.api.answers["DELETE /sessions/s1"] = refused(503, "api-away", "没有答复")
    answer = await browser.post("/sign-out")
    assert answer.status_code == 503
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "未能确认结束会话" in answer.text
    assert 'action="/sign-out"' not in answer.text


async def test_the_menu_shows_what_the_api_opens_and_no_more(browser: Browser) -> None:
    await browser.sign_in(may=[])
    page = (await browser.get("/me")).text
    assert 'href="/tasks"' not in page
    assert (await browser.get("/")).headers["location"] == "/me"
    await browser.sign_in()
    assert 'href="/tasks"' in (await browser.get("/me")).text


async def test_whoever_signs_in_by_passkey_is_bound_by_their_own_login(browser: Browser) -> None:
    me = {"account_id": "a2", "person_id": "p2", "login": "another", "grants": [], "may": []}
    browser.api.answers |= {"POST /sessions/passkey": given(session(), 201), "GET /me": given(me)}
    kept = SEAL.close("kept", {"by": "officer", "to": "/me", "typed": [["reason", "别人所写"]]})
    said = {"ticket": "t", "credential": "{}", "to": "/me", "kept": kept}
    answer = await browser.post("/sign-in/passkey", said)
    assert (answer.status_code, "别人所写" in answer.text) == (303, False)
    own = SEAL.close("kept", {"by": "another", "to": "/me", "typed": [["reason", "自己所写"]]})
    assert "自己所写" in (await browser.post("/sign-in/passkey", {**said, "kept": own})).text
