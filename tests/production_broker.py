"""deploy/nats/nats.conf on a real NATS, with certificates, a password for each login, and whoever uses one of them."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.kit.brokerclient import Client
from services.kit.jetstream import Bus, connect
from services.kit.settings import ServiceSettings
from services.kit.tls import Tls
from tests.certificates import made, settings_of, tls_of
from tests.ports import free_port
from tests.servers import HOST, NatsServer, Server, executable
from tests.waiting import PATIENCE

CONFIG = Path(__file__).parents[1] / "deploy" / "nats" / "nats.conf"
LOGINS = CONFIG.with_name("logins.conf")
EVERYONE = ("worker", "registry", "officers", "notices")


def start(folder: Path) -> NatsServer:
    """The server, its files in the folder: there also lies each login's password, in a file of its name."""
    port, certificates = free_port(), made(folder)
    text = CONFIG.read_text()
    # Only what depends on the machine differs from production.
    for ours, here in (
        ('listen: "0.0.0.0:4222"', f'listen: "{HOST}:{port}"'),
        ('http: "127.0.0.1:8222"', ""),
        ('store_dir: "/data"', f'store_dir: "{folder}"'),
        ("max_file_store: 50GB", "max_file_store: 1GB"),
        *(
            (f'"/run/certs/{name}"', f'"{certificates / "nats" / name}"')
            for name in ("tls.crt", "tls.key", "ca.crt")
        ),
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
    return NatsServer(command, folder, _ready, port, account)


def tls_of_user(server: NatsServer, user: str) -> Tls:
    """How a service that has this login speaks TLS."""
    return tls_of(server.directory / "certs", user)


@asynccontextmanager
async def bus_of(server: NatsServer, user: str) -> AsyncIterator[Bus]:
    """A service's connection, under its login."""
    settings = ServiceSettings.model_validate(
        {
            "nats_url": server.url,
            "nats_user": user,
            "nats_password_file": server.directory / user,
            **settings_of(server.directory / "certs", user),
        }
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
            async with asyncio.timeout(PATIENCE):
                return "permissions violation" in await self._refusals.get()
        except TimeoutError:
            return False


@asynccontextmanager
async def bare(server: NatsServer, user: str) -> AsyncIterator[Bare]:
    """Somebody with a login's password, and none of the service's code in between."""
    someone = Bare()
    password = (server.directory / user).read_text()
    await someone.client.connect(
        server.url,
        user=user,
        password=password,
        error_cb=someone.told,
        inbox_prefix=f"_INBOX_{user}",
        tls=tls_of_user(server, user).asking,
        tls_handshake_first=True,
    )
    try:
        yield someone
    finally:
        await someone.client.close()


def _ready(server: Server) -> bool:
    context = tls_of(server.directory / "certs", "worker").asking
    try:
        with (
            socket.create_connection((HOST, server.port), timeout=1) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as connection,
        ):
            return connection.recv(4) == b"INFO"
    except OSError:
        return False
