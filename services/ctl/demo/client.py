"""The officers' API as a person uses it: signed in, one act at a time, patient when told to wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

PATIENCE = 90.0
"""Seconds for which one request is tried again while the system is busy or being restarted."""
RENEW = 0.7
"""Part of a token's life after which the next request signs in again."""


class ProblemError(Exception):
    """The API refused; `code` is the stable code of the problem document."""

    def __init__(self, status: int, document: Mapping[str, Any], what: str) -> None:
        self.status = status
        self.code = str(document.get("code", status))
        self.document = dict(document)
        super().__init__(f"{what}: {status} {self.code}: {document.get('detail', '')}")


class SilentError(Exception):
    """No answer, or only requests to wait, for as long as our patience lasts."""


class Api:
    """One connection pool for all people of the demonstration."""

    def __init__(self, base: str, at_once: int = 16) -> None:
        limits = httpx2.Limits(max_connections=at_once, max_keepalive_connections=at_once)
        self._client = httpx2.AsyncClient(base_url=base, timeout=30, limits=limits)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        json: object = None,
        content: bytes | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> httpx2.Response:
        """The answer; on 429, 503 and a broken connection the same request again, with a growing pause.

        Safe for writes too: they carry an Idempotency-Key. Raises ProblemError on a refusal.
        """
        limit, pause = time.monotonic() + PATIENCE, 0.1
        while True:
            try:
                answer = await self._client.request(
                    method, path, headers=dict(headers), json=json, content=content, params=params
                )
            except httpx2.TransportError as reason:
                told, why = None, type(reason).__name__
            else:
                if answer.status_code < 400:
                    return answer
                if answer.status_code not in {429, 503}:
                    raise ProblemError(answer.status_code, _document(answer), f"{method} {path}")
                told, why = answer.headers.get("Retry-After"), str(answer.status_code)
            if time.monotonic() > limit:
                raise SilentError(f"{method} {path}: no answer in {PATIENCE:.0f} s, last {why}")
            await asyncio.sleep(min(float(told), 2.0) if told else pause)
            pause = min(pause * 2, 2.0)


@asynccontextmanager
async def connected(base: str) -> AsyncIterator[Api]:
    """The connections inside the block."""
    api = Api(base)
    try:
        yield api
    finally:
        await api.close()


def _document(answer: httpx2.Response) -> dict[str, Any]:
    try:
        document = answer.json()
    except ValueError:
        document = None
    return document if isinstance(document, dict) else {"detail": answer.text[:200]}


@dataclass
class Account:
    """A signed-in person. The token is renewed before it runs out, or when it is refused."""

    api: Api
    login: str
    password: str
    _token: str = ""
    _good_until: float = 0.0

    async def get(self, path: str, **params: str | int) -> Any:
        """The JSON at `path`."""
        return (await self._signed("GET", path, params=params)).json()

    async def pages(self, path: str, **params: str | int) -> list[dict[str, Any]]:
        """Every item of a paged list, by following the cursor."""
        items: list[dict[str, Any]] = []
        page = await self.get(path, **params)
        items += page["items"]
        while page["next"] is not None:
            page = await self.get(path, **{**params, "cursor": page["next"]})
            items += page["items"]
        return items

    async def upload(self, path: str, key: str, body: bytes, media_type: str, **params: str | int) -> Any:
        """Like `post`, with a file as the body."""
        headers = {"Idempotency-Key": key, "Content-Type": media_type}
        return await self._write(path, headers, content=body, params=params)

    async def post(self, path: str, key: str, body: object = None) -> Any:
        """The JSON answer to a write under an idempotency key, waited for if it was only accepted (202)."""
        return await self._write(path, {"Idempotency-Key": key}, json=body)

    async def _write(self, path: str, headers: Mapping[str, str], **more: Any) -> Any:
        answer = await self._signed("POST", path, headers=headers, **more)
        limit = time.monotonic() + PATIENCE
        while answer.status_code == 202:
            if time.monotonic() > limit:
                raise SilentError(f"POST {path}: still being decided after {PATIENCE:.0f} s")
            await asyncio.sleep(0.3)
            answer = await self._signed("GET", answer.headers["Location"])
        return answer.json() if answer.content else None

    async def _signed(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx2.Response:
        renewed = await self._renew(force=False)
        while True:
            said = {"Authorization": f"Bearer {self._token}", "Accept-Language": "en", **(headers or {})}
            try:
                return await self.api.send(method, path, headers=said, **more)
            except ProblemError as problem:
                if problem.status != 401 or renewed:
                    raise
            renewed = await self._renew(force=True)

    async def _renew(self, *, force: bool) -> bool:
        if not force and time.monotonic() < self._good_until:
            return False
        answer = await self.api.send(
            "POST", "/v1/sessions", headers={}, json={"login": self.login, "password": self.password}
        )
        session = answer.json()
        self._token = session["token"]
        self._good_until = time.monotonic() + RENEW * float(session["expires_in"])
        return True
