"""The notices' internal API: inboxes, letters, proof of service, what cases are to be told, public notices, figures."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query

from contracts.policy.model import Policy
from services.kit import cursor
from services.kit.bearer import bearer_guard, insist_on_bearer
from services.kit.db import Database
from services.kit.errors import InvalidError, NotFoundError, install_handlers
from services.kit.health import Check, health_router
from services.kit.sealing import Keyring
from services.notices.asking import InboxAsked, ReaderAsked, ReceiptAsked, ServiceAsked, UndeliveredAsked
from services.notices.papers.press import Press
from services.notices.papers.routes import papers_of_letters, papers_of_records
from services.notices.schemas import (
    FiguresView,
    NoticePage,
    NoticeView,
    PublicPage,
    PublicView,
    ReceiptView,
    ServiceView,
    StuckList,
    StuckView,
    ToldBody,
    UndeliveredPage,
    UndeliveredView,
    UntoldList,
    UntoldView,
)
from services.notices.store.deliveries import Deliveries
from services.notices.store.fates import Fates
from services.notices.store.inbox import Inbox
from services.notices.store.letters import Letters
from services.notices.store.serving import Serving

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[int, Query(ge=0, le=2**62)]


def make_app(
    database: Database,
    keyring: Keyring,
    token: str,
    checks: Mapping[str, Check],
    clock: Callable[[], datetime],
    press: Press,
    policies: Callable[[str], Policy],
) -> FastAPI:
    """The application. Every route but the health check asks for the bearer token."""
    app = FastAPI(title="Qingxuan notices", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    install_handlers(app)
    app.include_router(health_router(checks))
    guard = [bearer_guard(token, "present the notices' token as a bearer token")]
    app.include_router(_overview(database, keyring, clock), prefix="/overview", dependencies=guard)
    app.include_router(_serving(database, clock), prefix="/notices", dependencies=guard)
    app.include_router(_telling(database), prefix="/notices", dependencies=guard)
    papers = papers_of_letters(database, keyring, press, policies, clock)
    app.include_router(papers, prefix="/notices", dependencies=guard)
    app.include_router(papers_of_records(press), prefix="/papers", dependencies=guard)
    app.include_router(_letters(database, keyring, clock), prefix="/notices", dependencies=guard)
    insist_on_bearer(app)
    return app


def _overview(database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> APIRouter:
    router = APIRouter()
    letters, deliveries = Letters(database), Deliveries(database)

    @router.get("/figures")
    async def figures() -> FiguresView:
        return FiguresView(
            letters=await letters.by_type(),
            deliveries=await deliveries.figures(),
            stuck=len(await database.look(cursor.stuck)),
        )

    @router.get("/public")
    async def public(after: After = 0, limit: Limit = 50) -> PublicPage:
        found = await letters.on_show(clock(), after, limit)
        following = found[-1].position if len(found) == limit else None
        return PublicPage(items=[PublicView.of(row, keyring) for row in found], next=following)

    @router.get("/stuck")
    async def stuck() -> StuckList:
        found = await database.look(cursor.stuck)
        return StuckList(
            items=[StuckView(case_id=one.case_id, index=one.index, why=one.why) for one in found]
        )

    return router


def _serving(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    router = APIRouter()
    serving = Serving(database)

    @router.post("/undelivered")
    async def undelivered(asked: UndeliveredAsked) -> UndeliveredPage:
        found = await serving.undelivered(asked.server.server(), asked.after, asked.limit)
        following = found[-1][0].position if len(found) == asked.limit else None
        return UndeliveredPage(items=[UndeliveredView.of(row, mail) for row, mail in found], next=following)

    @router.post("/{ident}/service")
    async def service(ident: str, asked: ServiceAsked) -> ServiceView:
        if asked.at > clock():
            raise InvalidError("at: it lies ahead")
        try:
            row = await serving.serve(
                asked.server.server(), ident, asked.at, asked.how, asked.document_digest
            )
        except ValueError as reason:
            raise InvalidError(f"at: {reason}") from reason
        if row is None:
            raise NotFoundError("there is no such letter to be served")
        return ServiceView.model_validate(row.model_dump())

    return router


def _telling(database: Database) -> APIRouter:
    router = APIRouter()
    fates = Fates(database)

    @router.get("/untold")
    async def untold(after: After = 0, limit: Limit = 50) -> UntoldList:
        return UntoldList(items=[UntoldView.of(one) for one in await fates.untold(after, limit)])

    @router.post("/{ident}/told")
    async def told(ident: str, body: ToldBody) -> ToldBody:
        await fates.told(ident, body.fate)
        return body

    return router


def _letters(database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> APIRouter:
    router = APIRouter()
    letters, came = Letters(database), Inbox(database)

    @router.post("/inbox")
    async def inbox(asked: InboxAsked) -> NoticePage:
        found = await came.page(asked.reader.reader(), asked.wanted(), clock())
        following = found[-1].letter.position if len(found) == asked.limit else None
        return NoticePage(items=[NoticeView.of(shown, keyring) for shown in found], next=following)

    @router.post("/{ident}/reading")
    async def reading(ident: str, asked: ReaderAsked) -> NoticeView:
        found = await letters.one(ident, asked.reader())
        if found is None:
            raise NotFoundError("there is no such notice for this reader")
        return NoticeView.of(found, keyring)

    @router.post("/{ident}/receipt")
    async def receipt(ident: str, asked: ReceiptAsked) -> ReceiptView:
        found = await letters.one(ident, asked.reader.reader())
        named = {one.person_id for one in found.readers} - {""} if found else set()
        if found is None or (named and named.isdisjoint((asked.person_id, *asked.reader.also))):
            raise NotFoundError("there is no such notice for this reader")
        row = await letters.receive(ident, asked.person_id, asked.at)
        return ReceiptView(person_id=row.person_id, at=row.at)

    return router
