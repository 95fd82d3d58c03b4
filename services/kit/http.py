"""Serve an application until told to stop, within the limits that every service has."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from services.kit import collector
from services.kit.bodies import MAX_BODY, BodyLimit
from services.kit.connection import Connection
from services.kit.replies import Replies

GRACE = 10
"""Seconds that open requests get to finish after the stop."""


def within_limits(app: ASGIApp, max_body: int = MAX_BODY) -> ASGIApp:
    """The application as every service serves it: bodies bounded, HEAD answered, replies safe to keep by nobody."""
    return Replies(BodyLimit(app, max_body))


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


async def serve_app(
    app: ASGIApp, host: str, port: int, stop: asyncio.Event, max_body: int = MAX_BODY
) -> None:
    """Serve until `stop` is set; open requests get ten seconds more. Raises OSError if the port is taken."""
    bound = listen(host, port)
    config = uvicorn.Config(
        within_limits(app, max_body),
        http=Connection,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
    finally:
        stopping.cancel()
        bound.close()
