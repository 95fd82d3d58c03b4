"""The registry's read API, for the other services and the auditor's tools. There is no way to write here."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query

from services.kit.bearer import bearer_guard, insist_on_bearer
from services.kit.errors import NotFoundError, install_handlers
from services.kit.health import Check, health_router
from services.kit.recordviews import EntryView, HeadView, VerificationView
from services.registry.checking import verify_record
from services.registry.ledger import Proving
from services.registry.schemas import AttemptPage, EntryPage, attempt_view, entry_view, verification_view
from services.registry.store.reading import Reading

Limit = Annotated[int, Query(ge=1, le=1000)]
After = Annotated[int, Query(ge=-1, le=2**62)]
CaseId = Annotated[str | None, Query(max_length=121)]


def make_app(reading: Reading, proof: Proving, token: str, checks: Mapping[str, Check]) -> FastAPI:
    """The application. Every route but the health check asks for the bearer token."""
    app = FastAPI(title="Qingxuan record", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    install_handlers(app)
    app.include_router(health_router(checks))
    guard = bearer_guard(token, "present the record's reading token as a bearer token")
    app.include_router(_record(reading, proof), prefix="/record", dependencies=[guard])
    insist_on_bearer(app)
    return app


def _record(reading: Reading, proof: Proving) -> APIRouter:
    router = APIRouter()
    # A verification reads the whole record: one at a time, the next caller waits for its turn.
    verifying = asyncio.Lock()

    @router.get("/entries")
    async def entries(
        case_id: CaseId = None, after: After = -1, limit: Limit = 200, newest: bool = False
    ) -> EntryPage:
        if newest and case_id is not None:
            last = await reading.newest(case_id)
            return EntryPage(items=[] if last is None else [entry_view(last)], next=None)
        found = await reading.entries(case_id=case_id, after=after, limit=limit)
        following = found[-1].entry.entry_index if len(found) == limit else None
        return EntryPage(items=[entry_view(line) for line in found], next=following)

    @router.get("/entries/{index}")
    async def entry(index: int) -> EntryView:
        found = await reading.entry(index) if 0 <= index < 2**62 else None
        if found is None:
            raise NotFoundError(f"the record has no entry {index}")
        return entry_view(found)

    @router.get("/head")
    async def head() -> HeadView:
        found = await reading.head()
        return HeadView(count=found.length, entry_hash=found.entry_hash)

    @router.get("/verify")
    async def verify() -> VerificationView:
        async with verifying:
            return verification_view(await verify_record(reading, proof=proof))

    @router.get("/attempts")
    async def attempts(after: After = -1, limit: Limit = 200) -> AttemptPage:
        found = await reading.attempts(after=after, limit=limit)
        following = found[-1][0] if len(found) == limit else None
        return AttemptPage(items=[attempt_view(number, one) for number, one in found], next=following)

    return router
