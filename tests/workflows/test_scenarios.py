"""The scenarios of the procedure with their exact dates, on a time-skipping server, under policy 2026.1."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from contracts.commands.case import CompleteTask
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Grade, Rung, Stage
from tests.asking import asks, local, opening
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.instants import at, midnight_after
from tests.office import DECIDED, Office
from tests.workflows.conftest import Open

CALENDAR_2027 = CalendarYear(
    year=2027, holidays=(date(2027, 1, 1),), make_up=(), source="invented for this test: only New Year's Day"
)


Play = Callable[[Office], Awaitable[object]]


async def screened(office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")


async def decided(office: Office) -> None:
    await office.reread("decision")
    await office.act("decide", "APPROVED", form=DECIDED)
    await office.act("post-notice", "POSTED")


async def proposed(office: Office) -> None:
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")


CLEAN_PATH: tuple[tuple[str, tuple[int, int], Play], ...] = (
    # task, last day of its limit, on which people act at 17:00, and what they do
    ("screen", (3, 30), screened),
    ("declare", (4, 7), lambda office: office.act("declare", "SIGNED")),
    ("reply", (4, 21), lambda office: office.replies()),
    ("score", (4, 28), lambda office: office.graded(860)),
    ("inspect", (5, 14), lambda office: office.inspected()),
    ("opinion-draft", (5, 21), lambda office: office.opinion()),
    ("propose-department", (5, 28), proposed),
    ("decide", (6, 11), decided),
)


async def test_sc_02_clean_path_with_every_limit_used(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-23 17:00"))  # the nomination window, opened 03-02, ends this day
    desk = await open_case(opening(cut_off="2026-03-23"))
    office = Office(desk)
    for task, last_day, play in CLEAN_PATH:
        dues = {t.due for t in (await desk.case()).open_tasks(task)}
        assert dues == {midnight_after(*last_day)}, task
        await office.desk.until(at(*last_day, 17))
        await play(office)
    case = await desk.case()
    assert case.grade is Grade.A
    assert case.window == (local("2026-06-12 00:00"), midnight_after(6, 18))
    await office.desk.until(local("2026-06-18 23:59"))
    assert not (await desk.case()).open_tasks("close-notice")
    await office.desk.until(local("2026-06-19 00:01"))
    await office.close_notice()
    case = await desk.case()
    assert case.state is CaseState.READY
    assert {e.payload["rung"] for e in record.of("rung-reached")} <= {Rung.BLUE.value}, "nothing beyond blue"
    assert len(case.acted("reply", "reply-sign")) == 28
    assert len({t.signer for t in case.acted("opinion-head", "opinion-leader")}) == 2


async def consulting(clock: Clock, open_case: Open) -> Office:
    """A case whose consultation was issued on Monday 2026-03-02."""
    await clock.begin(local("2026-03-02 09:30"))
    office = Office(await open_case(opening()))
    await office.screened()
    return office


async def test_sc_14_double_signature(clock: Clock, open_case: Open, record: FakeRecord) -> None:
    office = await consulting(clock, open_case)
    await office.replies()
    await office.graded()
    await office.inspected()
    await office.act("opinion-draft", "NO_OBJECTION")
    both = office.actor("DISC_HEAD", person="p-two-hats")
    await office.act("opinion-head", "NO_OBJECTION", actor=both, reason="checked")
    before = len(record.events())
    with pytest.raises(RefusedError, match="same-person"):
        await office.act(
            "opinion-leader", "NO_OBJECTION", actor=office.actor("LEADER_IN_CHARGE", person="p-two-hats")
        )
    assert len(record.events()) == before, "a refused signature changes nothing"
    await office.act("opinion-leader", "DEFER", reason="wait for the audit")
    assert [e.payload["opinion"] for e in record.of("opinion-given")] == ["DEFER"]
    case = await office.desk.case()
    assert case.state is CaseState.HELD
    assert {t.reason for t in case.acted() if t.kind in {"opinion-head", "opinion-leader"}} == {
        "checked",
        "wait for the audit",
    }


async def test_sc_14_signature_after_withdrawal_is_refused(clock: Clock, open_case: Open) -> None:
    office = await consulting(clock, open_case)
    await office.replies()
    await office.graded()
    await office.inspected()
    await office.act("opinion-draft", "NO_OBJECTION")
    task = await office.task("opinion-head")
    await office.withdraw()
    late = asks(
        CompleteTask,
        office.actor("DISC_HEAD"),
        task_id=task.id,
        outcome="NO_OBJECTION",
        seen=task.content_digest,
    )
    with pytest.raises(RefusedError, match="case-ended"):
        await office.desk.send(late)


async def test_sc_21_consultation_over_the_may_holiday(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-04-30 15:00"))
    office = Office(await open_case(opening()))
    await office.screened()
    assert (await office.task("reply", "tax")).due == midnight_after(5, 18)
    await office.replies("tax")
    await office.desk.until(local("2026-05-09 11:00"))  # a Saturday that people work
    await office.reply("tax")
    await office.desk.until(local("2026-05-10 12:00"))
    assert [e for e in record.of("rung-reached") if e.payload["unit"] == "tax"] == []
    assert (await office.desk.case()).stage is Stage.GRADING


async def test_sc_21_notice_over_the_autumn_holidays(clock: Clock, open_case: Open) -> None:
    await clock.begin(local("2026-09-24 10:00"))
    office = Office(await open_case(opening()))
    await office.posted()
    assert (await office.desk.case()).window == (local("2026-09-28 00:00"), midnight_after(10, 9))
    await office.desk.until(local("2026-10-09 23:59"))
    assert not (await office.desk.case()).open_tasks("close-notice")
    await office.desk.until(local("2026-10-10 00:01"))
    assert (await office.desk.case()).open_tasks("close-notice")


async def test_sc_21_deadline_in_an_unpublished_year(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-12-28 10:00"))
    office = Office(await open_case(opening()))
    task = await office.task("screen")
    assert task.provisional
    assert task.due is None
    await office.desk.until(local("2027-03-01 10:00"))
    assert record.of("rung-reached") == [], "nothing fires on a calendar that nobody has published"
    await office.load_calendar(CALENDAR_2027)
    task = await office.task("screen")
    assert not task.provisional
    assert task.due == midnight_after(1, 5, 2027)
    assert [e.payload["cause"] for e in record.of("task-extended")] == ["calendar"]
    with pytest.raises(RefusedError, match="calendar-known"):
        await office.load_calendar(CALENDAR_2027)
