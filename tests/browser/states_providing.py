"""States of signing in by the office's provider, and of the page that links one's account with it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from tests.browser.linked import LINKED, WITH_A_FACTOR, comes_back
from tests.browser.pages import Seat
from tests.browser.states import States

PROVIDING = States()

PROVIDING.opened(
    "an answer that nobody here asked for", "", "/sign-in/provider?code=x&state=y", "sign_in/form.html"
)
PROVIDING.opened("not linked", "screener", "/me/provider", "sign_in/link.html")
PROVIDING.opened("linked", LINKED, "/me/provider", "sign_in/link.html")


async def _comes_back(seat: Seat, subject: str) -> None:
    """To the provider and back; what stands there is no page of ours, so no browser looks at it."""
    begun = await seat.context.request.get(f"{seat.house.console}/sign-in/provider/begin", max_redirects=0)
    brought = await comes_back(begun.headers["location"], subject)
    await seat.open(f"/sign-in/provider?{urlencode(brought)}")


@PROVIDING.state("", "sign_in/second_provider.html")
async def the_provider_asked_for_no_second_factor(seat: Seat, there: Mapping[str, str]) -> None:
    await _comes_back(seat, WITH_A_FACTOR)


@PROVIDING.state("", "sign_in/second_provider.html")
async def another_second_factor(seat: Seat, there: Mapping[str, str]) -> None:
    await _comes_back(seat, WITH_A_FACTOR)
    await seat.page.fill("#code", "no code")
    await _pressed(seat)


@PROVIDING.state("screener", "sign_in/link.html")
async def linked_by_a_wrong_password(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/provider")
    await seat.page.fill("#password", "x")
    await _pressed(seat)


@PROVIDING.state("screener", "sign_in/away.html")
async def about_to_be_linked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/provider")
    await seat.page.fill("#password", seat.house.account("screener").password)
    await _pressed(seat)


async def _pressed(seat: Seat) -> None:
    async with seat.page.expect_navigation():
        await seat.page.click("main form button.main")
