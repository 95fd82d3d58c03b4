"""What-if for those who may read the record: each answer is computed by a process of its own, one after the other."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import JSONResponse

from services.kit.bearer import bearer_guard

Version = Annotated[str, Path(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$")]


def what_if_router(token: str) -> APIRouter:
    """`GET /what-if/{version}`, for whoever bears the token of the record's readers; 404 for no such version."""
    router = APIRouter(dependencies=[bearer_guard(token, "the token of the record's readers is needed")])
    turn = asyncio.Lock()

    @router.get("/what-if/{version}", include_in_schema=False)
    async def answer(version: Version, *, ended: bool = False) -> JSONResponse:
        command = [sys.executable, "-m", "services.worker", "what-if", version, *(["ended"] if ended else [])]
        async with turn:
            process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
            printed, _ = await process.communicate()
        if process.returncode != 0:
            raise HTTPException(404)
        return JSONResponse(json.loads(printed))

    return router
