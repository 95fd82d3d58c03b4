"""Reading the record: entries, pages, head, verification, what was refused; and the process around it."""

import asyncio
import base64
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from contracts.canonical import canonical
from contracts.claim import Signature
from contracts.envelope import Envelope
from services.registry.app import make_app
from services.registry.main import TABLES
from tests.ports import free_port
from tests.record_steps import Step, history, message, step
from tests.registry_rig import TOKEN, Rig, eventually, registry, settings
from tests.servers import NatsServer
from tests.waiting import PATIENCE


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        for one, other in zip(cases(running, "c1"), cases(running, "c2"), strict=True):
            await running.record([one, other])
        yield running


def cases(rig: Rig, case_id: str) -> list[Step]:
    """Five steps of one event."""
    return history(rig.keys, case_id, (1,) * 5)


@pytest.fixture
async def client(rig: Rig) -> AsyncIterator[httpx2.AsyncClient]:
    app = make_app(rig.reading, rig.proof, TOKEN, {"broker": rig.bus.check, "database": rig.database.check})
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        yield client


async def test_the_entries_of_a_case_come_in_pages_without_a_gap_or_a_double(
    client: httpx2.AsyncClient, rig: Rig
) -> None:
    found: list[dict[str, object]] = []
    after: object = -1
    while after is not None:
        page = (await client.get(f"/record/entries?case_id=c2&after={after}&limit=2")).json()
        found += page["items"]
        after = page["next"]
    assert [entry["index"] for entry in found] == [1, 3, 5, 7, 9]
    envelopes = [Envelope.model_validate(entry["envelope"]) for entry in found]
    assert envelopes == [event for (event,) in cases(rig, "c2")]


async def test_an_entry_is_given_as_it_was_recorded_with_who_signed_its_step(
    client: httpx2.AsyncClient, rig: Rig
) -> None:
    entry = (await client.get("/record/entries/2")).json()
    (event,) = cases(rig, "c1")[1]
    assert json.dumps(entry["envelope"], sort_keys=True, separators=(",", ":")) == canonical(event).decode()
    assert entry["index"] == 2
    signature = Signature.model_validate(entry["step_signature"])
    assert (
        rig.proof.step_fault(Envelope.model_validate(entry["envelope"]), entry["digest"], signature) is None
    )


@pytest.mark.parametrize("index", [10, -1, 2**70])
async def test_an_entry_that_is_not_there_is_a_problem_document(
    client: httpx2.AsyncClient, index: int
) -> None:
    answer = await client.get(f"/record/entries/{index}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "after=-2", "limit=x", f"after={2**70}"])
async def test_a_page_that_cannot_be_is_refused_by_the_field_s_name(
    client: httpx2.AsyncClient, query: str
) -> None:
    answer = await client.get(f"/record/entries?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["errors"][0]["field"]


async def test_head_and_verification_agree(client: httpx2.AsyncClient) -> None:
    head = (await client.get("/record/head")).json()
    verification = (await client.get("/record/verify")).json()
    assert head["count"] == 10
    assert verification["status"] == "verified"
    assert verification["proven"] is True
    assert (verification["count"], verification["head"]) == (head["count"], head["entry_hash"])


async def test_what_was_refused_can_be_read_with_its_reason(client: httpx2.AsyncClient, rig: Rig) -> None:
    unknown = message(step(rig.keys, "c9", event_type="never-heard-of"), rig.keys.step)
    await rig.declined(unknown)
    (item,) = (await client.get("/record/attempts")).json()["items"]
    assert (item["code"], item["key_id"], item["account_id"]) == (
        "unknown-event",
        rig.keys.step.key_id,
        "a-1",
    )
    assert base64.b64decode(item["body"]) == unknown
    assert (await client.get(f"/record/attempts?after={item['number']}")).json()["items"] == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
@pytest.mark.parametrize(
    "path", ["/record/entries", "/record/entries/0", "/record/head", "/record/verify", "/record/attempts"]
)
async def test_nothing_is_read_without_the_token(
    client: httpx2.AsyncClient, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = await client.get(path, headers={"Authorization": "", **headers})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_there_is_no_way_to_write(client: httpx2.AsyncClient, method: str) -> None:
    for path in ("/record/entries", "/record/entries/0", "/record/attempts", "/record/head"):
        assert (await client.request(method, path)).status_code == 405


async def test_health_tells_when_the_broker_is_away(
    client: httpx2.AsyncClient, nats_server: NatsServer
) -> None:
    assert (await client.get("/healthz", headers={"Authorization": ""})).status_code == 200
    nats_server.kill()
    answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"broker": "failed", "database": "ok"}


def environment(database_url: str, nats_url: str, token: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "QX_REGISTRY_DATABASE_URL": database_url,
        "QX_REGISTRY_NATS_URL": nats_url,
        "QX_REGISTRY_TOKEN_FILE": str(token),
        "QX_REGISTRY_PUBLIC_KEYS_DIR": str(token.parent / "keys" / "public"),
        "QX_REGISTRY_ENTRY_KEY_FILE": str(token.parent / "keys" / "registry" / "entry.key"),
        "QX_REGISTRY_PORT": str(port),
    }


async def run(module: str, *arguments: str, env: dict[str, str]) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, env=env, stdout=-1, stderr=-1
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_the_registry_runs_alone_serves_and_ends_on_a_signal(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    port = free_port()
    values = settings(database_url, nats_server.url, tmp_path)
    env = environment(database_url, nats_server.url, values.token_file, port)
    code, _, err = await run("services.registry", env=env)
    assert code == 2
    assert "python -m services.registry migrate" in err
    assert (await run("services.registry", "migrate", env=env))[0] == 0
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.registry", env=env, stderr=-1
    )
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

            async def healthy() -> bool:
                try:
                    return (await client.get("/healthz")).status_code == 200
                except httpx2.HTTPError:
                    return False

            assert await eventually(healthy)
            answer = await client.get("/record/head", headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.json() == {"count": 0, "entry_hash": "0" * 64}
            assert (await client.post("/record/head", content=b"x" * 2_000_000)).status_code == 413
    finally:
        process.send_signal(signal.SIGTERM)
        _, err_bytes = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, err_bytes.decode()


async def test_fsck_verifies_and_names_the_first_broken_entry(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    path = tmp_path / "r.db"
    url = f"sqlite+aiosqlite:///{path}"
    async with registry(url, nats_server.url, tmp_path) as rig:
        await rig.record(history(rig.keys, "c1", (1, 1, 2)))
        head = (await rig.reading.head()).entry_hash
    env = environment(url, nats_server.url, tmp_path / "token", 0)
    code, out, _ = await run("services.registry.fsck", "--head", f"3:{head}", env=env)
    assert code == 0
    assert json.loads(out) == {"status": "verified", "count": 4, "head": head, "proven": True}
    code, out, _ = await run("services.registry.fsck", "--unproven", env=env)
    assert (code, json.loads(out)["proven"]) == (0, False)
    code, out, _ = await run("services.registry.fsck", "--head", f"4:{head}", env=env)
    assert code == 1
    with sqlite3.connect(path) as attacker:
        attacker.execute("DROP TRIGGER entries_update")
        attacker.execute("UPDATE entries SET body = replace(body, 'police', 'court') WHERE entry_index = 2")
    attacker.close()
    code, out, _ = await run("services.registry.fsck", env=env)
    assert code == 1
    broken = json.loads(out)
    assert (broken["status"], broken["index"], broken["case_id"]) == ("broken", 2, "c1")
    code, _, err = await run("services.registry.fsck", "--head", "nonsense", env=env)
    assert code == 2
    assert "--head" in err


async def test_a_missing_setting_ends_the_process_with_its_name(tmp_path: Path) -> None:
    bare = {key: value for key, value in os.environ.items() if not key.startswith("QX_")}
    code, _, err = await run("services.registry", env=bare)
    assert code == 2
    assert "QX_REGISTRY_DATABASE_URL" in err
    assert "QX_REGISTRY_TOKEN_FILE" in err
    env = environment(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}", "nats://127.0.0.1:1", tmp_path / "none", 0)
    await TABLES.migrate(settings(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}", "nats://127.0.0.1:1", tmp_path))
    code, _, err = await run("services.registry", env=env)
    assert code == 2
    assert "QX_REGISTRY_TOKEN_FILE" in err
    values = settings(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}", "nats://127.0.0.1:1", tmp_path)
    values.entry_key_file.unlink()
    code, _, err = await run(
        "services.registry", env=environment(values.database_url, "", values.token_file, 0)
    )
    assert code == 2
    assert "entry.key" in err
