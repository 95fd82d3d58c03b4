"""Whether a service can do its work, asked by whoever starts and watches it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.kit.logs import logger

Check = Callable[[], Awaitable[object]]
"""Returns when all is well, raises when not."""

LIMIT = 3.0
"""Seconds after which a check that does not answer has failed: silence is not health (D8)."""


def health_router(checks: Mapping[str, Check]) -> APIRouter:
    """`GET /healthz`: 200 when every check passed, else 503; the reply names each check and nothing else."""
    router = APIRouter()

    @router.get("/healthz", include_in_schema=False)
    async def healthz() -> JSONResponse:
        names = list(checks)
        results = await asyncio.gather(*(_passes(name, checks[name]) for name in names))
        state = {name: "ok" if passed else "failed" for name, passed in zip(names, results, strict=True)}
        healthy = all(results)
        body = {"status": "ok" if healthy else "failed", "checks": state}
        return JSONResponse(body, 200 if healthy else 503, {"Cache-Control": "no-store"})

    return router


async def _passes(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(LIMIT):
            await check()
    except Exception as error:
        logger.warning("health check failed", reason=name, exc_info=error)
        return False
    return True
