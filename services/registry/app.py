"""The registry's read API, for the other services and the auditor's tools. There is no way to write here."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query
from pydantic import StringConstraints

from services.kit.bearer import bearer_guard
from services.kit.errors import NotFoundError, install_handlers
from services.kit.health import Check, health_router
from services.registry.checking import verify_record
from services.registry.schemas import (
    DigestsView,
    EntryPage,
    EntryView,
    HeadView,
    ParkedPage,
    ParkedView,
    VerificationView,
)
from services.registry.store import Store

Limit = Annotated[int, Query(ge=1, le=1000)]
After = Annotated[int, Query(ge=-1, le=2**62)]
CaseId = Annotated[str | None, Query(max_length=121)]
EventIds = Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Query(max_length=256)]


def make_app(store: Store, token: str, checks: Mapping[str, Check]) -> FastAPI:
    """The application. Every route but the health check asks for the bearer token."""
    app = FastAPI(title="Qingxuan record", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    install_handlers(app)
    app.include_router(health_router(checks))
    guard = bearer_guard(token, "present the record's reading token as a bearer token")
    app.include_router(_record(store), prefix="/record", dependencies=[guard])
    return app


def _record(store: Store) -> APIRouter:
    router = APIRouter()
    # A verification reads the whole record: one at a time, the next caller waits for its turn.
    verifying = asyncio.Lock()

    @router.get("/entries")
    async def entries(case_id: CaseId = None, after: After = -1, limit: Limit = 200) -> EntryPage:
        found = await store.entries(case_id=case_id, after=after, limit=limit)
        following = found[-1].entry_index if len(found) == limit else None
        return EntryPage(items=[EntryView.of(entry) for entry in found], next=following)

    @router.get("/entries/{index}")
    async def entry(index: int) -> EntryView:
        found = await store.entry(index) if 0 <= index < 2**62 else None
        if found is None:
            raise NotFoundError(f"the record has no entry {index}")
        return EntryView.of(found)

    @router.get("/head")
    async def head() -> HeadView:
        found = await store.head()
        return HeadView(count=found.count, entry_hash=found.entry_hash)

    @router.get("/digests")
    async def digests(event_id: EventIds) -> DigestsView:
        return DigestsView(digests=await store.digests(event_id))

    @router.get("/verify")
    async def verify() -> VerificationView:
        async with verifying:
            return VerificationView.of(await verify_record(store))

    @router.get("/parked")
    async def parked(after: After = -1, limit: Limit = 200) -> ParkedPage:
        found = await store.parked(after=after, limit=limit)
        following = found[-1][0] if len(found) == limit else None
        return ParkedPage(items=[ParkedView.of(number, one) for number, one in found], next=following)

    return router
