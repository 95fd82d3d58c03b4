"""The other services' internal APIs, asked on behalf of a caller whose rights were checked here."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from contracts.policy.model import Text
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

    async def file(self, path: str, body: Mapping[str, Any], seconds: float = SECONDS) -> bytes:
        """The file that is made of what is asked. RefusedError `unprintable` when no face has some of its signs."""
        return (await self._answer("POST", path, seconds, json=body)).content

    async def _ask(
        self,
        method: str,
        path: str,
        seconds: float,
        *,
        params: Params | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        found: dict[str, Any] = (await self._answer(method, path, seconds, params=params, json=json)).json()
        return found

    async def _answer(
        self,
        method: str,
        path: str,
        seconds: float,
        *,
        params: Params | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> httpx2.Response:
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
        if answer.status_code == 409 and (signs := answer.json().get("signs")):
            raise RefusedError("unprintable", _lacking(signs), extra={"signs": signs})
        if answer.status_code >= 300:
            raise _silent()
        return answer


def _lacking(signs: str) -> Text:
    return Text(
        zh=f"系统字体中没有以下字符：{signs}。请管理员安装含有该字的字体（见 docs/papers.md），安装后即可生成。",
        en=f"No face has these signs: {signs}. An administrator installs a face that has them (docs/papers.md).",
    )


def _silent() -> RefusedError:
    return RefusedError("unavailable", headers={"Retry-After": "2"})
