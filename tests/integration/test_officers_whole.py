"""The officers' API before the real engine, broker, record and worker: what people see when they act."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.actor import Grant
from tests.servers import NatsServer, TemporalServer, start_temporal
from tests.stores import ABOVE_THE_STORE
from tests.waiting import PATIENCE
from tests.whole_rig import POLICY, Whole, outcome, task_of, whole

SCREENER = Grant(role="SCREENER", district="d01")
CHECKER = Grant(role="SECOND_CHECKER", district="d01")


@pytest.fixture
async def parts(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> AsyncIterator[Whole]:
    """The whole path; the registry keeps to SQLite, which has its own tests on both."""
    async with whole(database_url, nats_server.url, temporal_server.address, tmp_path) as running:
        yield running


async def test_a_screening_is_signed_by_two_people_and_by_nobody_else(parts: Whole) -> None:
    [case_id] = await parts.batch()
    screener = await parts.account(SCREENER, serial=700)
    twin = await parts.account(CHECKER, serial=700)
    checker, evaluator = (
        await parts.account(CHECKER),
        await parts.account(Grant(role="EVALUATOR", district="d01")),
    )
    first = await task_of(screener, "screen")
    path = f"/v1/tasks/{first['task_id']}/outcome"

    assert (await evaluator.post(path, outcome(first, "PASS"))).json()["code"] == "wrong-role"
    assert (await screener.post(path, outcome(first, "MAYBE"))).json()["code"] == "outcome-not-allowed"
    stale = {"outcome": "PASS", "seen": "0" * 64}
    assert (await screener.post(path, stale)).json()["code"] == "stale-digest"
    unsaid = (await screener.post(path, outcome(first, "RETURN"))).json()
    assert (unsaid["code"], [one["field"] for one in unsaid["errors"]]) == ("reason-required", ["reason"])
    assert unsaid["detail"] == "Reason: the outcome Return needs a written reason"
    done = await screener.post(path, outcome(first, "PASS"), key="k1")
    assert done.status_code == 200, done.text
    again = await screener.post(path, outcome(first, "PASS"), key="k1")
    assert again.json() == done.json()
    assert (await screener.post(path, outcome(first, "PASS"))).json()["code"] == "task-closed"

    second = await task_of(checker, "screen-sign")
    sign = f"/v1/tasks/{second['task_id']}/outcome"
    detail = (await checker.get(f"/v1/tasks/{second['task_id']}")).json()
    assert detail["content"]["signed_before"]["outcome"] == "PASS"
    refused = await twin.post(sign, outcome(second, "CONFIRM"))
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person")
    signed = await checker.post(sign, outcome(second, "CONFIRM"))
    assert signed.status_code == 200
    case = (await evaluator.get(f"/v1/cases/{case_id}")).json()
    assert case["stage"] == "ST03"
    auditor = await parts.account(Grant(role="AUDITOR"))
    codes = [one["code"] for one in (await auditor.get("/v1/record/refusals")).json()["items"]]
    assert codes == [
        "wrong-role",
        "outcome-not-allowed",
        "stale-digest",
        "reason-required",
        "task-closed",
        "same-person",
    ]


async def test_of_many_who_decide_at_once_exactly_one_is_accepted(parts: Whole) -> None:
    await parts.batch()
    people = [await parts.account(SCREENER) for _ in range(6)]
    task = await task_of(people[0], "screen")
    path = f"/v1/tasks/{task['task_id']}/outcome"
    answers = await asyncio.gather(*(person.post(path, outcome(task, "PASS")) for person in people))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "task-closed"}


@ABOVE_THE_STORE
async def test_a_withdrawn_case_refuses_every_further_act(parts: Whole) -> None:
    [case_id] = await parts.batch()
    nominee = await parts.account(Grant(role="NOMINEE"), serial=1)
    screener = await parts.account(SCREENER)
    task = await task_of(screener, "screen")
    done = await nominee.post(f"/v1/cases/{case_id}/withdrawal", {"reason": "个人原因"})
    assert done.status_code == 200, done.text
    assert (await nominee.get(f"/v1/cases/{case_id}")).json()["state"] == "WITHDRAWN"
    late = await screener.post(f"/v1/tasks/{task['task_id']}/outcome", outcome(task, "PASS"))
    assert (late.status_code, late.json()["code"]) == (409, "case-ended")


@ABOVE_THE_STORE
async def test_a_removal_is_opened_looked_at_by_two_and_stated_to_by_the_member(parts: Whole) -> None:
    member = await parts.account(Grant(role="MEMBER"), serial=9)
    one, two = [await parts.account(Grant(role="EVALUATOR", district="d01")) for _ in range(2)]
    chair = await parts.account(Grant(role="LEADER_IN_CHARGE", district="d01"))
    lead = {"name": member.name, "text": "连续缺席"}
    body = {"policy": POLICY, "district": "d01", "person_id": member.person_id, "seat": "executive"}
    opened = await one.post("/v1/removals", {**body, "source": "absence", "lead": lead})
    assert opened.status_code == 201, opened.text
    place = opened.headers["Location"]
    for person, kind, word in (
        (one, "lead", "OPENED"),
        (one, "first-look", "CASE"),
        (two, "first-look-sign", "CONFIRM"),
    ):
        assert (await member.get(place)).status_code == 404
        task = await task_of(person, kind)
        body = outcome(task, word, reason="查有实据")
        done = await person.post(f"/v1/tasks/{task['task_id']}/outcome", body)
        assert done.status_code == 200, done.text
    statement = await task_of(member, "statement")
    minutes = {"minutes_digest": "a" * 64}
    case_id = opened.json()["case_id"]
    suspended = await chair.post(f"/v1/removals/{case_id}/suspension", {"cause": "chair-decision", **minutes})
    assert suspended.status_code == 200, suspended.text
    case = (await member.get(place)).json()
    assert (case["state"], case["facts"]["suspended"]) == ("BEING_HEARD", "chair-decision")
    stated = outcome(statement, "STATED", form={"text": "因病请假"})
    done = await member.post(f"/v1/tasks/{statement['task_id']}/outcome", stated)
    assert done.status_code == 200, done.text
    assert (await one.get(place)).json()["stage"] == "R05"


async def test_an_engine_that_is_gone_is_said_and_nothing_is_lost(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    server = start_temporal(tmp_path / "temporal")
    own = f"sqlite+aiosqlite:///{tmp_path / 'own'}.db"
    try:
        async with whole(own, nats_server.url, server.address, tmp_path) as parts:
            await parts.batch()
            screener = await parts.account(SCREENER)
            task = await task_of(screener, "screen")
            path = f"/v1/tasks/{task['task_id']}/outcome"
            server.kill()
            silent = await screener.post(path, outcome(task, "PASS"), key="k1")
            assert (silent.status_code, silent.json()["code"]) == (503, "not-known-yet")
            assert silent.headers["Retry-After"]
            assert (await screener.get("/v1/tasks")).status_code == 200
            server.restart()
            # Nobody asks: the API itself goes on asking until there is an answer.
            async with asyncio.timeout(PATIENCE):
                while (await screener.get(f"/v1/tasks/{task['task_id']}")).json()["state"] != "done":
                    await asyncio.sleep(0.2)
            answer = await screener.post(path, outcome(task, "PASS"), key="k1")
            assert answer.status_code == 200, answer.text
            timeline = await screener.get(f"/v1/cases/{task['case_id']}/timeline", limit=100)
            types = [event["type"] for event in timeline.json()["items"]]
            assert types.count("task-completed") == 1
    finally:
        server.kill()


@ABOVE_THE_STORE
async def test_a_record_that_is_slow_is_answered_with_a_place_to_ask_and_nothing_is_shown_before(
    parts: Whole,
) -> None:
    [case_id] = await parts.batch()
    screener = await parts.account(SCREENER)
    task = await task_of(screener, "screen")
    await parts.registry.stop()
    pending = await screener.post(f"/v1/tasks/{task['task_id']}/outcome", outcome(task, "PASS"), key="k1")
    assert pending.status_code == 202, pending.text
    place = pending.headers["Location"]
    assert (await screener.get(f"/v1/tasks/{task['task_id']}")).json()["state"] == "open"
    await parts.registry.start()
    async with asyncio.timeout(PATIENCE):
        while (done := await screener.get(place)).status_code == 202:
            await asyncio.sleep(0.1)
    assert done.status_code == 200, done.text
    assert done.json()["case_id"] == case_id
    assert (await screener.get(f"/v1/tasks/{task['task_id']}")).json()["state"] == "done"


@ABOVE_THE_STORE
async def test_a_batch_is_begun_once_however_often_it_is_asked_for(parts: Whole) -> None:
    office = await parts.account(Grant(role="ELECTION_OFFICE"))
    body = {"title": "换届", "districts": ["d01"], "policy": POLICY}
    answers = await asyncio.gather(*(office.post("/v1/batches", body, key="k1") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    [batch_id] = {answer.json()["case_id"] for answer in answers}
    assert [one["batch_id"] for one in (await office.get("/v1/batches")).json()["items"]] == [batch_id]


@ABOVE_THE_STORE
async def test_a_batch_with_an_impossible_cut_off_is_refused_and_not_begun(parts: Whole) -> None:
    office = await parts.account(Grant(role="ELECTION_OFFICE"))
    body = {"title": "换届", "districts": ["d01"], "policy": POLICY, "cut_off": "2036-03-23"}
    for _ in range(2):
        answer = await office.post("/v1/batches", body, key="k1")
        assert (answer.status_code, answer.json()["code"]) == (409, "cut-off-out-of-range"), answer.text
    assert (await office.get("/v1/batches")).json()["items"] == []


async def test_one_key_for_two_cases_through_two_processes_at_one_moment_takes_effect_once(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    async with whole(database_url, nats_server.url, temporal_server.address, tmp_path, apis=2) as parts:
        first, second = await parts.batch(people=2)
        here = await parts.account(SCREENER)
        there = here.through(parts.clients[1])
        for number in range(4):
            act = ("claim", "release")[number % 2]
            answers = await asyncio.gather(
                here.post(f"/v1/tasks/{first}.screen.1.1/{act}", key=f"k{number}"),
                there.post(f"/v1/tasks/{second}.screen.1.1/{act}", key=f"k{number}"),
            )
            told = {answer.json().get("code", "done") for answer in answers}
            assert told == {"done", "idempotency-key-reused"}, [answer.text for answer in answers]
            won = next(answer for answer in answers if answer.status_code == 200).json()["case_id"]
            # What lost has changed nothing, and can be done under a key of its own.
            lost = second if won == first else first
            assert (await here.post(f"/v1/tasks/{lost}.screen.1.1/{act}")).status_code == 200
