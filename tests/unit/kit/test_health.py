"""Health: every check must answer well and in time."""

import asyncio

import httpx2
import pytest
from fastapi import FastAPI

from services.kit import health
from tests.waiting import PATIENCE


async def well() -> None:
    return None


async def ill() -> None:
    raise ConnectionError("甄选")


async def silent() -> None:
    await asyncio.Event().wait()


async def ask(checks: dict[str, health.Check]) -> httpx2.Response:
    app = FastAPI()
    app.include_router(health.health_router(checks))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        return await client.get("/healthz")


async def test_all_well_is_200() -> None:
    answer = await ask({"broker": well, "database": well})
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"broker": "ok", "database": "ok"}}


async def test_one_failure_is_503_and_says_which_and_not_why() -> None:
    answer = await ask({"broker": ill, "database": well})
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"broker": "failed", "database": "ok"}
    assert "甄选" not in answer.text


async def test_silence_is_not_health(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LIMIT", 0.05)
    async with asyncio.timeout(PATIENCE):
        answer = await ask({"broker": silent})
    assert answer.status_code == 503
