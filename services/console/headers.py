"""What every reply of the console says to the browser: nothing from elsewhere, nothing inline, nobody frames it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.console.cookies import WAITING

POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""Besides what every service says (services/kit/replies.py)."""


class Headers:
    """ASGI middleware: the headers above, and the cookies that the page asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookies = [(b"set-cookie", said.encode()) for said in state.get(WAITING, ())]
                message = {**message, "headers": [*message.get("headers", ()), *ALWAYS, *cookies]}
            await send(message)

        await self._app(scope, receive, out)
