"""What every reply of every service has, and HEAD wherever there is GET."""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from services.kit.errors import MEDIA_TYPE, ServiceError

ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (
        b"content-security-policy",
        b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Unless a reply says otherwise: for no cache, no guess of a browser, no frame, no page of somebody else's."""

SECURE = (b"strict-transport-security", b"max-age=63072000")
"""Besides, where the caller came by TLS: for two years never without it."""


class Replies:
    """ASGI middleware: the headers above on every reply, and HEAD as a GET whose body stays here (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        wanted = (*ALWAYS, SECURE) if scope["scheme"] == "https" else ALWAYS

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers", ()))
                names = {name.lower() for name, _ in said}
                message = {**message, "headers": said + [one for one in wanted if one[0] not in names]}
            elif head:
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if head else scope, receive, out)


def refusal(status: int, code: str, title: str) -> bytes:
    """A whole reply to what never became a request: a problem document, after which the connection ends."""
    content = json.dumps(ServiceError(status=status, code=code, title=title).problem()).encode()
    lines = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(content)).encode()),
        *ALWAYS,
        *([(b"retry-after", b"2")] if status == 503 else []),
        (b"connection", b"close"),
    ]
    return b"".join([STATUS_LINE[status], *(b"%b: %b\r\n" % line for line in lines), b"\r\n", content])
