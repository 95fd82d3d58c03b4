"""A request names this service, and no other."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.errors import ServiceError, Speak, plainly, problem_response
from services.kit.gate import Gate

OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
_UNKNOWN = ServiceError(status=421, code="unknown-host", title="Not asked by a name of this service")
_UNCLEAR = ServiceError(status=400, code="host-unclear", title="One Host header is needed")


class Hosts:
    """ASGI middleware: another name than the gate's is answered with 421, none or two with 400.

    So a page of somebody else's, whose name was made to lead here, reads nothing through its visitor's browser.
    """

    def __init__(self, app: ASGIApp, gate: Gate, speak: Speak = plainly) -> None:
        self._app = app
        self._speak = speak
        self._names = {name.lower().encode() for name in OF_THIS_MACHINE | gate.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1:
            await problem_response(self._speak(Headers(scope=scope), _UNCLEAR))(scope, receive, send)
            return
        if _without_port(named[0].lower()) not in self._names:
            await problem_response(self._speak(Headers(scope=scope), _UNKNOWN))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _without_port(value: bytes) -> bytes:
    name, colon, port = value.rpartition(b":")
    return name if colon and port.isdigit() else value
