"""Many tasks signed at once: each sent by the path of a single answer, none twice, none lost, and nothing adverse."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask
from contracts.events.task import Answer, TaskCancelled, TaskCompleted
from contracts.refusals import RefusalCode
from contracts.vocabulary import Stage
from services.officers.bundles import carrying, store
from services.officers.bundles.carrying import Carrying
from services.officers.bundles.tables import BundleRow
from services.officers.desk.engine import Unheard
from services.officers.web.problems import RefusedError
from tests.consulted import department
from tests.officers_ground import settings_in
from tests.officers_rig import DIGEST, Person, Rig, officers, running, task_opened
from tests.unit.officers.stale import long_ago

WORDS = "已核对登记"


def task(number: int, kind: str = "reply", signature: int = 1) -> str:
    return f"c{number}.{kind}.1.tax.{signature}"


def runner(rig: Rig) -> Carrying:
    office = rig.office
    parts = (office.bundles, office.completing, office.desk, office.standings, office.policy)
    return Carrying(office.database, *parts)


def deciding(rig: Rig) -> Callable[[Command], Any]:
    """Each case takes the answer and records it."""

    def decide(command: Command) -> Any:
        assert isinstance(command, CompleteTask)
        completed = TaskCompleted(
            task_id=command.task_id,
            kind="reply",
            stage=Stage.CONSULTATION,
            unit="tax",
            outcome=command.outcome,
            answer_digest="a" * 64,
            private=Answer(form=command.form, reason=command.reason),
        )
        return rig.record(command, completed)

    return decide


async def asked(rig: Rig, many: int = 3) -> Person:
    """An officer whom so many letters wait for."""
    await rig.batch()
    for number in range(1, many + 1):
        story = await rig.case(f"c{number}", serial=number)
        await rig.tell(story, task_opened(f"c{number}", "reply", "tax"))
    rig.engine.answers = deciding(rig)
    return await rig.account(department("DEPT_OFFICER"))


def bundle(*tasks: str, outcome: str = "NO_ISSUE", **more: Any) -> dict[str, Any]:
    return {"items": [{"task_id": one, "seen": DIGEST} for one in tasks], "outcome": outcome, **more}


async def signed(person: Person, body: dict[str, Any], key: str | None = None) -> str:
    taken = await person.post("/v1/bundles", body, key=key)
    assert taken.status_code == 201, taken.text
    assert taken.headers["Location"] == f"/v1/bundles/{taken.json()['bundle_id']}"
    where: str = taken.headers["Location"]
    return where


async def results(person: Person, where: str) -> list[tuple[str, str]]:
    shown = (await person.get(where)).json()
    return [(one["state"], one["code"]) for one in shown["items"]]


async def kept(rig: Rig) -> int:
    async with rig.office.database.connection() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM bundle_items"))).scalar_one())


async def test_every_item_is_sent_with_what_was_seen_of_it_and_has_its_own_result(rig: Rig) -> None:
    person = await asked(rig)
    body = bundle(task(1), task(2), task(3))
    body["items"][1] |= {"outcome": "NO_RECORD", "reason": WORDS}
    where = await signed(person, body, key="k1")
    assert await signed(person, body, key="k1") == where
    assert await results(person, where) == [("waiting", "")] * 3
    async with rig.office.database.connection() as connection:
        rows = (await connection.execute(text("SELECT sealed FROM bundle_items"))).all()
    assert WORDS not in str(rows).encode().decode("unicode_escape")
    assert await runner(rig).round() == 3
    sent = [one for one in rig.engine.sent if isinstance(one, CompleteTask)]
    assert [
        (one.task_id, one.outcome, one.reason, one.seen) for one in sorted(sent, key=lambda s: s.task_id)
    ] == [
        (task(1), "NO_ISSUE", "", DIGEST),
        (task(2), "NO_RECORD", WORDS, DIGEST),
        (task(3), "NO_ISSUE", "", DIGEST),
    ]
    shown = (await person.get(where)).json()
    assert shown["counts"] == {"waiting": 0, "done": 3, "refused": 0}
    assert {one["case_id"] for one in shown["items"]} == {"c1", "c2", "c3"}
    assert all(one["index"] is not None for one in shown["items"])
    colleague = await rig.account(department("DEPT_OFFICER"))
    assert (await colleague.get(where)).json()["code"] == "unknown-bundle"
    async with rig.office.database.connection() as connection:
        left = await connection.execute(text("SELECT 1 FROM bundle_items WHERE sealed IS NOT NULL"))
    assert left.all() == [], "what was said stands on the record, and here no more"


async def test_after_a_kill_none_is_sent_twice_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with officers(tmp_path) as rig:
        person = await asked(rig, 4)
        where = await signed(person, bundle(*(task(number) for number in range(1, 5))))
        keep = store.settle

        def dies(unit: Any, item_id: str, values: Any) -> None:
            # The case has recorded it; the process is gone before the result is kept.
            if item_id.endswith((".0002", ".0003")):
                raise RuntimeError("killed")
            keep(unit, item_id, values)

        monkeypatch.setattr(store, "settle", dies)
        await runner(rig).round()
        assert [state for state, _ in await results(person, where)] == ["done", "waiting", "waiting", "done"]
        assert len(rig.engine.sent) == 4
    monkeypatch.undo()
    async with running(settings_in(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}")) as rig:
        assert await runner(rig).round() == 2
        assert await results(person.through(rig.client), where) == [("done", "")] * 4
        assert rig.engine.sent == [], "the record has both already"


async def test_what_has_no_answer_yet_waits_and_what_is_refused_says_why(rig: Rig) -> None:
    person = await asked(rig)
    decide = deciding(rig)

    def unwell(command: Command) -> Any:
        assert isinstance(command, CompleteTask)
        if command.task_id == task(1):
            return RefusedError(RefusalCode.CASE_HELD, "the case is on hold")
        return Unheard() if command.task_id == task(2) else decide(command)

    rig.engine.answers = unwell
    await rig.tell(
        rig.stories["c3"], TaskCancelled(task_id=task(3), kind="reply", unit="tax", cause=Cause.CONFLICT)
    )
    where = await signed(person, bundle(task(1), task(2), task(3), "c9.reply.1.tax.1"))
    await runner(rig).round()
    assert await results(person, where) == [
        ("refused", "case-held"),
        ("waiting", ""),
        ("done", ""),
        ("refused", "unknown-task"),
    ], "whether a task is open says its case, by the path of a single answer"
    [held] = [one for one in (await person.get(where)).json()["items"] if one["code"] == "case-held"]
    assert held["title"]
    assert held["detail"] == "the case is on hold"
    rig.engine.answers = decide
    await rig.asking_again.round()
    await runner(rig).round()
    assert (await results(person, where))[1] == ("done", "")


@pytest.mark.parametrize("outcome", ["ISSUE", "RECUSED", "EXTENDED", "CONFIRM"])
async def test_what_is_adverse_is_refused_whole_and_named(rig: Rig, outcome: str) -> None:
    person = await asked(rig)
    body = bundle(task(1), task(2))
    body["items"][1] |= {"outcome": outcome, "reason": WORDS}
    refused = await person.post("/v1/bundles", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "not-bundled")
    assert [one["field"] for one in refused.json()["errors"]] == ["items.1"]
    assert await kept(rig) == 0


async def test_a_head_confirms_many_answers_that_name_nothing_and_opens_the_others(rig: Rig) -> None:
    await asked(rig, 2)
    head = await rig.account(department("DEPT_HEAD"))
    for number, outcome in ((1, "NO_ISSUE"), (2, "ISSUE")):
        completed = TaskCompleted(
            task_id=task(number), kind="reply", stage=Stage.CONSULTATION, unit="tax", outcome=outcome,
            answer_digest="a" * 64, private=Answer(form={}, reason=""),
        )  # fmt: skip
        opened = task_opened(f"c{number}", "reply-sign", "tax", content_digest="a" * 64, signature=2)
        await rig.tell(rig.stories[f"c{number}"], completed, opened)
    both = [{"task_id": task(number, "reply-sign", 2), "seen": "a" * 64} for number in (1, 2)]
    refused = await head.post("/v1/bundles", {"items": both, "outcome": "CONFIRM"})
    assert (refused.json()["code"], [one["field"] for one in refused.json()["errors"]]) == (
        "not-bundled",
        ["items.1"],
    )
    old = await long_ago(rig, head)
    stale = await old.post("/v1/bundles", {"items": both[:1], "outcome": "CONFIRM"})
    assert stale.json()["code"] == "stale-authentication", "as fresh as a single countersignature"
    await signed(head, {"items": both[:1], "outcome": "CONFIRM"})


async def test_a_form_that_is_wrong_is_named_before_anything_is_kept(rig: Rig) -> None:
    person = await asked(rig)
    refused = await person.post("/v1/bundles", bundle(task(1), form={"slipped": "in"}))
    assert (refused.json()["code"], refused.json()["errors"][0]["field"]) == ("form-invalid", "items.0")
    assert await kept(rig) == 0


async def test_a_task_stands_in_a_bundle_once_and_a_bundle_has_a_bound(rig: Rig) -> None:
    person = await asked(rig)
    assert (await person.post("/v1/bundles", bundle(task(1), task(1)))).json()["code"] == "invalid"
    many = bundle(*(f"c{number}.reply.1.tax.1" for number in range(1001)))
    assert (await person.post("/v1/bundles", many)).status_code == 422
    assert (await person.post("/v1/bundles", bundle())).status_code == 422


async def test_nothing_is_sent_in_the_name_of_an_account_that_is_closed_or_after_its_time(rig: Rig) -> None:
    person = await asked(rig)
    late = await signed(person, bundle(task(1)))
    async with rig.office.database.write() as session:
        await session.exec(update(BundleRow).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    await runner(rig).round()
    assert await results(person, late) == [("refused", "bundle-over")]
    where = await signed(person, bundle(task(2)))
    async with rig.office.database.write() as session:
        await session.exec(text("UPDATE accounts SET disabled = 1"))  # type: ignore[call-overload]
    rig.office.standings.forget(person.account_id)
    await runner(rig).round()
    async with rig.office.database.connection() as connection:
        codes = (
            (await connection.execute(text("SELECT code FROM bundle_items ORDER BY item_id"))).scalars().all()
        )
    assert codes == ["bundle-over", "account-out-of-force"]
    assert rig.engine.sent == []
    assert where


async def test_results_are_forgotten_when_they_are_old(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await asked(rig)
    where = await signed(person, bundle(task(1)))
    carrier = runner(rig)
    monkeypatch.setattr(carrying, "KEPT", timedelta(0))
    await carrier.round()
    assert (await person.get(where)).status_code == 200, "not while anything is to be sent"
    assert await carrier.round() == 0
    assert (await person.get(where)).json()["code"] == "unknown-bundle"
