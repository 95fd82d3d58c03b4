"""Let in whoever presents the one token that a service shares with those who call it."""

import hmac
from collections.abc import Collection
from typing import Annotated

from fastapi import FastAPI, Header, params

from services.kit.errors import UnauthenticatedError
from services.kit.operations import UnruledError, operations

OPEN = frozenset({"GET /healthz"})
"""What such a service answers without its token."""


class BearerGuard:
    """A dependency: UnauthenticatedError with `detail` unless the request bears the token.

    The comparison takes the same time for every wrong token of a length.
    """

    def __init__(self, token: str, detail: str) -> None:
        self._expected = f"Bearer {token}".encode()
        self._detail = detail

    async def __call__(self, authorization: Annotated[str, Header()] = "") -> None:
        """Return when the token is presented."""
        if not hmac.compare_digest(authorization.encode(), self._expected):
            raise UnauthenticatedError(self._detail)


def bearer_guard(token: str, detail: str) -> params.Depends:
    """The guard, as routers take it."""
    return params.Depends(BearerGuard(token, detail))


def insist_on_bearer(app: FastAPI, opened: Collection[str] = OPEN) -> None:
    """Raise UnruledError, naming them, for operations that ask for no token and are not among `opened`."""
    bare = [
        one.name
        for one in operations(app)
        if one.name not in opened and not any(isinstance(call, BearerGuard) for call in one.asked)
    ]
    if bare:
        raise UnruledError(f"nothing says who may use: {', '.join(bare)}")
