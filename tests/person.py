"""Somebody who is signed in to the officers' API."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx2

PASSWORD = "a long enough password"


@dataclass
class Person:
    """An account's holder with a token; every write is under a fresh key unless one is given."""

    client: httpx2.AsyncClient
    login: str
    account_id: str
    person_id: str
    token: str
    name: str = ""
    """As it is registered."""
    id_number: str = ""

    async def get(self, path: str, headers: dict[str, str] | None = None, **params: Any) -> httpx2.Response:
        """A read. A query may stand in the path as well; given as nothing, `params` would take it away."""
        return await self.client.get(path, params=params or None, headers=self._headers(headers))

    async def post(
        self,
        path: str,
        body: Any = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx2.Response:
        """A write."""
        said = {"Idempotency-Key": key or secrets.token_hex(8), **(headers or {})}
        if body is not None:
            more["json"] = body
        return await self.client.post(path, headers=self._headers(said), **more)

    async def put(self, path: str, body: Any) -> httpx2.Response:
        """A write in the place that the path names: repeated, it changes nothing."""
        return await self.client.put(path, json=body, headers=self._headers(None))

    async def delete(self, path: str) -> httpx2.Response:
        """A removal: likewise."""
        return await self.client.delete(path, headers=self._headers(None))

    def through(self, client: httpx2.AsyncClient) -> "Person":
        """The same person at another process of the API."""
        return Person(
            client, self.login, self.account_id, self.person_id, self.token, self.name, self.id_number
        )

    def _headers(self, more: dict[str, str] | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en", **(more or {})}
