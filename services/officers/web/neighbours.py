"""The other services' internal APIs, asked on behalf of a caller whose rights were checked here."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from services.officers.web.problems import RefusedError

SECONDS = 10.0
LONG_SECONDS = 600.0
"""For what reads a whole record."""

Params = Mapping[str, str | int | Sequence[str]]


class Neighbour:
    """One service behind its bearer token. What it does not find is `not-found`, its silence `unavailable`."""

    def __init__(self, client: httpx2.AsyncClient, url: str, token: str) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, params: Params | None = None, seconds: float = SECONDS) -> dict[str, Any]:
        """The JSON object at the path."""
        return await self._ask("GET", path, seconds, params=params)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON answer to a write that may be repeated, or to a question too long for an address."""
        return await self._ask("POST", path, SECONDS, json=body)

    async def _ask(
        self,
        method: str,
        path: str,
        seconds: float,
        *,
        params: Params | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        asked: list[tuple[str, str | int | float | bool | None]] = []
        for name, value in (params or {}).items():
            asked += [(name, one) for one in ([value] if isinstance(value, str | int) else value)]
        try:
            answer = await self._client.request(
                method, self._url + path, params=asked, json=json, headers=self._headers, timeout=seconds
            )
        except httpx2.HTTPError as error:
            raise _silent() from error
        if answer.status_code == 404:
            raise RefusedError("not-found")
        if answer.status_code == 422:
            raise RefusedError("invalid")
        if answer.status_code >= 300:
            raise _silent()
        found: dict[str, Any] = answer.json()
        return found


def _silent() -> RefusedError:
    return RefusedError("unavailable", headers={"Retry-After": "2"})
