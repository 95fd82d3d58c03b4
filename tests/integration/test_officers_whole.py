"""The officers' API before the real engine, broker, record and worker: what people see when they act."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from services.kit.casefeed import RecordReader
from services.officers.readmodel.writing.feed import Feed

from contracts.actor import Grant
from contracts.names import batch_workflow_id
from services.kit import jetstream
from services.kit.settings import ServiceSettings
from services.officers.desk.gateway import TemporalEngine
from services.officers.readmodel.writing.projector import Projector
from services.officers.routes.rosters import XLSX
from services.registry.app import make_app as make_record_app
from tests.decision_rig import DecisionRig, deciding
from tests.officers_rig import Person, Rig, officers
from tests.servers import NatsServer, TemporalServer, start_temporal
from tests.unit.officers.sheets import row, sheet

POLICY = "2026.1-demo"


@dataclass
class Whole:
    """Everything behind the API, real."""

    rig: Rig
    decision: DecisionRig

    async def batch(self) -> str:
        """A batch with one nominee, opened and filled through the API; returns the case's id."""
        office = await self.rig.account(Grant(role="ELECTION_OFFICE"))
        nominator = await self.rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
        body = {"title": "换届", "districts": ["d01"], "policy": POLICY}
        made = await office.post("/v1/batches", body)
        assert made.status_code == 201, made.text
        path = f"/v1/batches/{made.json()['batch_id']}/roster"
        sent = await nominator.post(
            path, headers={"Content-Type": XLSX}, content=sheet([row(1)]), params={"dry_run": "false"}
        )
        assert sent.status_code == 201, sent.text
        async with asyncio.timeout(20):
            while not (cases := (await office.get("/v1/cases")).json()["items"]):
                await asyncio.sleep(0.05)
            while not (await office.get(f"/v1/cases/{cases[0]['case_id']}")).json()["open_tasks"]:
                await asyncio.sleep(0.05)
        return str(cases[0]["case_id"])


@contextlib.asynccontextmanager
async def whole(
    database_url: str, nats: NatsServer, temporal_address: str, directory: Path, records: str
) -> AsyncIterator[Whole]:
    """Registry, worker and API in this process, over the caller's servers."""
    for name in ("record", "api"):
        (directory / name).mkdir()
    async with (
        deciding(records, nats.url, temporal_address, directory / "api") as decision,
        officers(directory / "api", database_url) as rig,
    ):
        engine = TemporalEngine(temporal_address, "default", decision.keyring, wait=8)
        rig.office.desk.engine = engine
        bus = await jetstream.connect(ServiceSettings(nats_url=nats.url), "officers")
        read = httpx2.ASGITransport(app=make_record_app(decision.record.store, "token", {}))
        async with httpx2.AsyncClient(transport=read) as client:
            record = RecordReader(client, "http://record", "token")
            feed = Feed(bus, Projector(rig.office.database, record, rig.office.desk.progress))
            stop = asyncio.Event()
            running = asyncio.create_task(feed.run(stop))
            try:
                yield Whole(rig, decision)
            finally:
                stop.set()
                await running
                await bus.close()


@pytest.fixture
async def parts(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> AsyncIterator[Whole]:
    """The whole path; the registry keeps to SQLite, which has its own tests on both."""
    records = f"sqlite+aiosqlite:///{tmp_path / 'record.db'}"
    async with whole(database_url, nats_server, temporal_server.address, tmp_path, records) as running:
        yield running


async def task_of(person: Person, kind: str) -> dict[str, Any]:
    """The caller's one open task of this kind."""
    async with asyncio.timeout(10):
        while not (found := (await person.get("/v1/tasks", kind=kind)).json()["items"]):
            await asyncio.sleep(0.05)
    task: dict[str, Any] = found[0]
    return task


def outcome(task: dict[str, Any], word: str, **more: Any) -> dict[str, Any]:
    return {"outcome": word, "seen": task["content_digest"], **more}


async def test_a_screening_is_signed_by_two_people_and_by_nobody_else(parts: Whole) -> None:
    case_id = await parts.batch()
    screener = await parts.rig.account(Grant(role="SCREENER", district="d01"), serial=700)
    twin = await parts.rig.account(Grant(role="SECOND_CHECKER", district="d01"), serial=700)
    checker = await parts.rig.account(Grant(role="SECOND_CHECKER", district="d01"))
    evaluator = await parts.rig.account(Grant(role="EVALUATOR", district="d01"))
    first = await task_of(screener, "screen")
    path = f"/v1/tasks/{first['task_id']}/outcome"

    assert (await evaluator.post(path, outcome(first, "PASS"))).json()["code"] == "wrong-role"
    assert (await screener.post(path, outcome(first, "MAYBE"))).json()["code"] == "outcome-not-allowed"
    stale = {"outcome": "PASS", "seen": "0" * 64}
    assert (await screener.post(path, stale)).json()["code"] == "stale-digest"
    assert (await screener.post(path, outcome(first, "RETURN"))).json()["code"] == "reason-required"
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
    assert case["sequence"] == signed.json()["sequence"]
    auditor = await parts.rig.account(Grant(role="AUDITOR"))
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
    people = [await parts.rig.account(Grant(role="SCREENER", district="d01")) for _ in range(6)]
    task = await task_of(people[0], "screen")
    path = f"/v1/tasks/{task['task_id']}/outcome"
    answers = await asyncio.gather(*(person.post(path, outcome(task, "PASS")) for person in people))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "task-closed"}


async def test_a_withdrawn_case_refuses_every_further_act(parts: Whole) -> None:
    case_id = await parts.batch()
    nominee = await parts.rig.account(Grant(role="NOMINEE"), serial=1)
    screener = await parts.rig.account(Grant(role="SCREENER", district="d01"))
    task = await task_of(screener, "screen")
    done = await nominee.post(f"/v1/cases/{case_id}/withdrawal", {"reason": "个人原因"})
    assert done.status_code == 200, done.text
    assert (await nominee.get(f"/v1/cases/{case_id}")).json()["state"] == "WITHDRAWN"
    late = await screener.post(f"/v1/tasks/{task['task_id']}/outcome", outcome(task, "PASS"))
    assert (late.status_code, late.json()["code"]) == (409, "case-ended")


async def test_an_engine_that_is_gone_is_said_and_nothing_is_lost(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    server = start_temporal(tmp_path / "temporal")
    records, own = (f"sqlite+aiosqlite:///{tmp_path / name}.db" for name in ("record", "own"))
    try:
        async with whole(own, nats_server, server.address, tmp_path, records) as parts:
            await parts.batch()
            screener = await parts.rig.account(Grant(role="SCREENER", district="d01"))
            task = await task_of(screener, "screen")
            path = f"/v1/tasks/{task['task_id']}/outcome"
            server.kill()
            silent = await screener.post(path, outcome(task, "PASS"), key="k1")
            assert (silent.status_code, silent.json()["code"]) == (503, "engine-unavailable")
            assert silent.headers["Retry-After"]
            assert (await screener.get("/v1/tasks")).status_code == 200
            server.restart()
            # First no engine, then perhaps a worker that has not come back to it: the same request goes on.
            async with asyncio.timeout(60):
                while (answer := await screener.post(path, outcome(task, "PASS"), key="k1")).status_code in (
                    202,
                    503,
                ):
                    await asyncio.sleep(0.2)
            assert answer.status_code == 200, answer.text
            again = await screener.post(path, outcome(task, "PASS"), key="k1")
            assert again.json() == answer.json()
            timeline = (await screener.get(f"/v1/cases/{task['case_id']}/timeline", limit=100)).json()[
                "items"
            ]
            assert sum(event["type"] == "task-completed" for event in timeline) == 1
    finally:
        server.kill()


async def test_a_record_that_is_slow_is_answered_with_a_place_to_ask_and_nothing_is_shown_before(
    parts: Whole,
) -> None:
    case_id = await parts.batch()
    screener = await parts.rig.account(Grant(role="SCREENER", district="d01"))
    task = await task_of(screener, "screen")
    parts.rig.office.desk.engine._wait = 1.0  # type: ignore[attr-defined]
    await parts.decision.record.stop()
    pending = await screener.post(f"/v1/tasks/{task['task_id']}/outcome", outcome(task, "PASS"), key="k1")
    assert pending.status_code == 202, pending.text
    place = pending.headers["Location"]
    assert (await screener.get(place)).status_code == 202
    assert (await screener.get(f"/v1/tasks/{task['task_id']}")).json()["state"] == "open"
    parts.decision.record.start()
    async with asyncio.timeout(30):
        while (done := await screener.get(place)).status_code == 202:
            await asyncio.sleep(0.1)
    assert done.status_code == 200, done.text
    assert done.json()["case_id"] == case_id
    assert (await screener.get(f"/v1/tasks/{task['task_id']}")).json()["state"] == "done"


async def test_a_batch_workflow_is_started_once_under_its_own_id(parts: Whole) -> None:
    office = await parts.rig.account(Grant(role="ELECTION_OFFICE"))
    body = {"title": "换届", "districts": ["d01"], "policy": POLICY}
    answers = await asyncio.gather(*(office.post("/v1/batches", body, key="k1") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    [batch_id] = {answer.json()["batch_id"] for answer in answers}
    handle = parts.decision.client.get_workflow_handle(batch_workflow_id(batch_id))
    assert (await handle.describe()).status is not None
    assert [one["batch_id"] for one in (await office.get("/v1/batches")).json()["items"]] == [batch_id]
