"""The only door: the console asks the officers' API in the name of whoever is signed in, and nobody else."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from services.console.language import Language

AWAY = "api-away"
"""The code of a problem that the console itself sees: the API did not answer, so nobody knows what was done."""
PATIENCE = 30.0
"""Seconds: longer than a write of the API waits for the record before it answers 202."""
LONG_PATIENCE = 660.0
"""Seconds: longer than the API waits for what walks a whole record."""


@dataclass(frozen=True)
class Problem:
    """Why the API said no: `code` is the stable part, title and sentence are in the caller's language."""

    status: int
    code: str
    title: str = ""
    sentence: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What the API answered; `problem` when it was a refusal."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None


class RefusedError(Exception):
    """A page cannot be shown, because the API (or the console's own guard) refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class SignInNeededError(Exception):
    """Nobody is signed in, or no longer."""


def new_key() -> str:
    """A fresh key of one act: whoever sends it twice has acted once."""
    return secrets.token_urlsafe(18)


class Door:
    """The API as anybody may ask it. Silence is an answer too: a problem with the code AWAY."""

    def __init__(self, client: httpx2.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url.rstrip("/")

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str | int] | None = None,
        body: object = None,
        content: bytes | None = None,
        seconds: float = PATIENCE,
    ) -> Reply:
        """One request; `path` begins behind /v1. Never raises for what the API answers."""
        try:
            got = await self._client.request(
                method,
                f"{self._url}/v1{path}",
                params={name: value for name, value in (params or {}).items() if value != ""},
                headers=dict(headers),
                json=body,
                content=content,
                timeout=seconds,
            )
        except httpx2.TransportError:
            return Reply(503, None, problem=Problem(503, AWAY))
        media = got.headers.get("content-type", "")
        read = got.json() if "json" in media and got.content else got.content
        return Reply(got.status_code, read, got.headers, _problem(got.status_code, read))


class Api:
    """The API as one person asks it: in their name, their language, and from where they sit."""

    def __init__(self, door: Door, token: str, language: Language, address: str) -> None:
        self._door = door
        self._headers = from_where(language, address)
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def read(self, path: str, **params: str | int) -> Any:
        """What stands at the path. RefusedError when the API refuses, SignInNeededError when nobody is signed in."""
        return (await self.look(path, **params)).body

    async def walk(self, path: str, **params: str | int) -> Any:
        """Likewise for what walks a whole record or a whole batch: it takes minutes, so no page waits for it."""
        headers, seconds = self._headers, LONG_PATIENCE
        return _taken(await self._door.ask("GET", path, headers=headers, params=params, seconds=seconds)).body

    async def look(self, path: str, **params: str | int) -> Reply:
        """Likewise, with the headers."""
        return _taken(await self._door.ask("GET", path, headers=self._headers, params=params))

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str = "",
        match: str = "",
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        """A write, refused or not: what to say of it the page knows. SignInNeededError when nobody is signed in."""
        named = {"Idempotency-Key": key, "If-Match": match}
        headers = {**self._headers, **{name: value for name, value in named.items() if value}}
        reply = await self._door.ask(method, path, headers=headers, params=params, body=body)
        if reply.problem is not None and reply.problem.code == "unauthenticated":
            raise SignInNeededError
        return reply

    async def upload(
        self, path: str, content: bytes, *, key: str = "", media: str, **params: str | int
    ) -> Reply:
        """Likewise for a file."""
        headers = {**self._headers, "Content-Type": media, **({"Idempotency-Key": key} if key else {})}
        reply = await self._door.ask("POST", path, headers=headers, params=params, content=content)
        if reply.problem is not None and reply.problem.code == "unauthenticated":
            raise SignInNeededError
        return reply


def from_where(language: Language, address: str) -> dict[str, str]:
    """The headers that say which language is read, and for whom the console asks."""
    return {"Accept-Language": language, **({"X-Forwarded-For": address} if address else {})}


def _taken(reply: Reply) -> Reply:
    if reply.problem is not None and reply.problem.code == "unauthenticated":
        raise SignInNeededError
    if reply.problem is not None:
        raise RefusedError(reply.problem)
    return reply


def _problem(status: int, body: Any) -> Problem | None:
    if status < 400:
        return None
    said = body if isinstance(body, dict) else {}
    standard = {"type", "title", "status", "detail", "code"}
    extra = {name: value for name, value in said.items() if name not in standard}
    return Problem(
        status, str(said.get("code", AWAY)), str(said.get("title", "")), str(said.get("detail", "")), extra
    )
