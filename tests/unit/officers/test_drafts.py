"""What somebody has begun to write: there again wherever they sign in, for nobody else, and no longer than its task."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import select

from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.task import TaskCancelled, TaskClaimed, TaskReassigned, TaskReleased
from contracts.sealed import Sealed
from services.officers.drafts import drafts
from services.officers.drafts.tables import DraftRow
from services.officers.journal.tables import JournalRow
from tests.consulted import screener
from tests.officers_ground import settings_in
from tests.officers_rig import DIGEST, Person, Rig, officers, running

TASK = "c1.screen.1.1"
PATH = f"/v1/tasks/{TASK}/draft"
WRITTEN: dict[str, Any] = {"outcome": "RETURN", "form": {"day": "2026-3-"}, "reason": "材料中缺少学历证明"}
BODY = {"seen": DIGEST, "content": WRITTEN}


async def writing(rig: Rig) -> Person:
    await rig.batch()
    await rig.case("c1")
    person = await rig.account(screener())
    saved = await person.put(PATH, BODY)
    assert saved.status_code == 200, saved.text
    return person


async def test_what_was_written_is_there_for_its_writer_and_nobody_else(rig: Rig) -> None:
    person = await writing(rig)
    colleague = await rig.account(screener())
    there = (await person.get(PATH)).json()
    assert (there["content"], there["seen"], there["current"]) == (WRITTEN, DIGEST, True)
    assert (await colleague.get(PATH)).json()["code"] == "unknown-draft"
    assert (await person.put(PATH, {**BODY, "content": {"reason": "改"}})).status_code == 200
    assert (await person.get(PATH)).json()["content"] == {"reason": "改"}
    assert (await colleague.put(PATH, {**BODY, "content": {}})).status_code == 200
    assert (await person.get(PATH)).json()["content"] == {"reason": "改"}, "each writes their own"
    assert (await person.delete(PATH)).status_code == 204
    assert (await person.get(PATH)).json()["code"] == "unknown-draft"
    assert (await colleague.get(PATH)).status_code == 200


async def test_it_lies_sealed_for_its_writer_and_whom_the_case_concerns(rig: Rig) -> None:
    person = await writing(rig)
    async with rig.office.database.read() as session:
        [row] = (await session.exec(select(DraftRow))).all()
        noted = (await session.exec(select(JournalRow).where(JournalRow.target == TASK))).all()
    assert Sealed.model_validate(row.sealed).owners == tuple(sorted(("p-c1", person.person_id)))
    assert WRITTEN["reason"] not in str(row)
    assert noted == [], "what one writes oneself is no reading of somebody's data"


async def test_what_was_written_over_another_content_says_so(rig: Rig) -> None:
    person = await writing(rig)
    await person.put(PATH, {**BODY, "seen": "e" * 64})
    assert (await person.get(PATH)).json()["current"] is False


def ends(person: Person) -> dict[str, tuple[Event, ...]]:
    kin = Conflict(ground="kin", reason="表弟")
    return {
        "task": (TaskCancelled(task_id=TASK, kind="screen", unit="", cause=Cause.CONFLICT),),
        "another's claim": (TaskReassigned(task_id=TASK, person_id="p-other", named=False),),
        "recusal": (
            ConflictDeclared(conflict=1, task_id=TASK, person_id=person.person_id, awaits=False, private=kin),
        ),
        "claim": (TaskClaimed(task_id=TASK, person_id=person.person_id), TaskReleased(task_id=TASK)),
    }


@pytest.mark.parametrize("end", ["task", "another's claim", "recusal", "claim"])
async def test_it_is_gone_with_whatever_it_was_written_for(rig: Rig, end: str) -> None:
    person = await writing(rig)
    assert await rig.office.drafts.round() == 0
    first, *more = ends(person)[end]
    await rig.tell(rig.stories["c1"], first)
    if more:
        assert await rig.office.drafts.round() == 0, "a claim of one's own takes nothing away"
        await rig.tell(rig.stories["c1"], *more)
    else:
        assert (await person.get(PATH)).status_code in {403, 404, 409}, "nor is it shown before it is gone"
    assert await rig.office.drafts.round() == 1
    assert await rig.office.drafts.round() == 0


async def test_what_ends_for_one_goes_on_for_the_others(rig: Rig) -> None:
    person = await writing(rig)
    colleague = await rig.account(screener())
    assert (await colleague.put(PATH, BODY)).status_code == 200
    await rig.tell(rig.stories["c1"], *ends(person)["recusal"])
    assert await rig.office.drafts.round() == 1
    assert (await colleague.get(PATH)).status_code == 200


async def test_it_is_gone_when_nobody_wrote_on_it_for_so_long(rig: Rig) -> None:
    person = await writing(rig)
    async with rig.office.database.write() as session:
        await session.exec(update(DraftRow).values(saved_at=datetime.now(UTC) - timedelta(days=15)))
    assert (await person.get(PATH)).json()["code"] == "unknown-draft", "also before it is gone"
    assert await rig.office.drafts.round() == 1


async def test_what_is_too_large_or_too_many_is_refused_and_keeps_what_was_there(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await writing(rig)
    large = await person.put(PATH, {**BODY, "content": {"reason": "长" * 22_000}})
    assert (large.status_code, large.json()["code"]) == (413, "draft-too-large")
    assert (await person.get(PATH)).json()["content"] == WRITTEN
    await rig.case("c2", serial=2)
    monkeypatch.setattr(drafts, "MOST", 1)
    many = await person.put("/v1/tasks/c2.screen.1.1/draft", BODY)
    assert (many.status_code, many.json()["code"]) == (409, "too-many-drafts")
    assert (await person.put(PATH, BODY)).status_code == 200, "its own place is no further one"


async def test_where_one_may_not_act_there_is_nothing_to_write(rig: Rig) -> None:
    await writing(rig)
    elsewhere = await rig.account(screener("d02"))
    assert (await elsewhere.put(PATH, BODY)).json()["code"] == "unknown-task"
    beside = await rig.account(screener().model_copy(update={"role": "EVALUATOR"}))
    for answer in (await beside.put(PATH, BODY), await beside.get(PATH)):
        assert answer.json()["code"] == "wrong-role"
    mine = await rig.account(screener())
    await rig.tell(rig.stories["c1"], TaskClaimed(task_id=TASK, person_id="p-other"))
    assert (await mine.put(PATH, BODY)).json()["code"] == "claimed-by-other"


async def test_it_outlives_the_process_that_kept_it(tmp_path: Path) -> None:
    async with officers(tmp_path) as rig:
        person = await writing(rig)
        kept = await person.get(PATH)
    async with running(settings_in(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}")) as rig:
        assert (await person.through(rig.client).get(PATH)).json() == kept.json()
