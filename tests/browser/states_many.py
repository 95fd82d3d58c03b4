"""States of what is done of many tasks at once, of batches with their rosters, and of sheets."""

import asyncio
from collections.abc import Mapping

from services.ctl.demo.roster import nomination, workbook
from tests.browser.house import DISTRICT, UNIT
from tests.browser.pages import Seat
from tests.browser.states import NOT_YET, States, given, go_on, refused

MANY = States()
KIND = "kind=reply&policy=2026.1"
ROW = {"task_id": "t1", "case_id": "c1", "number": 1, "code": "", "title": "", "detail": "", "name": "（试）"}
REFUSED = {
    **ROW,
    "number": 2,
    "state": "refused",
    "code": "task-closed",
    "title": "（试）",
    "detail": "（试）",
}
WAITING = {"items": [{**ROW, "state": "waiting"}, REFUSED], "counts": {"waiting": 1, "refused": 1}}
OVER = {"items": [{**ROW, "state": "done"}, REFUSED], "counts": {"done": 1, "refused": 1}}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MANY.opened(
    "under way", "dept-officer", "/bundles/b1", "bundles/result.html", {"GET /bundles/b1": given(WAITING)}
)
MANY.opened("over", "dept-officer", "/bundles/b1", "bundles/result.html", {"GET /bundles/b1": given(OVER)})
MANY.opened(
    "a batch that is being recorded",
    "office",
    "/batches/recording/k1",
    "tasks/recording.html",
    {"GET /commands/k1": NOT_YET},
)


@MANY.state("dept-officer", "bundles/select.html")
async def nothing_picked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"/tasks/bundle?{KIND}")
    await go_on(seat)


@MANY.state("dept-officer", "bundles/check.html")
async def many_checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"/tasks/bundle?{KIND}&whole=1")
    await seat.page.check("#outcome-NO_ISSUE")
    await go_on(seat)


@MANY.state(
    "dept-officer",
    "bundles/select.html",
    {"POST /bundles": refused(422, "not-bundled")},
)
async def many_refused(seat: Seat, there: Mapping[str, str]) -> None:
    await many_checked(seat, there)
    await go_on(seat)


@MANY.state("dept-officer", "replies/page.html")
async def rows_that_prove_nothing(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"/tasks/replies?{KIND}")
    await seat.page.fill("#pasted", "x\t甲\t\t\t\t无问题\t")
    await go_on(seat)


@MANY.state("dept-officer", "replies/check.html")
async def rows_checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"/tasks/replies?{KIND}")
    await seat.page.fill("#pasted", there["row"])
    await go_on(seat)


@MANY.state("office", "batches/new.html")
async def batch_without_a_title(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/batches/new")
    await go_on(seat)


@MANY.state("office", "acting/check.html")
async def batch_checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/batches/new?policy=2026.1")
    await seat.page.fill("#form-title", "又一批次（试）")
    await seat.page.check(f"#district-{DISTRICT}")
    await go_on(seat)


async def _upload(seat: Seat, there: Mapping[str, str], content: bytes) -> None:
    await seat.open(f"{there['batch']}/roster")
    await seat.page.set_input_files("#file", {"name": "roster.xlsx", "mimeType": XLSX, "buffer": content})
    await go_on(seat)


@MANY.state("nominator", "batches/roster.html")
async def no_file_chosen(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['batch']}/roster")
    await go_on(seat)


@MANY.state("nominator", "batches/reading.html", {"POST /batches/[^/]+/roster": asyncio.Event()})
async def being_read(seat: Seat, there: Mapping[str, str]) -> None:
    await _upload(seat, there, workbook((nomination(0, DISTRICT, UNIT),)))


async def _read(seat: Seat) -> None:
    await seat.page.wait_for_selector(".note.good, .note.yellow, .fault-box")


@MANY.state("nominator", "batches/faults.html")
async def a_faulty_roster(seat: Seat, there: Mapping[str, str]) -> None:
    await _upload(seat, there, workbook((nomination(7, "d99", UNIT), nomination(8, DISTRICT, "nobody"))))
    await _read(seat)


@MANY.state("nominator", "batches/faults.html")
async def no_workbook(seat: Seat, there: Mapping[str, str]) -> None:
    await _upload(seat, there, b"no workbook")
    await _read(seat)


@MANY.state(
    "nominator", "batches/faults.html", {"POST /batches/[^/]+/roster": given({"rows": 3, "sheets": []})}
)
async def a_roster_without_a_fault(seat: Seat, there: Mapping[str, str]) -> None:
    await _upload(seat, there, workbook((nomination(0, DISTRICT, UNIT),)))
    await _read(seat)


@MANY.state("screener", "sheets/writing.html", {"GET /cases": asyncio.Event()})
async def sheet_being_written(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/sheets/cases")


@MANY.state("screener", "sheets/ready.html")
async def sheet_ready(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/sheets/cases")
    await seat.page.wait_for_selector("a[href$='/file']")


async def _at_a_desk(seat: Seat) -> None:
    await seat.open("/tasks/move")
    async with seat.page.expect_navigation():
        await seat.page.click("li[data-row] a")


@MANY.state("dept-officer", "moving/choose.html")
async def moved_to_nobody(seat: Seat, there: Mapping[str, str]) -> None:
    await _at_a_desk(seat)
    await go_on(seat)


async def _moved(seat: Seat) -> None:
    await _at_a_desk(seat)
    await seat.page.check("tr[data-row] input >> nth=0")
    await seat.page.check("#people input >> nth=0")
    await seat.page.fill("#reason", "（试）")
    await go_on(seat)


@MANY.state("dept-officer", "moving/moved.html", {"POST /tasks/[^/]+/reassign": given({})})
async def many_moved(seat: Seat, there: Mapping[str, str]) -> None:
    await _moved(seat)


@MANY.state("dept-officer", "moving/moved.html", {"POST /tasks/[^/]+/reassign": refused(409, "task-closed")})
async def some_not_moved(seat: Seat, there: Mapping[str, str]) -> None:
    await _moved(seat)


MANY.opened(
    "nobody to give many to",
    "dept-officer",
    "/tasks/move?role=DEPT_OFFICER&unit=tax&district=d01",
    "moving/choose.html",
    {"GET /people": given({"items": [], "next": None})},
)
MANY.opened("nothing to give away", "dept-officer", "/tasks/move?role=NOBODY", "moving/choose.html")
MANY.opened("nobody who gives anything away", "auditor", "/tasks/move", "moving/desks.html")
