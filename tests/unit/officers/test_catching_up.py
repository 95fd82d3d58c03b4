"""No case stands behind the record until somebody happens to act: who is asked to catch up, when, and how often."""

import asyncio
from datetime import datetime, timedelta

import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted
from contracts.events.case import CaseFiled
from services.kit.errors import UnavailableError
from services.officers.desk import arrivals, catching_up
from services.officers.desk.catching_up import CatchingUp
from tests.officers_rig import START, Rig
from tests.screening import PASS, TASK, recording, screened, screener
from tests.waiting import until


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that waits for half a minute waits for a moment."""
    monkeypatch.setattr(arrivals, "ANSWERED_WITHIN", 0.05)
    monkeypatch.setattr(catching_up, "LOOK_SECONDS", 0.02)


class Running:
    """The loop, inside the block; `now` is when it starts."""

    def __init__(self, rig: Rig, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return now

        monkeypatch.setattr(catching_up, "datetime", Clock)
        self._loop = CatchingUp(rig.office.database, rig.engine, rig.arrivals)
        self._stop = asyncio.Event()

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._loop.run(self._stop))

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await self._task


async def test_at_the_start_every_open_case_that_moved_of_late_is_asked(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    await rig.batch()
    await rig.case("c1")
    await rig.removal("r1")
    filed = await rig.case("c2")
    await rig.tell(filed, CaseFiled(retention="R1"))
    async with Running(rig, monkeypatch, START + timedelta(minutes=30)):
        await until(lambda: len(rig.engine.caught_up) >= 3)
        await asyncio.sleep(0.1)
    assert sorted(rig.engine.caught_up) == [("batch", "b1", 1), ("nomination", "c1", 2), ("removal", "r1", 2)]


async def test_cases_that_rested_are_left_alone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    await rig.batch()
    await rig.case("c1")
    async with Running(rig, monkeypatch, START + timedelta(hours=3)):
        await asyncio.sleep(0.15)
    assert rig.engine.caught_up == []


async def test_a_command_that_came_back_and_was_never_answered_here_wakes_its_case(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    person = await screener(rig)
    rig.engine.answers = recording(rig)
    await person.post(f"{TASK}/outcome", PASS)
    # What another process sent and nobody heard the answer of.
    [command] = rig.engine.sent
    other = command.model_copy(update={"claim": command.claim.model_copy(update={"command_id": "k-other"})})
    await rig.case("c2")
    elsewhere = other.model_copy(update={"claim": other.claim.model_copy(update={"target": "c2"})})
    await rig.record(elsewhere, screened(case_id="c2"))
    async with Running(rig, monkeypatch, START + timedelta(hours=3)):
        await until(lambda: rig.engine.caught_up)
        await asyncio.sleep(0.15)
    assert rig.engine.caught_up == [("nomination", "c2", 3)]


async def test_it_is_asked_again_until_it_is_there(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    await rig.batch()
    await rig.case("c1")
    tried: list[str] = []

    def third_time(case_id: str) -> bool:
        tried.append(case_id)
        if len(tried) == 1:
            raise UnavailableError("the engine is away")
        return case_id == "b1" or tried.count("c1") > 2

    rig.engine.reached = third_time
    async with Running(rig, monkeypatch, START):
        await until(lambda: tried.count("c1") == 3)
        before = len(tried)
        await asyncio.sleep(0.2)
    assert len(tried) == before


async def test_history_wakes_nobody(rig: Rig, monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    person = await screener(rig)
    await person.post(f"{TASK}/outcome", PASS)
    rig.arrivals._now = lambda: START + timedelta(hours=2)
    await rig.record(rig.engine.sent[0].model_copy(), screened())
    async with Running(rig, monkeypatch, START + timedelta(hours=3)):
        await asyncio.sleep(0.2)
    assert rig.engine.caught_up == []


async def test_an_answer_counts_whether_it_comes_before_its_entries_or_after(rig: Rig, quick: None) -> None:
    person = await screener(rig)
    other = await rig.account(Grant(role="SCREENER", district="d01"))
    rig.engine.answers = recording(rig)
    await person.post(f"{TASK}/outcome", PASS)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=4, index=-1)
    await other.post(f"{TASK}/claim")
    await rig.record(rig.engine.sent[1], screened())
    await asyncio.sleep(0.1)
    assert rig.arrivals.overdue() == []
