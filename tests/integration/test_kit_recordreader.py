"""Reading the record through its API: every page, in order, and a record that does not answer is told apart."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from contracts.canonical import canonical
from contracts.record import entry_hash
from services.kit.errors import UnavailableError
from services.kit.recordreader import RecordReader
from services.registry.app import make_app
from tests.follower_rig import reader
from tests.ports import free_port
from tests.record_steps import history
from tests.registry_rig import Rig, registry
from tests.servers import NatsServer


@pytest.fixture
async def rig(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as running:
        for one, other in zip(history(None, "c1", (2, 3)), history(None, "c2", (1, 1)), strict=True):
            await running.record([one, other])
        yield running


async def test_entries_come_in_order_and_chain_on(rig: Rig) -> None:
    async with reader(rig) as record:
        first, rest = await record.after(-1, 3), await record.after(2)
        assert [entry.index for entry in (*first, *rest)] == list(range(7))
        last = "0" * 64
        for entry in (*first, *rest):
            last = entry_hash(entry.index, entry.digest, last)
            assert entry.entry_hash == last
        assert await record.after(6) == []


async def test_a_case_is_read_page_by_page(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.kit.recordreader.PAGE", 2)
    events = [event for one in history(None, "c1", (2, 3)) for event in one]
    async with reader(rig) as record:
        found = await record.of_case("c1", -1)
        assert [entry.body for entry in found] == [canonical(event) for event in events]
        assert [entry.envelope for entry in found] == events
        assert [entry.index for entry in await record.of_case("c1", 3)] == [4, 5]
        assert await record.of_case("nobody", -1) == []


async def test_a_record_that_does_not_answer_is_told_apart(rig: Rig) -> None:
    transport = httpx2.ASGITransport(app=make_app(rig.reading, rig.proof, "another", {}))
    async with httpx2.AsyncClient(transport=transport) as client:
        with pytest.raises(UnavailableError, match="401"):
            await RecordReader(client, "http://record", "wrong").after(-1)
    async with httpx2.AsyncClient() as client:
        with pytest.raises(UnavailableError, match="does not answer"):
            await RecordReader(client, f"http://127.0.0.1:{free_port()}", "wrong").of_case("c1", -1)
