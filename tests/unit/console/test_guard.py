"""What the console says to every browser, and from where it takes forms."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.console import app
from services.console.bodies import FORM
from services.console.headers import POLICY
from services.console.language import local
from services.console.settings import Settings
from services.console.walking import routers
from tests.console_rig import HOST, Browser, browsing, refused, settings

STATIC = Path(app.__file__).with_name("static")
EVERYWHERE = "0.0.0.0"  # noqa: S104  what is refused
TEMPLATES = Path(app.__file__).with_name("templates")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        yield found


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/tasks"])
async def test_every_page_says_that_nothing_comes_from_elsewhere(browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["referrer-policy"] == "same-origin"


def test_every_form_is_refused_that_another_site_sends() -> None:
    """Walked over every route, so that a new page cannot forget it."""
    posts = [
        route for router in routers() for route in router.routes if "POST" in getattr(route, "methods", ())
    ]
    assert len(posts) > 3


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://127.0.0.1:9999", "https://127.0.0.1:8088"]
)
async def test_a_form_of_another_origin_does_nothing(browser: Browser, origin: str) -> None:
    for router in routers():
        for route in router.routes:
            if "POST" in getattr(route, "methods", ()):
                path = re.sub(r"\{\w+\}", "x", route.path)  # type: ignore[attr-defined]
                answer = await browser.post(path, {"login": "a"}, origin)
                assert answer.status_code == 403, path
                assert "another-origin" in answer.text
    assert browser.api.asked == []


async def test_a_stranger_sends_a_form_and_no_file(browser: Browser) -> None:
    """A form is read before anybody is known, and kept in memory."""

    async def sent(content: bytes) -> int:
        file = {"file": ("a.xlsx", content)}
        return (await browser.client.post("/sign-in", files=file, headers={"Origin": HOST})).status_code

    async def in_parts() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
        for _ in range(5):
            yield b"a" * (FORM // 4)

    assert await sent(b"a" * (FORM // 2)) != 413
    assert await sent(b"a" * FORM) == 413
    unsaid = {"Origin": HOST, "Content-Type": "multipart/form-data; boundary=x"}
    answer = await browser.client.post("/sign-in", content=in_parts(), headers=unsaid)
    assert (answer.status_code, answer.headers["content-security-policy"]) == (413, POLICY)
    for made_up in ("", "AAAA", "a" * 5000):
        browser.client.cookies.set("qx", made_up)
        assert await sent(b"a" * FORM) == 413
    browser.client.cookies.clear()
    await browser.sign_in()
    assert await sent(b"a" * FORM) != 413


async def test_what_was_typed_beside_a_file_is_not_lost_with_the_session(browser: Browser) -> None:
    await browser.sign_in(minutes=0)
    file = {"file": ("a.xlsx", b"a" * FORM)}
    answer = await browser.client.post("/batches/b1/roster", files=file, headers={"Origin": HOST})
    assert (answer.status_code, 'name="password"' in answer.text) == (401, True)


def test_no_template_holds_what_the_policy_forbids() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path.name
        assert not re.search(r"<script(?! src=\"\{\{ static)", text), path.name
        assert "| safe" not in text, path.name


def test_the_script_stays_a_comfort() -> None:
    """Whoever wants more of it changes this number, and says why."""
    assert (STATIC / "qx.js").stat().st_size <= 12 * 1024


async def test_static_files_are_kept_for_good_under_their_digest(browser: Browser) -> None:
    page = (await browser.get("/sign-in")).text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        answer = await browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert (await browser.get("/static/0000000000000000/qx.css")).status_code == 404


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "evil", ""]
)
def test_nobody_is_led_away(address: str) -> None:
    assert local(address) == "/"


def test_the_console_listens_to_others_by_tls_alone() -> None:
    with pytest.raises(ValueError, match="set tls_ca_file"):
        settings(host=EVERYWHERE)
    certificates = {f"tls_{part}_file": Path("x") for part in ("ca", "cert", "key")}
    assert isinstance(settings(host=EVERYWHERE, **certificates), Settings)


async def test_a_fault_shows_nothing_of_the_inside(browser: Browser) -> None:
    browser.api.answers["POST /sessions"] = lambda _: 1 / 0  # type: ignore[assignment,return-value]
    answer = await browser.post("/sign-in", {"login": "a", "password": "b"})
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text


async def test_an_api_that_is_away_is_said_in_words(browser: Browser) -> None:
    browser.api.answers["POST /sessions"] = refused(503, "api-away", "", "")
    answer = await browser.post("/sign-in", {"login": "a", "password": "b"})
    assert answer.status_code == 503
    assert "系统暂时没有应答" in answer.text
