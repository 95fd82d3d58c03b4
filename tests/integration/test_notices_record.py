"""The notices and the registry together: letters of what is recorded, on one broker."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.canonical import envelope_digest
from services.kit.http import serve_app
from services.registry.app import make_app
from tests.notices_rig import TOKEN, Rig, notices
from tests.ports import free_port
from tests.registry_rig import Rig as Registry
from tests.registry_rig import registry
from tests.servers import HOST, NatsServer
from tests.stories import case_opened, task_opened
from tests.waiting import reachable


@pytest.fixture
async def record(tmp_path: Path, nats_server: NatsServer) -> AsyncIterator[tuple[Registry, str]]:
    """A registry, and where it answers readers."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'record.db'}"
    stop, port = asyncio.Event(), free_port()
    async with registry(url, nats_server.url, tmp_path) as running:
        app = make_app(running.reading, running.proof, TOKEN, {})
        serving = asyncio.create_task(serve_app(app, HOST, port, stop))
        await reachable(f"http://{HOST}:{port}/healthz")
        yield running, f"http://{HOST}:{port}"
        stop.set()
        await serving


async def tell(record: Registry, office: Rig, case_id: str) -> None:
    """Let a case be opened and its nominee be asked, on the record."""
    story = office.story(case_id)
    opening = story.then(case_opened(person_id=f"p-{case_id}"))
    await record.record([opening, story.then(task_opened(case_id, "declare"))])
    lines = await record.reading.entries(case_id=case_id, after=-1, limit=10)
    assert [one.entry.digest for one in lines] == [envelope_digest(event) for event in story.events]


async def test_a_letter_follows_the_registrys_own_entries(
    record: tuple[Registry, str], sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    running, url = record
    async with notices(sqlite_url, nats_server, tmp_path, registry_url=url) as office:
        await tell(running, office, "c1")
        assert [one["type"] for one in await office.count(1)] == ["N04"]
        await office.stop()
        await tell(running, office, "c2")
        await office.start()
        await office.count(1, person_id="p-c2")
        await tell(running, office, "c3")
        await office.count(1, person_id="p-c3")
        assert [one["position"] for one in await office.letters()] == [1, 2, 3]
        assert await office.followed() == 5
