"""deploy/nats/nats.conf on a real NATS: every service can do its work with its rights, and nothing else."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from nats.aio.client import Client
from services.kit.parking import park
from services.kit.pulling import Puller

from contracts.names import PARKED_STREAM, STREAM
from services.kit.jetstream import Bus, connect
from services.kit.settings import ServiceSettings
from tests.servers import HOST, NatsServer, Server, executable, free_port

CONFIG = Path(__file__).parents[2] / "deploy" / "nats" / "nats.conf"
SUBJECT = "vetting.case.case-opened.v1"
READERS = ("registry", "officers", "notices")
EVERYONE = ("worker", *READERS)


def _ready(server: Server) -> bool:
    try:
        with socket.create_connection((HOST, server.port), timeout=1) as connection:
            return connection.recv(4) == b"INFO"
    except OSError:
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    folder = tmp_path_factory.mktemp("nats")
    port = free_port()
    text = CONFIG.read_text()
    # Only what depends on the machine differs from production.
    for ours, here in (
        ('listen: "0.0.0.0:4222"', f'listen: "{HOST}:{port}"'),
        ('http: "127.0.0.1:8222"', ""),
        ('store_dir: "/data"', f'store_dir: "{folder}"'),
        ("max_file_store: 50GB", "max_file_store: 1GB"),
    ):
        assert text.count(ours) == 1
        text = text.replace(ours, here)
    (folder / "nats.conf").write_text(text)
    for user in EVERYONE:
        (folder / user).write_text(f"q-only-for-this-test-{user}")
    passwords = {f"QX_NATS_{user.upper()}": (folder / user).read_text() for user in EVERYONE}
    account: dict[str, object] = {"env": {**os.environ, **passwords}}
    command = [executable("nats-server"), "-c", str(folder / "nats.conf")]
    started = NatsServer(command, folder, _ready, port, account)
    yield started
    started.kill()


@asynccontextmanager
async def _bus(server: NatsServer, user: str) -> AsyncIterator[Bus]:
    settings = ServiceSettings(
        nats_url=server.url, nats_user=user, nats_password_file=server.directory / user
    )
    bus = await connect(settings, user)
    try:
        yield bus
    finally:
        await bus.close()


class Bare:
    """A bare connection, and the refusals that the server sends to it some time after the attempt."""

    def __init__(self) -> None:
        self.client = Client()
        self._refusals: asyncio.Queue[str] = asyncio.Queue()

    async def told(self, error: Exception) -> None:
        """Keep what the server says."""
        await self._refusals.put(str(error))

    async def refused(self) -> bool:
        """Whether the next thing that the server says is a refusal of rights; False when it stays silent."""
        try:
            async with asyncio.timeout(5):
                return "permissions violation" in await self._refusals.get()
        except TimeoutError:
            return False


@asynccontextmanager
async def _client(server: NatsServer, user: str) -> AsyncIterator[Bare]:
    bare = Bare()
    password = (server.directory / user).read_text()
    await bare.client.connect(server.url, user=user, password=password, error_cb=bare.told)
    try:
        yield bare
    finally:
        await bare.client.close()


@pytest.mark.parametrize("reader", READERS)
async def test_the_worker_publishes_and_a_reader_fetches_parks_and_settles(
    server: NatsServer, reader: str
) -> None:
    async with _bus(server, "worker") as worker, _bus(server, reader) as bus:
        await worker.ensure_streams()
        await bus.ensure_streams()
        puller = Puller(bus, reader)
        await puller.restore()
        number = await worker.publish(SUBJECT, b"{}", {"Kind": "good"}, f"one-{reader}")
        await worker.publish(SUBJECT, b"?", {"Kind": "bad"}, f"two-{reader}")
        messages = []
        while len(messages) < number + 1:
            messages += await puller.fetch(10, 1.0)
        for message in messages[:-1]:
            await message.ack()
        await park(bus, messages[-1], reader, "not to be read")
        await bus.flush()
        await bus.check()
        assert await puller.waiting() == 0


async def test_the_registry_answers_into_the_workers_inbox(server: NatsServer) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    async with _bus(server, "worker") as worker, _bus(server, "registry") as registry:
        inbox = await worker.listen(heard.put)
        await worker.flush()
        await registry.reply(inbox, b"receipt")
        async with asyncio.timeout(5):
            assert await heard.get() == b"receipt"


@pytest.mark.parametrize("reader", READERS)
async def test_nobody_but_the_worker_publishes_an_event(server: NatsServer, reader: str) -> None:
    async with _client(server, reader) as bare:
        await bare.client.publish(SUBJECT, b"{}")
        assert await bare.refused()


@pytest.mark.parametrize("user", EVERYONE)
@pytest.mark.parametrize(
    "request_subject",
    [
        f"$JS.API.STREAM.DELETE.{STREAM}",
        f"$JS.API.STREAM.PURGE.{STREAM}",
        f"$JS.API.STREAM.UPDATE.{STREAM}",
        f"$JS.API.STREAM.MSG.DELETE.{STREAM}",
        f"$JS.API.STREAM.DELETE.{PARKED_STREAM}",
        f"$JS.API.CONSUMER.DELETE.{STREAM}.registry",
    ],
)
async def test_nobody_empties_changes_or_deletes(server: NatsServer, user: str, request_subject: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.publish(request_subject, b"{}")
        assert await bare.refused()


@pytest.mark.parametrize("user", ["worker", "officers", "notices"])
@pytest.mark.parametrize(
    "subject", [f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.registry", f"$JS.ACK.{STREAM}.registry.1"]
)
async def test_nobody_takes_the_registrys_messages(server: NatsServer, user: str, subject: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.publish(subject, b"+TERM")
        assert await bare.refused()


@pytest.mark.parametrize("user", EVERYONE)
async def test_nobody_listens_beside_the_stream(server: NatsServer, user: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.subscribe("vetting.>")
        assert await bare.refused()


@pytest.mark.parametrize("login", [{"user": "worker", "pass": "wrong"}, {"user": "worker"}, {}])
def test_a_wrong_or_missing_password_is_refused(server: NatsServer, login: dict[str, str]) -> None:
    hello = json.dumps({"verbose": False, "pedantic": False, **login})
    with socket.create_connection((HOST, server.port), timeout=5) as connection:
        connection.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b"Authorization Violation" in answer
    assert b"PONG" not in answer
