"""States on the way from a task to its signature, and of what is done about a task besides."""

from collections.abc import Mapping

from tests.browser.pages import Seat
from tests.browser.states import (
    NOT_YET,
    SILENT,
    States,
    given,
    go_on,
    refused,
    send,
    with_rows,
    with_values,
)

TASKS = States()
TERM = {"unit": "个工作日"}
LATE, TODAY = {"days": -2, "names": TERM}, {"days": 0, "names": TERM}
CLOSED = with_values(state="completed", may_act=False, outcome="PASS", closed_at="2026-03-02T01:30:00Z")

TASKS.opened("no task waits", "screener", "/tasks", "tasks/list.html", {"GET /tasks": with_rows()})
TASKS.opened(
    "tasks late, due today, provisional, and claimed",
    "screener",
    "/tasks",
    "tasks/list.html",
    {
        "GET /tasks": with_rows(
            {"left": LATE, "claimed_by": "p-somebody", "holder": {"name": "演示·甲"}},
            {"left": TODAY, "provisional": True, "unserved": True},
            {"nominee": None, "due": None, "left": None},
        ),
        "GET /tasks/counts": with_values(open=3, due_today=1, overdue=1),
    },
)
TASKS.opened("closed by another", "screener", "{screen}", "tasks/task.html", {"GET /tasks/[^/]+": CLOSED})
TASKS.opened("not ours to do", "office", "{declare}", "tasks/task.html")
TASKS.opened("done, and what comes next", "nominee-1", "{declared}/done", "tasks/done.html")
TASKS.opened(
    "accepted, being recorded",
    "screener",
    "{screen}/recording/k1",
    "tasks/recording.html",
    {"GET /commands/k1": NOT_YET},
)
TASKS.opened(
    "nobody to give it to",
    "ufwd",
    "{screen}/reassign",
    "tasks/reassign.html",
    {"GET /people": given({"items": [], "next": None})},
)


@TASKS.state("screener", "tasks/task.html")
async def every_fault_named(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["screen"])
    await go_on(seat)


@TASKS.state("dept-officer", "tasks/task.html")
async def every_fault_of_a_form_named(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["reply"])
    await seat.page.check("#outcome-ISSUE")
    await go_on(seat)


@TASKS.state("screener", "tasks/check.html")
async def checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["screen"])
    await seat.page.check("#outcome-PASS")
    await go_on(seat)


@TASKS.state("screener", "tasks/check.html", {"POST /tasks/[^/]+/outcome": SILENT})
async def api_away_when_signed(seat: Seat, there: Mapping[str, str]) -> None:
    await checked(seat, there)
    await go_on(seat)


@TASKS.state(
    "screener", "sign_in/again.html", {"POST /tasks/[^/]+/outcome": refused(401, "stale-authentication")}
)
async def signed_in_too_long_ago(seat: Seat, there: Mapping[str, str]) -> None:
    await checked(seat, there)
    await go_on(seat)


@TASKS.state("screener", "tasks/task.html", {"POST /tasks/[^/]+/outcome": refused(409, "task-closed")})
async def refused_when_signed(seat: Seat, there: Mapping[str, str]) -> None:
    await checked(seat, there)
    await go_on(seat)


@TASKS.state("screener", "tasks/task.html")
async def changed_meanwhile(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["screen"])
    await seat.page.check("#outcome-PASS")
    await seat.page.evaluate("document.querySelector('[name=seen]').value = '0'.repeat(64)")
    await go_on(seat)


@TASKS.state("dept-officer", "tasks/task.html")
async def with_a_draft(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["reply"])
    await seat.page.check("#outcome-NO_RECORD")
    async with seat.page.expect_navigation():
        await seat.page.click("button[name=save]")


@TASKS.state("screener", "refusal.html", {"POST /tasks/[^/]+/claim": refused(409, "already-claimed")})
async def somebody_was_quicker(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["screen"])
    await send(seat, f"{there['screen']}/claim", key="k")


@TASKS.state("ufwd", "tasks/reassign.html")
async def given_to_nobody(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['screen']}/reassign")
    await send(seat, f"{there['screen']}/reassign", key="k")


@TASKS.state("screener", "tasks/recuse.html")
async def recused_without_a_ground(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['screen']}/recuse")
    await send(seat, f"{there['screen']}/recuse", key="k")


@TASKS.state("screener", "tasks/recused.html", {"POST /tasks/[^/]+/conflict": given({})})
async def kept_away(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['screen']}/recuse")
    await send(seat, f"{there['screen']}/recuse", key="k", ground="kin", reason="（试）")


@TASKS.state("screener", "tasks/list.html")
async def sought_and_found(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/tasks")
    await send(seat, "/tasks/find", q="测试", view="mine")


@TASKS.state("screener", "tasks/list.html")
async def sought_in_vain(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/tasks")
    await send(seat, "/tasks/find", q="查无此人", view="mine")
