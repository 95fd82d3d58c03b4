"""Let in whoever presents the one token that a service shares with those who call it."""

import hmac
from typing import Annotated

from fastapi import Header, params

from services.kit.errors import UnauthenticatedError


def bearer_guard(token: str, detail: str) -> params.Depends:
    """A dependency for routes: UnauthenticatedError with `detail` unless the request bears the token.

    The comparison takes the same time for every wrong token of a length.
    """
    expected = f"Bearer {token}".encode()

    async def guard(authorization: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(authorization.encode(), expected):
            raise UnauthenticatedError(detail)

    return params.Depends(guard)
