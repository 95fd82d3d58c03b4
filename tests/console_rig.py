"""The console over an API that a test plays: what was asked of it, and what it answers, in plain values."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI
from starlette.datastructures import State

from services.console.api import Problem, Reply
from services.console.app import over, pages
from services.console.rendering import Renderer
from services.console.session import Seal
from services.console.settings import Settings
from services.console.statics import Statics

HOST = "http://127.0.0.1:8088"
SECRET = "a secret of this test that is long enough"
EVERYTHING = ["GET /tasks", "GET /cases", "GET /notices"]
Answer = Reply | Callable[["Question"], Reply]


@dataclass(frozen=True)
class Question:
    """One request to the API, as the console made it."""

    method: str
    path: str
    headers: Mapping[str, str]
    params: Mapping[str, Any]
    body: Any


@dataclass
class PlayedApi:
    """A door behind which the test stands. What it was not told to answer is not found."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        content: bytes | None = None,
        seconds: float = 0,
    ) -> Reply:
        """As `Door.ask`."""
        question = Question(method, path, headers, params or {}, content if body is None else body)
        self.asked.append(question)
        found = self.answers.get(f"{method} {path}", refused(404, "not-found", "没有", "没有这一项。"))
        return found if isinstance(found, Reply) else found(question)

    def of(self, method: str, path: str) -> list[Question]:
        """The questions of this kind."""
        return [one for one in self.asked if (one.method, one.path) == (method, path)]


def given(body: Any, status: int = 200, **headers: str) -> Reply:
    """An answer that is no refusal."""
    return Reply(status, body, headers)


def refused(
    status: int, code: str, title: str = "不行", sentence: str = "不能这样办。", **extra: Any
) -> Reply:
    """A refusal, as the API words it."""
    return Reply(status, None, {}, Problem(status, code, title, sentence, extra))


def session(minutes: float = 15) -> dict[str, Any]:
    """What the API gives whoever signs in."""
    ends = datetime.now(UTC) + timedelta(minutes=minutes)
    return {
        "token": "token-1",
        "session_id": "s1",
        "expires_at": ends.isoformat(),
        "ends_at": (ends + timedelta(hours=7)).isoformat(),
    }


def settings(**more: Any) -> Settings:
    """Of one machine."""
    return Settings(cookie_key_file=Path("unread"), **more)


SEAL = Seal(SECRET)


@dataclass
class Browser:
    """A browser without script, and the API behind the console."""

    client: httpx2.AsyncClient
    api: PlayedApi

    async def get(self, path: str) -> httpx2.Response:
        """Ask for a page."""
        return await self.client.get(path)

    async def post(
        self, path: str, fields: Mapping[str, Any] | None = None, origin: str = HOST
    ) -> httpx2.Response:
        """Send a form."""
        return await self.client.post(path, data=dict(fields or {}), headers={"Origin": origin})

    async def sign_in(self, may: list[str] | None = None, minutes: float = 15) -> None:
        """Sign in as somebody who may use these routes."""
        me = {"account_id": "a1", "person_id": "p1", "grants": [], "may": EVERYTHING if may is None else may}
        self.api.answers |= {
            "POST /sessions": given(session(minutes), 201),
            "GET /me": given(me),
            "GET /sessions": given({"items": []}),
        }
        answer = await self.post("/sign-in", {"login": "officer", "password": "x", "to": "/me"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/me")


@cache
def _made() -> tuple[FastAPI, Renderer]:
    """Routes and templates are the same for every console, and are read once in a process."""
    statics = Statics()
    return pages(statics), Renderer(statics)


@asynccontextmanager
async def browsing(api: PlayedApi | None = None, **more: Any) -> AsyncIterator[Browser]:
    """A browser before the console, which has these settings besides."""
    played = api or PlayedApi()
    made, renderer = _made()
    own = copy(made)
    own.state = State()
    app = over(own, renderer, settings(**more), played, SECRET)  # type: ignore[arg-type]
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=HOST) as client:
        yield Browser(client, played)
