"""SC-03: a department that never replies, with the exact dates; one a key source, one not."""

import pytest

from contracts.settling import RecordedEvent
from contracts.vocabulary import CaseState, Grade, Stage
from tests.asking import local, opening
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.instants import midnight_after
from tests.office import MINUTES, Office
from tests.workflows.conftest import Open

LADDER = (("03-11", "blue"), ("03-17", "yellow"), ("03-19", "red"), ("03-23", "conference"))
SHEETS = {"blue", "yellow", "red"}
"""Rungs of which each leads to one N06."""


async def silent(clock: Clock, open_case: Open, unit: str) -> Office:
    """A case whose consultation was issued on Monday 2026-03-02; everybody answers but this department."""
    await clock.begin(local("2026-03-02 09:30"))
    office = Office(await open_case(opening()))
    await office.screened()
    await office.replies(unit)
    return office


def rungs(record: FakeRecord, unit: str) -> list[RecordedEvent]:
    return [one for one in record.of("rung-reached") if one.payload["unit"] == unit]


async def test_sc_03_key_source_that_never_replies(clock: Clock, open_case: Open, record: FakeRecord) -> None:
    office = await silent(clock, open_case, "police")
    for day, rung in LADDER:
        await office.desk.until(local(f"2026-{day} 08:59"))
        assert rung not in [e.payload["rung"] for e in rungs(record, "police")], f"{rung} came too early"
        await office.desk.until(local(f"2026-{day} 09:01"))
        assert rungs(record, "police")[-1].payload["rung"] == rung
    with pytest.raises(RefusedError, match="key-source-not-closable"):
        await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.act("conference", "EXTENDED", form=MINUTES)
    assert (await office.task("reply", "police")).due == midnight_after(3, 30)
    await office.desk.until(local("2026-03-30 23:59"))
    assert (await office.desk.case()).state is CaseState.CONSULTING
    await office.desk.until(local("2026-03-31 00:01"))
    case = await office.desk.case()
    assert case.state is CaseState.HELD
    assert [(hold.cause.value, hold.about) for hold in case.holds] == [("department-silent", "police")]
    assert len(record.of("case-held")) == 1, "one N14 to each"
    done = [e.payload["kind"] for e in record.of("task-completed") if e.payload["unit"] == "police"]
    assert done == ["conference"], "nobody answered in its place"


async def test_sc_03_a_held_case_goes_on_with_the_answer_itself(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await silent(clock, open_case, "police")
    await office.desk.until(local("2026-03-23 09:01"))
    await office.act("conference", "EXTENDED", form=MINUTES)
    await office.desk.until(local("2026-04-02 10:00"))
    assert (await office.desk.case()).state is CaseState.HELD
    await office.reply("police")
    case = await office.desk.case()
    assert (case.stage, case.holds) == (Stage.GRADING, ())


async def test_sc_03_source_that_is_not_key_is_closed_in_writing(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await silent(clock, open_case, "finance")
    await office.desk.until(local("2026-03-23 09:01"))
    asked = await office.task("reply", "finance")
    with pytest.raises(RefusedError, match="minutes_digest"):
        await office.act("conference", "CLOSED_NO_REPLY", form={"meeting_on": "2026-03-23"})
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    sheets = [e for e in rungs(record, "finance") if e.payload["rung"] in SHEETS]
    assert [e.payload["task_id"] for e in sheets] == [asked.id] * 3, "N06 count = 3 for that task"
    cancelled = [e for e in record.of("task-cancelled") if e.payload["cause"] == "closed-without-reply"]
    assert [e.payload["unit"] for e in cancelled] == ["finance"]
    await office.graded(900)
    assert (await office.desk.case()).grade is Grade.B
    await office.desk.until(local("2026-03-25 10:00"))
    assert len([e for e in rungs(record, "finance") if e.payload["rung"] in SHEETS]) == 3
