"""Wait for what another process or task does, by asking again."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Any

import httpx2

from services.kit.tls import nobody

PATIENCE = 90.0
"""Seconds within which what must come has come, also on a slow machine that does something else besides."""

UNHURRIED = True
"""A worker's `debug_mode`: else a workflow that had no processor for two seconds counts as one that hangs."""


async def reachable(
    url: str,
    running: asyncio.Task[None] | None = None,
    *,
    healthy: bool = True,
    verify: ssl.SSLContext | None = None,
) -> None:
    """Wait until a URL answers, with 200 unless told otherwise; raise what ended the task meanwhile."""
    async with httpx2.AsyncClient(verify=verify or nobody()) as client:
        async with asyncio.timeout(PATIENCE):
            while True:
                if running is not None and running.done():
                    await running
                with contextlib.suppress(httpx2.HTTPError):
                    if (await client.get(url)).status_code == 200 or not healthy:
                        return
                await asyncio.sleep(0.02)


async def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Ask again and again until the answer is true, and return it."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.02)
