"""Reading in an emergency, and two identities of one person, before the real engine, broker, record and worker."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from tests.person import Person
from tests.servers import NatsServer, TemporalServer
from tests.waiting import until
from tests.whole_rig import Whole, outcome, task_of, whole

SCREENER, CHECKER = Grant(role="SCREENER", district="d01"), Grant(role="SECOND_CHECKER", district="d01")


@pytest.fixture
async def parts(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> AsyncIterator[Whole]:
    async with whole(database_url, nats_server.url, temporal_server.address, tmp_path) as running:
        yield running


async def decided(admin: Person, case_id: str, said: str, by: Person | None = None) -> None:
    """Complete the open task of a request, as the security administrator sees it."""
    shown = (await admin.get(f"/v1/access/{case_id}")).json()["decision"]
    body = {"outcome": said, "form": {}, "reason": "read", "seen": shown["seen"]}
    done = await (by or admin).post(f"/v1/tasks/{shown['task_id']}/outcome", body)
    assert done.status_code == 200, done.text


async def asked(who: Person, path: str, body: dict[str, Any]) -> str:
    answer = await who.post(path, {"reason": "at once", **body})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def test_an_emergency_is_granted_read_ended_and_looked_back_on(parts: Whole) -> None:
    [case] = await parts.batch()
    security, auditor = (
        await parts.account(Grant(role="SECURITY_ADMIN")),
        await parts.account(Grant(role="AUDITOR")),
    )
    reader = await parts.account(Grant(role="CLERK", district="d02"))
    ident = await asked(reader, "/v1/emergencies", {"purpose": "stop-a-wrong", "case_id": case})
    reads = f"/v1/emergencies/{ident}/reads"
    assert (await reader.post(reads, {"case_id": case})).status_code == 404
    await decided(security, ident, "APPROVED")
    shown = await reader.post(reads, {"case_id": case})
    assert shown.status_code == 200, shown.text
    assert shown.json()["shown"]["id_number"]
    await decided(security, ident, "ENDED")
    over = await reader.post(reads, {"case_id": case})
    assert (over.status_code, over.json()["code"]) == (403, "emergency-over")
    await decided(security, ident, "PROPER", by=auditor)
    assert (await auditor.get(f"/v1/emergencies/{ident}")).json()["state"] == "FOUND_PROPER"
    told = (await auditor.get("/v1/record/entries", case_id=ident)).json()["items"]
    assert [one["envelope"]["type"] for one in told].count("emergency-read") == 1


async def test_a_case_that_one_person_signed_twice_comes_before_the_level_above(parts: Whole) -> None:
    [case] = await parts.batch()
    sys, security = (
        await parts.account(Grant(role="SYS_ADMIN")),
        await parts.account(Grant(role="SECURITY_ADMIN")),
    )
    one, two = await parts.account(SCREENER), await parts.account(CHECKER)
    above = await parts.account(Grant(role="UFWD", district="d01"))
    for who, kind, said in ((one, "screen", "PASS"), (two, "screen-sign", "CONFIRM")):
        task = await task_of(who, kind)
        done = await who.post(f"/v1/tasks/{task['task_id']}/outcome", outcome(task, said))
        assert done.status_code == 200, done.text
    both = {"kept": one.person_id, "merged": two.person_id}
    await decided(security, await asked(sys, "/v1/persons/merges", both), "APPROVED")

    async def asks_above() -> bool:
        tasks = (await above.get("/v1/tasks")).json()["items"]
        return [(task["kind"], task["case_id"]) for task in tasks] == [("recusal", case)]

    await until(asks_above)
    task = await task_of(above, "recusal")
    body = {**outcome(task, "RECUSED"), "reason": "one person"}
    assert (await above.post(f"/v1/tasks/{task['task_id']}/outcome", body)).status_code == 200
    assert (await above.get(f"/v1/cases/{case}")).json()["stage"] == "ST02"
