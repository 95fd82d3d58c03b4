"""Serve an application until told to stop, within the limits that every service has."""

import asyncio
import contextlib
import functools
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from services.kit import collector
from services.kit.bodies import MAX_BODY, BodyLimit
from services.kit.connection import Connection
from services.kit.crowd import Crowd
from services.kit.errors import Speak, plainly
from services.kit.gate import Gate
from services.kit.hosts import Hosts
from services.kit.replies import Replies

GRACE = 10
"""Seconds that open requests get to finish after the stop."""


LOCAL = Gate()
"""A service that is asked on this machine only."""


def within_limits(
    app: ASGIApp, gate: Gate = LOCAL, max_body: int = MAX_BODY, speak: Speak = plainly
) -> ASGIApp:
    """The application as every service serves it: asked by its name, bodies bounded, replies safe to keep by nobody."""
    return Replies(Hosts(BodyLimit(app, max_body, speak), gate, speak))


class _Server(uvicorn.Server):
    """The process owns its signals (kit/process.py), so the server installs none."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the process's handlers alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer from here on; what the process needed to come so far, it keeps."""
        await super().startup(sockets)
        collector.resume()


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 lets the system choose, and `getsockname` tells."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def configured(
    app: ASGIApp, gate: Gate = LOCAL, max_body: int = MAX_BODY, speak: Speak = plainly
) -> uvicorn.Config:
    """How an application is served."""
    tls = gate.tls
    return uvicorn.Config(
        within_limits(app, gate, max_body, speak),
        # The library takes a class or a name of one; what it calls is all the same to it.
        http=functools.partial(Connection, crowd=Crowd(gate.proxies)),  # type: ignore[arg-type]
        ssl_context_factory=None if tls is None else lambda *_: tls.answering(),
        # From anybody else who writes them, a caller's address and scheme are not believed.
        proxy_headers=bool(gate.proxies),
        forwarded_allow_ips=list(gate.proxies),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )


async def serve_app(
    app: ASGIApp,
    host: str,
    port: int,
    stop: asyncio.Event,
    gate: Gate = LOCAL,
    max_body: int = MAX_BODY,
    speak: Speak = plainly,
) -> None:
    """Serve until `stop` is set; open requests get ten seconds more. Raises OSError if the port is taken.

    `speak` is how what the limits refuse is said to the caller.
    """
    bound = listen(host, port)
    server = _Server(configured(app, gate, max_body, speak))
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
    finally:
        stopping.cancel()
        bound.close()
