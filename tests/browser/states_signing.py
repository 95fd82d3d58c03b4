"""States of signing in, and of pages that are refused to somebody."""

from collections.abc import Mapping

from services.console.api import Reply
from tests.browser.pages import Seat
from tests.browser.states import SILENT, States, go_on, refused, send

SIGNING = States()


def stumble(_true: Reply) -> Reply:
    """A fault of ours."""
    raise RuntimeError("a page that fails")


SIGNING.opened("no such page", "", "/nowhere", "refusal.html")
SIGNING.opened("not existing", "nominee-0", "/cases/nobody", "refusal.html")
SIGNING.opened("the API is away", "screener", "/tasks", "refusal.html", {"GET /tasks": SILENT})
SIGNING.opened("a fault of ours", "screener", "/tasks", "refusal.html", {"GET /tasks": stumble})


@SIGNING.state("", "sign_in/form.html")
async def wrong_password(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/sign-in")
    await send(seat, "/sign-in", login="nobody-of-this-house", password="x", to="/")


@SIGNING.state("", "sign_in/second.html", {"POST /sessions": refused(401, "second-factor-needed")})
async def a_second_factor(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/sign-in")
    await send(seat, "/sign-in", login="screener", password="x", to="/")


@SIGNING.state("", "sign_in/first.html")
async def passwords_unlike(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/sign-in/first")
    await send(seat, "/sign-in/first", login="screener", code="x", password="one", again="another")


@SIGNING.state("", "refusal.html")
async def sent_by_another_site(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.page.goto("about:blank")
    await send(seat, f"{seat.house.console}/sign-in", login="screener", password="x")


@SIGNING.state("screener", "sign_in/form.html")
async def session_ended_while_writing(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["screen"])
    await seat.page.check("#outcome-PASS")
    await seat.context.clear_cookies(name="qx")
    await go_on(seat)


@SIGNING.state("screener", "sign_in/go_on.html")
async def on_with_what_was_typed(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.page.route("**/qx.js", lambda route: route.abort())
    await session_ended_while_writing(seat, there)
    async with seat.page.expect_navigation():
        await seat.enter("screener")
