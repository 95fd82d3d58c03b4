"""How much somebody may send: files only whoever has signed in here once; of all others a form, and no more.

A form is read whole before it is known what stands in it, and kept in memory, as it may be about people.
"""

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from services.console import cookies
from services.console.session import Seal
from services.kit.bodies import BodyLimit

FORM = 1024 * 1024
"""Bytes: what was typed in the largest form, with what is sealed of it while its writer signs in again."""


class Bodies:
    """ASGI middleware: 413 for a stranger's body over FORM. A session that has ended will do, so that nothing is lost
    that its holder had typed beside a file."""

    def __init__(self, app: ASGIApp, seal: Seal, secure: bool) -> None:
        self._app = app
        self._small = BodyLimit(app, FORM)
        self._seal = seal
        self._session = cookies.session_name(secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        stranger = scope["type"] == "http" and not self._was_here(Headers(scope=scope))
        await (self._small if stranger else self._app)(scope, receive, send)

    def _was_here(self, headers: Headers) -> bool:
        kept = cookie_parser(headers.get("cookie", ""))
        return self._seal.opens_session(kept.get(self._session, ""))
