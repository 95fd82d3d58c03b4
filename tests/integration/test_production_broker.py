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

from contracts.names import APPEND_SUBJECT, ATTEMPT_SUBJECT, LOOK_SUBJECT, RECORD_SUBJECTS
from contracts.names import RECORD_STREAM as STREAM
from services.kit.jetstream import LARGEST, Bus, Message, connect
from services.kit.settings import ServiceSettings
from services.kit.storing import Outgoing, store
from tests.servers import HOST, NatsServer, Server, executable, free_port

CONFIG = Path(__file__).parents[2] / "deploy" / "nats" / "nats.conf"
LOGINS = CONFIG.with_name("logins.conf")
SUBJECT = "record.nomination.case-opened.v1"
ASKED = (APPEND_SUBJECT, LOOK_SUBJECT, ATTEMPT_SUBJECT, "registry.>")
VERBS = ("DELETE", "PURGE", "UPDATE", "MSG.DELETE", "SNAPSHOT", "RESTORE")
EVERYONE = ("worker", "registry", "officers", "notices")


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
    (folder / LOGINS.name).write_bytes(LOGINS.read_bytes())
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
    await bare.client.connect(
        server.url, user=user, password=password, error_cb=bare.told, inbox_prefix=f"_INBOX_{user}"
    )
    try:
        yield bare
    finally:
        await bare.client.close()


async def _until_heard(heard: "asyncio.Queue[bytes]") -> bytes:
    async with asyncio.timeout(5):
        return await heard.get()


@asynccontextmanager
async def _record(server: NatsServer) -> AsyncIterator[Bus]:
    """A registry that answers each question with the question."""

    async def echo(message: Message) -> None:
        await message.answer(message.body)

    async with _bus(server, "registry") as bus:
        await bus.ensure_record()
        for subject in (APPEND_SUBJECT, LOOK_SUBJECT, ATTEMPT_SUBJECT):
            await bus.listen(subject, echo, "registry")
        await bus.flush()
        yield bus


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("worker", APPEND_SUBJECT),
        ("worker", LOOK_SUBJECT),
        ("worker", ATTEMPT_SUBJECT),
        ("officers", ATTEMPT_SUBJECT),
    ],
)
async def test_who_asks_the_record_is_answered(server: NatsServer, user: str, subject: str) -> None:
    async with _record(server), _bus(server, user) as bus:
        assert await bus.request(subject, b"question", 5) == b"question"
        await bus.check()


async def test_a_roster_of_a_thousand_travels(server: NatsServer) -> None:
    step = b"x" * LARGEST
    async with _record(server), _bus(server, "worker") as worker:
        assert await worker.request(APPEND_SUBJECT, step, 10) == step


@pytest.mark.parametrize("user", ["officers", "notices"])
async def test_what_is_recorded_is_published_kept_and_heard(server: NatsServer, user: str) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def hear(message: Message) -> None:
        await heard.put(message.body)

    async with _record(server) as registry, _bus(server, user) as reader:
        await reader.listen(RECORD_SUBJECTS, hear)
        await reader.flush()
        last, _ = await registry.last_stored()
        stored = await store(registry, [Outgoing(SUBJECT, b"an entry", {"Qx-Index": "7"})], last)
        assert await _until_heard(heard) == b"an entry"
        number, headers = await registry.last_stored()
        assert (number, headers["Qx-Index"]) == (stored, "7")


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        *((user, SUBJECT) for user in ("worker", "officers", "notices")),
        *((user, subject) for user in ("officers", "notices") for subject in (APPEND_SUBJECT, LOOK_SUBJECT)),
        ("notices", ATTEMPT_SUBJECT),
        ("notices", "anything.else"),
        *((user, "_INBOX_worker.x.y") for user in EVERYONE),
        *((user, f"$JS.API.STREAM.{verb}.{STREAM}") for user in EVERYONE for verb in VERBS),
        *((user, f"$JS.API.CONSUMER.CREATE.{STREAM}") for user in EVERYONE),
        *((user, "$JS.API.STREAM.CREATE.ANOTHER") for user in EVERYONE),
    ],
)
async def test_nobody_sends_what_is_not_for_them_to_send(server: NatsServer, user: str, subject: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.publish(subject, b"{}")
        assert await bare.refused()


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        *((user, subject) for user in ("worker", "officers", "notices") for subject in ASKED),
        *((user, "_INBOX.>") for user in EVERYONE),
        *((user, f"_INBOX_{other}.>") for user in EVERYONE for other in EVERYONE if other != user),
        *((user, ">") for user in EVERYONE),
        *((user, "$JS.>") for user in EVERYONE),
        ("worker", RECORD_SUBJECTS),
    ],
)
async def test_nobody_hears_what_is_not_for_them_to_hear(server: NatsServer, user: str, subject: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.subscribe(subject)
        assert await bare.refused()


@pytest.mark.parametrize("user", ["worker", "officers", "notices"])
async def test_nobody_answers_in_the_record_s_place(server: NatsServer, user: str) -> None:
    async with _client(server, user) as bare:
        await bare.client.subscribe(APPEND_SUBJECT, queue="registry")
        assert await bare.refused()


async def test_the_record_answers_once_and_only_who_asked(server: NatsServer) -> None:
    async with _client(server, "registry") as registry, _bus(server, "worker") as worker:
        asked = await registry.client.subscribe(APPEND_SUBJECT, queue="registry")
        await registry.client.flush()
        asking = asyncio.create_task(worker.request(APPEND_SUBJECT, b"?", 5))
        message = await asked.next_msg(5)
        await message.respond(b"first")
        assert await asking == b"first"
        await message.respond(b"second")
        assert await registry.refused()


@pytest.mark.parametrize("login", [{"user": "worker", "pass": "wrong"}, {"user": "worker"}, {}])
def test_a_wrong_or_missing_password_is_refused(server: NatsServer, login: dict[str, str]) -> None:
    hello = json.dumps({"verbose": False, "pedantic": False, **login})
    with socket.create_connection((HOST, server.port), timeout=5) as connection:
        connection.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b"Authorization Violation" in answer
    assert b"PONG" not in answer
