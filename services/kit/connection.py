"""One HTTP connection, bounded before any application sees it: how many, how large a head, how long to send."""

import json
from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from services.kit.errors import MEDIA_TYPE, ServiceError

MOST_CONNECTIONS = 512
"""Open at once in one service. Whoever comes then is told to come again."""

HEAD_BYTES = 32 * 1024
"""Of the request line and the header lines together, of trailers, and of what stands between two parts of a body."""

MOST_HEADERS = 100
HEAD_SECONDS = 10.0
"""From the connection, or the first byte of a further request, to the end of the head."""

REQUEST_SECONDS = 120.0
"""From the end of the head to the end of the body: a roster of 5 MB at 350 kbit/s."""

LINGER_SECONDS = 2.0
"""After an answer the rest of what the caller still sends is thrown away so long; then the connection is cut."""


class Connection(HttpToolsProtocol):
    """The server's own protocol, with limits: 431 for a head too large, 408 for one too slow, 503 for one too many."""

    _timer: TimerHandle | None = None
    _unread = 0
    _head = 0
    _sending = False
    _over = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many."""
        super().connection_made(transport)
        self._within(HEAD_SECONDS)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(503, "too-many-connections", "Too many connections")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock."""
        self._within(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes. What is no finished part of a request is kept by the parser, so it is counted here."""
        if self._over:
            return
        self._unread += len(data)
        super().data_received(data)
        if self._sending and self._unread > HEAD_BYTES:
            self._head_too_large()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._sending, self._head = True, 0
        self._within(HEAD_SECONDS)

    def on_url(self, url: bytes) -> None:
        """Some of the request line."""
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole header or trailer line."""
        self._head += len(name) + len(value) + 4
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The application may begin."""
        if self._head > HEAD_BYTES or len(self.headers) > MOST_HEADERS:
            self._head_too_large()
        if self._over:
            return
        self._unread = 0
        self._within(REQUEST_SECONDS)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._unread = 0
        if not self._over:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here as a whole."""
        self._sending, self._unread = False, 0
        if not self._over:
            self._within(None)
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Answered. Whoever is still sending is heard to the end only for a moment."""
        super().on_response_complete()
        if self._sending and not self.pipeline:
            self._within(LINGER_SECONDS)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP gets a problem document like everything else."""
        self._refuse(400, "not-http", msg)

    def _head_too_large(self) -> None:
        self._refuse(431, "head-too-large", "The request's header lines are too large")

    def _within(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        cycle = self._at_work()
        answered = cycle is not None and cycle.scope is self.scope and cycle.response_complete
        if self._over or not self._sending or answered:
            self.transport.close()
            return
        self._refuse(408, "too-slow", "The request took too long to arrive")

    def _at_work(self) -> RequestResponseCycle | None:
        return self.cycle

    def _refuse(self, status: int, code: str, title: str) -> None:
        """Answer and end: nothing that still comes is read, and the answer has a moment to arrive."""
        if self._over:
            return
        self._over = True
        cycle = self._at_work()
        if cycle is not None and not cycle.response_complete:
            # Whoever works on it sees the caller gone, and answers nothing any more.
            cycle.disconnected = True
            cycle.message_event.set()
            if cycle.response_started:
                self.transport.close()
                return
        content = json.dumps(ServiceError(status=status, code=code, title=title).problem()).encode()
        head = [
            STATUS_LINE[status],
            f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(content)}\r\n".encode(),
            b"cache-control: no-store\r\nx-content-type-options: nosniff\r\n",
            b"retry-after: 2\r\n" if status == 503 else b"",
            b"connection: close\r\n\r\n",
        ]
        self.transport.write(b"".join([*head, content]))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._within(LINGER_SECONDS)
