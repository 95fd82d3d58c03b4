"""One HTTP connection, bounded before any application sees it: how many, how large a head, how long to send."""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from services.kit.crowd import Crowd
from services.kit.replies import refusal

HEAD_BYTES = 32 * 1024
"""Of the request line and the header lines together, of trailers, and of what stands between two parts of a body."""

MOST_HEADERS = 100
HEAD_SECONDS = 10.0
"""From the connection, or the first byte of a further request, to the end of the head."""

BODY_SECONDS = 10.0
"""From the end of the head to the end of the body, and more for what has come of it, at so many bytes a second:"""

SLOWEST = 16 * 1024
REQUEST_SECONDS = 120.0
"""For all of a body, however large."""

TAKING_SECONDS = 30.0
"""That a caller may leave an answer lying without taking any more of it."""

LINGER_SECONDS = 2.0
"""After an answer the rest of what the caller still sends is thrown away so long; then the connection is cut."""


class Connection(HttpToolsProtocol):
    """The server's own protocol, with limits: 431 for a head too large, 408 for the too slow, 503 for one too many."""

    _timer: TimerHandle | None = None
    _taking: TimerHandle | None = None
    _unread = 0
    _head = 0
    _body = 0
    _since = 0.0
    _sending = False
    _over = False

    def __init__(self, *arguments: Any, crowd: Crowd, **more: Any) -> None:
        """`crowd`: all connections of the server."""
        super().__init__(*arguments, **more)
        self._crowd = crowd

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many."""
        super().connection_made(transport)
        self._within(HEAD_SECONDS)
        if not self._crowd.enter(self, self.client[0] if self.client else ""):
            self._refuse(503, "too-many-connections", "Too many connections")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock."""
        self._within(None)
        self.resume_writing()
        self._crowd.leave(self)
        super().connection_lost(exc)

    def give_up(self) -> None:
        """Make room for another."""
        self._over = True
        self.transport.abort()

    def pause_writing(self) -> None:
        """The caller does not take the answer as fast as it comes."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The caller has taken some of it."""
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None
        super().resume_writing()

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
        self._unread = self._body = 0
        self._since = self.loop.time()
        self._within(min(BODY_SECONDS, REQUEST_SECONDS))
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._unread = 0
        self._body += len(body)
        if not self._over:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here as a whole."""
        self._sending, self._unread = False, 0
        if not self._over:
            self._within(None)
            self._crowd.works(self)
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Answered. Whoever is still sending is heard to the end only for a moment."""
        super().on_response_complete()
        if not self.pipeline:
            self._crowd.waits(self)
            if self._sending:
                self._within(LINGER_SECONDS)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP gets a problem document like everything else."""
        self._refuse(400, "not-http", msg)

    def _head_too_large(self) -> None:
        self._refuse(431, "head-too-large", "The request's header lines are too large")

    def _within(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self.loop.call_later(seconds, self._time_is_up)

    def _time_is_up(self) -> None:
        cycle = self._at_work()
        reading = cycle is not None and cycle.scope is self.scope
        answered = reading and cycle is not None and cycle.response_complete
        if self._over:
            self.transport.abort()
            return
        if not self._sending or answered:
            self.transport.close()
            return
        left = self._left() if reading else 0.0
        if left > 0:
            self._within(left)
            return
        self._refuse(408, "too-slow", "The request took too long to arrive")

    def _left(self) -> float:
        """Seconds that the rest of the body may still take."""
        allowed = min(BODY_SECONDS + self._body / SLOWEST, REQUEST_SECONDS)
        return self._since + allowed - self.loop.time()

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
        self.transport.write(refusal(status, code, title))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._within(LINGER_SECONDS)
