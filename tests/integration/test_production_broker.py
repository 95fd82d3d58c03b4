"""deploy/nats/nats.conf on a real NATS: every service can do its work with its rights, and nothing else."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from contracts.names import (
    APPEND_SUBJECT,
    ATTEMPT_SUBJECT,
    JOURNAL_SUBJECT,
    LOOK_SUBJECT,
    RECORD_SUBJECTS,
)
from contracts.names import RECORD_STREAM as STREAM
from services.kit.jetstream import LARGEST, Bus, Message
from services.kit.storing import Outgoing, store
from tests.production_broker import EVERYONE, bare, bus_of, start, tls_of_user
from tests.servers import HOST, NatsServer
from tests.waiting import PATIENCE

SUBJECT = "record.nomination.case-opened.v1"
ASKED = (APPEND_SUBJECT, LOOK_SUBJECT, ATTEMPT_SUBJECT, "registry.>")
VERBS = ("DELETE", "PURGE", "UPDATE", "MSG.DELETE", "SNAPSHOT", "RESTORE")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    started = start(tmp_path_factory.mktemp("nats"))
    yield started
    started.kill()


async def _until_heard(heard: "asyncio.Queue[bytes]") -> bytes:
    async with asyncio.timeout(PATIENCE):
        return await heard.get()


@asynccontextmanager
async def _record(server: NatsServer) -> AsyncIterator[Bus]:
    """A registry that answers each question with the question."""

    async def echo(message: Message) -> None:
        await message.answer(message.body)

    async with bus_of(server, "registry") as bus:
        await bus.ensure_record()
        for subject in (APPEND_SUBJECT, LOOK_SUBJECT, ATTEMPT_SUBJECT, JOURNAL_SUBJECT):
            await bus.listen(subject, echo, "registry")
        await bus.flush()
        yield bus


@pytest.mark.parametrize("subject", [APPEND_SUBJECT, LOOK_SUBJECT, ATTEMPT_SUBJECT])
async def test_the_worker_asks_the_record_and_is_answered(server: NatsServer, subject: str) -> None:
    async with _record(server), bus_of(server, "worker") as bus:
        assert await bus.request(subject, b"question", PATIENCE) == b"question"
        await bus.check()


async def test_the_officers_hand_over_their_journal_and_are_answered(server: NatsServer) -> None:
    async with _record(server), bus_of(server, "officers") as bus:
        assert await bus.request(JOURNAL_SUBJECT, b"told", PATIENCE) == b"told"


async def test_a_roster_of_a_thousand_travels(server: NatsServer) -> None:
    step = b"x" * LARGEST
    async with _record(server), bus_of(server, "worker") as worker:
        assert await worker.request(APPEND_SUBJECT, step, PATIENCE) == step


@pytest.mark.parametrize("user", ["officers", "notices"])
async def test_what_is_recorded_is_published_kept_and_heard(server: NatsServer, user: str) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def hear(message: Message) -> None:
        await heard.put(message.body)

    async with _record(server) as registry, bus_of(server, user) as reader:
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
        *((user, JOURNAL_SUBJECT) for user in ("worker", "notices")),
        *((user, subject) for user in ("officers", "notices") for subject in (*ASKED[:3], "anything.else")),
        *((user, "_INBOX_worker.x.y") for user in EVERYONE),
        *((user, f"$JS.API.STREAM.{verb}.{STREAM}") for user in EVERYONE for verb in VERBS),
        *((user, f"$JS.API.CONSUMER.CREATE.{STREAM}") for user in EVERYONE),
        *((user, "$JS.API.STREAM.CREATE.ANOTHER") for user in EVERYONE),
    ],
)
async def test_nobody_sends_what_is_not_for_them_to_send(server: NatsServer, user: str, subject: str) -> None:
    async with bare(server, user) as client:
        await client.client.publish(subject, b"{}")
        assert await client.refused()


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
    async with bare(server, user) as client:
        await client.client.subscribe(subject)
        assert await client.refused()


@pytest.mark.parametrize("user", ["worker", "officers", "notices"])
async def test_nobody_answers_in_the_record_s_place(server: NatsServer, user: str) -> None:
    async with bare(server, user) as client:
        await client.client.subscribe(APPEND_SUBJECT, queue="registry")
        assert await client.refused()


async def test_the_record_answers_once_and_only_who_asked(server: NatsServer) -> None:
    async with bare(server, "registry") as registry, bus_of(server, "worker") as worker:
        asked = await registry.client.subscribe(APPEND_SUBJECT, queue="registry")
        await registry.client.flush()
        asking = asyncio.create_task(worker.request(APPEND_SUBJECT, b"?", PATIENCE))
        message = await asked.next_msg(PATIENCE)
        await message.respond(b"first")
        assert await asking == b"first"
        await message.respond(b"second")
        assert await registry.refused()


@pytest.mark.parametrize("login", [{"user": "worker", "pass": "wrong"}, {"user": "worker"}, {}])
def test_a_wrong_or_missing_password_is_refused(server: NatsServer, login: dict[str, str]) -> None:
    hello = json.dumps({"verbose": False, "pedantic": False, **login})
    answer = _said(server, tls_of_user(server, "worker").asking, hello)
    assert b"Authorization Violation" in answer
    assert b"PONG" not in answer


def test_the_right_password_without_a_certificate_is_not_even_heard(server: NatsServer) -> None:
    hello = json.dumps({"user": "worker", "pass": (server.directory / "worker").read_text()})
    assert b"PONG" in _said(server, tls_of_user(server, "worker").asking, hello, until=b"PONG")
    bare = ssl.create_default_context(cafile=str(tls_of_user(server, "worker").authority))
    with pytest.raises(OSError, match=r"(?i)certificate"):
        _said(server, bare, hello)
    with socket.create_connection((HOST, server.port), timeout=5) as plain:
        plain.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        assert b"PONG" not in b"".join(iter(lambda: plain.recv(4096), b""))


def test_old_tls_is_refused(server: NatsServer) -> None:
    context = tls_of_user(server, "worker").asking
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2
    with pytest.raises(OSError, match=r"(?i)version|alert"):
        _said(server, context, "{}")


@pytest.mark.parametrize("certificate", ["engine", "tls"])
def test_a_certificate_of_another_authority_is_refused(server: NatsServer, certificate: str) -> None:
    context = ssl.create_default_context(cafile=str(tls_of_user(server, "worker").authority))
    folder = server.directory / "certs" / "worker"
    context.load_cert_chain(folder / f"{certificate}.crt", folder / f"{certificate}.key")
    if certificate == "tls":
        assert b"INFO" in _said(server, context, "{}", until=b"INFO")
        return
    with pytest.raises(OSError, match=r"(?i)certificate|unknown|alert|EOF"):
        _said(server, context, "{}", until=b"INFO")


def _said(server: NatsServer, context: ssl.SSLContext, hello: str, until: bytes = b"") -> bytes:
    """What the broker says to somebody who begins so, until it ends the connection or says what is waited for."""
    said = b""
    with (
        socket.create_connection((HOST, server.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as connection,
    ):
        connection.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        while not until or until not in said:
            piece = connection.recv(4096)
            if not piece:
                return said
            said += piece
    return said
