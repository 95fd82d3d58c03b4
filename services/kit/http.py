"""Serve an application until told to stop, and read no more of a body than is allowed."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit import collector
from services.kit.errors import TooLargeError, problem_response

MAX_BODY = 1024 * 1024
"""Bytes of a request's body that a service reads unless it says otherwise."""

LINGER_BYTES = 4 * 1024 * 1024
LINGER_SECONDS = 2
GRACE = 10
"""Seconds that open requests get to finish after the stop."""


class BodyLimit:
    """ASGI middleware: of a body over `limit` bytes no more than that reaches the application; the reply is 413.

    A declared length is believed only to refuse; the bytes are counted as they come, because a chunked body
    declares none.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.limit:
            await self.refuse(receive, send)
            return
        guard = _Guard(receive, send, self)
        try:
            await self.app(scope, guard.receive, guard.send)
        except Exception:
            # The application stumbled over the missing rest of the body; the caller has their answer.
            if not guard.refused:
                raise

    async def refuse(self, receive: Receive, send: Send) -> None:
        """Answer 413 and close the connection."""
        error = TooLargeError(
            f"the body may have at most {self.limit} bytes", headers={"Connection": "close"}
        )
        response = problem_response(error)
        await send(
            {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
        )
        await send({"type": "http.response.body", "body": response.body, "more_body": True})
        # Whoever is still sending reads the answer only when done, and a connection closed on unread bytes takes
        # the answer with it. So a little more is thrown away, never kept.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await _discard(receive, LINGER_BYTES)
        await send({"type": "http.response.body", "body": b""})


async def _discard(receive: Receive, most: int) -> None:
    message = await receive()
    while message["type"] == "http.request" and message.get("more_body") and most > 0:
        most -= len(message.get("body", b""))
        message = await receive()


class _Guard:
    """One request's way in and out, counting the bytes of the body."""

    def __init__(self, receive: Receive, send: Send, limiter: BodyLimit) -> None:
        self._receive = receive
        self._send = send
        self._limiter = limiter
        self._read = 0
        self._answering = False
        self.refused = False

    async def receive(self) -> Message:
        """The next part of the body; over the limit the caller is told and the application sees them gone."""
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        self._read += len(message.get("body", b""))
        if self._read <= self._limiter.limit:
            return message
        if not self._answering:
            self.refused = True
            await self._limiter.refuse(self._receive, self._send)
        self.refused = True
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Pass a part of the reply on, unless the refusal went out already."""
        if not self.refused:
            self._answering = True
            await self._send(message)


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
        BodyLimit(app, max_body),
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
