"""The notices and the registry together: letters of what is recorded, on one broker."""

import asyncio
from pathlib import Path

import httpx2
from services.kit.casefeed import RecordReader, recorded, refill

from contracts.canonical import envelope_digest
from contracts.catalogue import known
from services.kit.http import serve_app
from services.registry.app import make_app
from tests.notices_rig import TOKEN, notices, reachable, until
from tests.registry_rig import history, registry
from tests.servers import HOST, NatsServer, free_port
from tests.stories import Story, case_opened, task_opened


async def test_the_registry_says_which_events_it_has_and_under_which_digest(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with registry(database_url, nats_server.url, tmp_path) as rig:
        first, second = history("c1", 3), history("c2", 1)
        await rig.receipts([*first, *second])
        transport = httpx2.ASGITransport(app=make_app(rig.store, TOKEN, {}))
        async with httpx2.AsyncClient(transport=transport, base_url="http://record") as client:
            record = RecordReader(client, "http://record", TOKEN)
            found = await recorded(record, ["c1.3", "c2.1", "c2.2", "c3.1"], 0.05)
            assert found == {"c1.3": envelope_digest(first[2]), "c2.1": envelope_digest(second[0])}
            assert [event.sequence for event in await refill(record, "c1", 1)] == [2, 3]
            answer = await client.get("/record/digests", params={"event_id": ["c1.1"]})
            assert answer.status_code == 401


async def test_a_letter_follows_the_registrys_own_entry(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    records = f"sqlite+aiosqlite:///{tmp_path / 'record.db'}"
    stop, port = asyncio.Event(), free_port()
    async with registry(records, nats_server.url, tmp_path, known) as rig:
        serving = asyncio.create_task(serve_app(make_app(rig.store, TOKEN, {}), HOST, port, stop))
        url = f"http://{HOST}:{port}"
        await reachable(f"{url}/healthz")
        async with notices(sqlite_url, nats_server, tmp_path, registry_url=url) as office:
            story = Story("c1", office.keyring)
            story.then(case_opened(), task_opened("c1", "declare"))
            await rig.stop()
            await rig.publish(story.events)
            await asyncio.sleep(1)
            assert await office.letters() == [], "the registry is not recording"
            rig.start()
            found = await until(office.letters)
            assert [one["type"] for one in found] == ["N04"]
            entries = await rig.store.entries(case_id="c1", after=-1, limit=10)
            assert [one.digest for one in entries] == [envelope_digest(event) for event in story.events]
        stop.set()
        await serving
