"""A command that got no answer: kept sealed, asked again by the process itself, across restarts, until it has one."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from contracts.commands.base import Accepted, Command
from contracts.events.case import CaseFiled
from services.officers.desk.engine import Absent, Pending, Unheard
from tests.officers_ground import settings_in
from tests.officers_rig import Person, Rig, running
from tests.screening import PASS, TASK, recording, refusals, refusing, screener


async def left(rig: Rig) -> list[Any]:
    """What is kept of unanswered commands."""
    rows = await rig.office.database.look(lambda unit: unit.execute(text("SELECT * FROM unanswered")).all())
    return list(rows)


def same(sent: list[Command]) -> bool:
    """Whether one and the same command was sent each time."""
    return len({command.model_dump_json() for command in sent}) == 1


async def slow(rig: Rig, person: Person, key: str = "k1") -> str:
    """An act whose case does not answer in time; the place to ask."""
    rig.engine.answers = lambda command: Pending()
    pending = await person.post(f"{TASK}/outcome", {**PASS, "reason": "personal words"}, key=key)
    assert pending.status_code == 202
    place: str = pending.headers["Location"]
    return place


async def test_a_slow_record_is_answered_with_a_place_to_ask(rig: Rig) -> None:
    person = await screener(rig)
    other = await rig.account()
    place = await slow(rig, person)
    assert (await person.get(place)).status_code == 202
    assert (await other.get(place)).status_code == 404
    rig.engine.answers = recording(rig)
    done = await person.get(place)
    assert (done.status_code, done.json()["case_id"]) == (200, "c1")
    assert (await person.get(place)).json() == done.json()
    repeated = await person.post(f"{TASK}/outcome", {**PASS, "reason": "personal words"}, key="k1")
    assert repeated.json() == done.json()
    assert same(rig.engine.sent)


async def test_what_is_kept_is_sealed_and_forgotten_when_the_answer_has_come(rig: Rig) -> None:
    person = await screener(rig)
    await slow(rig, person)
    [row] = await left(rig)
    assert "personal words" not in str(row)
    rig.engine.answers = recording(rig)
    await rig.asking_again.round()
    await rig.asking_again.round()
    assert await left(rig) == []


async def test_a_refusal_after_waiting_is_found_at_the_place_to_ask(rig: Rig) -> None:
    person = await screener(rig)
    place = await slow(rig, person)
    rig.engine.answers = refusing("claimed-by-other")
    for _ in range(2):
        assert (await person.get(place)).json()["code"] == "claimed-by-other"
    [kept] = await refusals(rig)
    assert (kept["code"], kept["act"], kept["target"]) == ("claimed-by-other", "complete", "c1.screen.1.1")
    assert await left(rig) == []


async def test_nobody_needs_to_come_back_for_an_answer(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Unheard()
    refused = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (503, "not-known-yet")
    assert refused.headers["Retry-After"]
    rig.engine.answers = recording(rig)
    assert await rig.asking_again.round() == 1
    assert await rig.asking_again.round() == 0
    assert same(rig.engine.sent)
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (again.status_code, len(rig.engine.sent)) == (200, 2)
    assert await refusals(rig) == []


async def test_it_is_asked_again_after_a_restart(rig: Rig, tmp_path: Path) -> None:
    person = await screener(rig)
    await slow(rig, person)
    settings = settings_in(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}")
    async with running(settings) as later:
        later.engine.answers = lambda command: Accepted(case_id="c1", sequence=3, index=-1)
        assert await later.asking_again.round() == 1
        assert same([*rig.engine.sent, *later.engine.sent])


async def test_one_that_cannot_be_asked_for_does_not_keep_the_others_from_it(rig: Rig) -> None:
    person = await screener(rig)
    await slow(rig, person, "k1")
    await slow(rig, person, "k2")
    first = rig.engine.sent[0].command_id

    def answers(command: Command) -> Any:
        if command.command_id == first:
            return ZeroDivisionError()
        return recording(rig)(command)

    rig.engine.answers = answers
    await rig.asking_again.round()
    await rig.asking_again.round()
    assert [row.command_id for row in await left(rig)] == [first]


async def test_another_body_under_the_key_of_an_unanswered_command_is_refused(rig: Rig) -> None:
    person = await screener(rig)
    await slow(rig, person)
    other = await person.post(f"{TASK}/claim", key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert len(rig.engine.sent) == 1


async def test_a_case_that_does_not_run_is_over_only_once_its_file_is_closed(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Absent()
    lost = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (lost.status_code, lost.json()["code"]) == (503, "not-known-yet")
    assert len(await left(rig)) == 1
    assert await refusals(rig) == []
    await rig.tell(rig.stories["c1"], CaseFiled(retention="R1"))
    assert await rig.asking_again.round() == 1
    assert await left(rig) == []
    over = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (over.status_code, over.json()["code"]) == (409, "case-ended")
