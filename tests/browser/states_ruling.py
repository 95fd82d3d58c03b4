"""States of what is proposed for the policy and of what another version would have changed, and of accounts."""

from collections.abc import Mapping

from tests.browser.pages import Seat
from tests.browser.standing import EARLIER
from tests.browser.states import NOT_YET, States, go_on

RULING = States()

RULING.opened("a proposal of one's own", "policy-admin", "{proposal}", "policies/proposal.html")
RULING.opened("a proposal that waits", "policy-admin-2", "{proposal}", "policies/proposal.html")
RULING.opened("what to say of it", "policy-admin-2", "{proposal}/decide", "acting/form.html")
RULING.opened(
    "a proposal that is being recorded",
    "policy-admin",
    "/proposals/recording/k1",
    "tasks/recording.html",
    {"GET /commands/k1": NOT_YET},
)
RULING.opened("a holder who waits for a witness", "auditor", "/witnessing", "accounts/witnessing.html")
RULING.opened("one's own case to begin from", "nominee-0", "/acts/ask-about-data", "acts/from.html")


@RULING.state("policy-admin", "acting/form.html")
async def a_rule_without_batches(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/proposals/transition")
    await go_on(seat)


@RULING.state("policy-admin", "policies/what_if.html")
async def what_another_version_changes(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"/policies/{EARLIER}")
    await seat.page.click("form[action$='/what-if'] button")
    await seat.page.wait_for_selector("main .note[role=status]:not([data-watch]), .fault-box")


@RULING.state("auditor", "accounts/witnessing.html")
async def witnessed_for_nobody(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/witnessing")
    async with seat.page.expect_navigation():
        await seat.page.click("main form button")
