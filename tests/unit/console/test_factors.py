"""Taking up a second factor by the pages: the secret and the recovery codes are shown once, and to nobody else."""

import re
from collections.abc import AsyncIterator

import pytest

from tests.console_rig import Browser, browsing, given, refused

BEGUN = {
    "factor_id": "f1",
    "secret": "ABCDEFGHIJKLMNOP",
    "otpauth": "otpauth://totp/x?secret=ABCDEFGHIJKLMNOP",
}
HELD = {
    "items": [
        {
            "factor_id": "f1",
            "kind": "totp",
            "label": "",
            "confirmed": True,
            "added_at": "2026-11-26T01:00:00Z",
        }
    ],
    "recovery_codes_left": 8,
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /factors": given({"items": [], "recovery_codes_left": 0}),
            "POST /factors/totp": given(BEGUN, 201),
            "POST /factors/f1/confirmation": given({"recovery_codes": ["one-code", "two-code"]}),
        }
        yield found


async def test_an_authenticator_is_taken_up_by_its_first_code(browser: Browser) -> None:
    begun = await browser.post("/me/factors/totp", {"password": "x", "label": "手机"})
    assert "ABCD EFGH IJKL MNOP" in begun.text
    sealed = re.search(r'name="begun" value="([^"]+)"', begun.text)
    assert sealed is not None
    browser.api.answers["POST /factors/f1/confirmation"] = refused(401, "second-factor-wrong")
    again = await browser.post("/me/factors/confirm", {"begun": sealed[1], "code": "000000"})
    assert again.status_code == 401
    assert "ABCD EFGH IJKL MNOP" in again.text
    browser.api.answers["POST /factors/f1/confirmation"] = given({"recovery_codes": ["one-code", "two-code"]})
    done = await browser.post("/me/factors/confirm", {"begun": sealed[1], "code": " 123456 "})
    assert "one-code" in done.text
    assert browser.api.of("POST", "/factors/f1/confirmation")[-1].body == {"code": "123456"}


async def test_a_secret_that_was_not_sealed_here_is_none(browser: Browser) -> None:
    answer = await browser.post("/me/factors/confirm", {"begun": "forged", "code": "1"})
    assert answer.headers["location"] == "/me/factors"


async def test_giving_one_up_asks_for_password_and_code(browser: Browser) -> None:
    browser.api.answers |= {"GET /factors": given(HELD), "POST /factors/f1/removal": given(None, 204)}
    page = (await browser.get("/me/factors")).text
    assert page.count('name="code"') == 3
    said = {"factor_id": "f1", "password": "x", "code": "123456"}
    assert (await browser.post("/me/factors/remove", said)).status_code == 200
    assert browser.api.of("POST", "/factors/f1/removal")[0].body == {"password": "x", "code": "123456"}
