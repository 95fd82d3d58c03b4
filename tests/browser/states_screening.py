"""States of the screening desk, and of what is shown for a purpose or in an emergency."""

from collections.abc import Mapping

from services.ctl.demo.roster import resident_number
from tests.browser.pages import Seat
from tests.browser.standing import LISTED, ORIGIN, listed_in
from tests.browser.states import NOT_YET, States, given, go_on

SCREENING = States()
NONE = given({"items": [], "next": None})

SCREENING.opened("no book", "desk", "/screening", "screening/books.html", {"GET /cases": NONE})
SCREENING.opened("lists, the last run, and a hit", "desk", "{book}", "screening/desk.html")
SCREENING.opened("hits that ended", "desk", "{book}?view=ended", "screening/desk.html")
SCREENING.opened("namesakes", "desk", "{namesakes}", "screening/namesakes.html")
SCREENING.opened("an emergency that waits", "inspector", "{emergency_asked}", "emergencies/page.html")
SCREENING.opened("an emergency that lasts", "evaluator", "{emergency}", "emergencies/page.html")
SCREENING.opened(
    "an emergency that is being recorded",
    "evaluator",
    "/emergency/recording/k1",
    "tasks/recording.html",
    {"GET /commands/k1": NOT_YET},
)


@SCREENING.state("desk", "screening/found.html")
async def somebody_sought(seat: Seat, there: Mapping[str, str]) -> None:
    await _sought(seat, there, LISTED.person.name)


@SCREENING.state("desk", "screening/found.html")
async def nobody_found(seat: Seat, there: Mapping[str, str]) -> None:
    await _sought(seat, there, "查无此人")


async def _sought(seat: Seat, there: Mapping[str, str], name: str) -> None:
    await seat.open(there["book"])
    await seat.page.fill("#q", name)
    async with seat.page.expect_navigation():
        await seat.page.click("form[action$='/find'] button")


@SCREENING.state("office", "screening/import.html")
async def a_list_without_its_file(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["list"])
    await go_on(seat)


@SCREENING.state("office", "screening/tried.html")
async def a_list_that_may_be_taken(seat: Seat, there: Mapping[str, str]) -> None:
    await _tried(seat, there, resident_number(703))


@SCREENING.state("office", "screening/tried.html")
async def a_faulty_list(seat: Seat, there: Mapping[str, str]) -> None:
    await _tried(seat, there, "12")


async def _tried(seat: Seat, there: Mapping[str, str], number: str) -> None:
    await seat.open(there["list"])
    for field in ("issuer", "document_no", "as_of"):
        await seat.page.fill(f"#form-{field}", ORIGIN[field])
    await seat.page.check("#form-mode-full")
    content = listed_in(("测试·某", number))
    await seat.page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": content})
    await go_on(seat)
    await seat.page.wait_for_selector(".note.good, .note.yellow, .fault-box")


@SCREENING.state("evaluator", "emergencies/read.html")
async def read_in_an_emergency(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["emergency"])
    async with seat.page.expect_navigation():
        await seat.page.click("tr form button")


@SCREENING.state("desk", "reveals/form.html")
async def shown_for_no_purpose(seat: Seat, there: Mapping[str, str]) -> None:
    await _shown(seat, there)


@SCREENING.state("desk", "reveals/shown.html")
async def shown_for_a_purpose(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['masked']}/reveal")
    await seat.page.check("#parts input >> nth=0")
    await seat.page.check("[name=purpose] >> nth=0")
    await seat.page.fill("#reason", "试一试")
    await _show(seat)


async def _shown(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['masked']}/reveal")
    await _show(seat)


async def _show(seat: Seat) -> None:
    async with seat.page.expect_navigation():
        await seat.page.click("main form button.main")
