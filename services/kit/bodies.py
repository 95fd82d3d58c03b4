"""Of a request's body no more is read than is allowed, whatever it declares."""

import asyncio
import contextlib

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit.errors import ServiceError, Speak, TooLargeError, plainly, problem_response

MAX_BODY = 1024 * 1024
"""Bytes of a request's body that a service reads unless it says otherwise."""

LINGER_BYTES = 4 * 1024 * 1024
LINGER_SECONDS = 2


class BodyLimit:
    """ASGI middleware: of a body over `limit` bytes no more than that reaches the application; the reply is 413, or
    what is said `over` it.

    A declared length is believed only to refuse; the bytes are counted as they come, because a chunked body
    declares none.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int = MAX_BODY,
        speak: Speak = plainly,
        over: ServiceError | None = None,
    ) -> None:
        self.app = app
        self.limit = limit
        self._speak = speak
        self._over = over or TooLargeError(f"the body may have at most {limit} bytes")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.limit:
            await self.refuse(scope, receive, send)
            return
        guard = _Guard(scope, receive, send, self)
        try:
            await self.app(scope, guard.receive, guard.send)
        except Exception:
            # The application stumbled over the missing rest of the body; the caller has their answer.
            if not guard.refused:
                raise

    async def refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and close the connection."""
        response = problem_response(self._speak(Headers(scope=scope), self._over))
        response.headers["Connection"] = "close"
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

    def __init__(self, scope: Scope, receive: Receive, send: Send, limiter: BodyLimit) -> None:
        self._scope = scope
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
            await self._limiter.refuse(self._scope, self._receive, self._send)
        self.refused = True
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Pass a part of the reply on, unless the refusal went out already."""
        if not self.refused:
            self._answering = True
            await self._send(message)
