"""The notices' internal API: inboxes, letters, proof of service, what cases are to be told, public notices, figures."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query

from services.kit import cursor
from services.kit.bearer import bearer_guard
from services.kit.db import Database
from services.kit.errors import InvalidError, NotFoundError, install_handlers
from services.kit.health import Check, health_router
from services.kit.sealing import Keyring
from services.notices.schemas import (
    FiguresView,
    NoticePage,
    NoticeView,
    PublicPage,
    PublicView,
    ReceiptBody,
    ReceiptView,
    ServiceBody,
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
from services.notices.store.letters import Grant, Letters, Reader
from services.notices.store.serving import Server, Serving

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[int, Query(ge=0, le=2**62)]
Word = Annotated[str, Query(max_length=200)]
MOST_GRANTS = 100
MOST_CASES = 1000


def make_app(
    database: Database,
    keyring: Keyring,
    token: str,
    checks: Mapping[str, Check],
    clock: Callable[[], datetime],
) -> FastAPI:
    """The application. Every route but the health check asks for the bearer token."""
    app = FastAPI(title="Qingxuan notices", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    install_handlers(app)
    app.include_router(health_router(checks))
    guard = [bearer_guard(token, "present the notices' token as a bearer token")]
    app.include_router(_overview(database, keyring, clock), prefix="/overview", dependencies=guard)
    app.include_router(_serving(database, clock), prefix="/notices", dependencies=guard)
    app.include_router(_telling(database), prefix="/notices", dependencies=guard)
    app.include_router(_letters(database, keyring), prefix="/notices", dependencies=guard)
    return app


def _reader(
    person_id: Word = "",
    grant: Annotated[list[str], Query(max_length=MOST_GRANTS)] = [],  # noqa: B006
    role: Word = "",
    unit: Word = "",
    district: Word = "",
    not_case: Annotated[list[str], Query(max_length=MOST_CASES)] = [],  # noqa: B006
) -> Reader | None:
    """Who reads: `person_id`, and either `grant=ROLE:unit:district` for each grant or one as three parameters.

    `not_case`: no letter about this case reaches them in a role. None when nobody is named: then the caller answers
    for who sees the result.
    """
    grants = [_grant(text) for text in grant]
    if role:
        grants.append(Grant(role, unit, district))
    elif unit or district:
        raise InvalidError("unit and district narrow a role: name the role too")
    return Reader(person_id, tuple(grants), tuple(not_case)) if person_id or grants else None


def _grant(text: str) -> Grant:
    parts = text.split(":")
    if len(parts) != 3 or not parts[0] or not parts[2]:
        raise InvalidError("grant: write ROLE:unit:district, with an empty unit when there is none")
    return Grant(*parts)


def _server(
    person_id: Annotated[str, Query(min_length=1, max_length=200)],
    district: Annotated[list[str], Query(min_length=1, max_length=MOST_GRANTS)],
    not_case: Annotated[list[str], Query(max_length=MOST_CASES)] = [],  # noqa: B006
) -> Server:
    """Who serves letters by hand: a person, and the districts (`*`: every one) in which they do."""
    return Server(person_id, tuple(district), tuple(not_case))


AsServer = Annotated[Server, Depends(_server)]
AsReader = Annotated[Reader | None, Depends(_reader)]


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

    @router.get("/undelivered")
    async def undelivered(server: AsServer, after: After = 0, limit: Limit = 50) -> UndeliveredPage:
        found = await serving.undelivered(server, after, limit)
        following = found[-1][0].position if len(found) == limit else None
        return UndeliveredPage(items=[UndeliveredView.of(row, mail) for row, mail in found], next=following)

    @router.post("/{ident}/service")
    async def service(ident: str, body: ServiceBody, server: AsServer) -> ServiceView:
        if body.at > clock():
            raise InvalidError("at: it lies ahead")
        try:
            row = await serving.serve(server, ident, body.at, body.how, body.document_digest)
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
    async def untold(limit: Limit = 50) -> UntoldList:
        return UntoldList(items=[UntoldView.of(one) for one in await fates.untold(limit)])

    @router.post("/{ident}/told")
    async def told(ident: str, body: ToldBody) -> ToldBody:
        await fates.told(ident, body.fate)
        return body

    return router


def _letters(database: Database, keyring: Keyring) -> APIRouter:
    router = APIRouter()
    letters = Letters(database)

    @router.get("")
    async def page(
        reader: AsReader,
        case_id: Annotated[str | None, Query(max_length=121)] = None,
        after: After = 0,
        limit: Limit = 50,
    ) -> NoticePage:
        found = await letters.page(reader, case_id, after, limit)
        following = found[-1].letter.position if len(found) == limit else None
        return NoticePage(items=[NoticeView.of(shown, keyring) for shown in found], next=following)

    @router.get("/{ident}")
    async def one(ident: str, reader: AsReader) -> NoticeView:
        found = await letters.one(ident, reader)
        if found is None:
            raise NotFoundError("there is no such notice for this reader")
        return NoticeView.of(found, keyring)

    @router.post("/{ident}/receipt")
    async def receipt(ident: str, body: ReceiptBody, reader: AsReader) -> ReceiptView:
        found = await letters.one(ident, reader)
        named = {one.person_id for one in found.readers} - {""} if found else set()
        if found is None or (named and body.person_id not in named):
            raise NotFoundError("there is no such notice for this reader")
        row = await letters.receive(ident, body.person_id, body.at)
        return ReceiptView(person_id=row.person_id, at=row.at)

    return router
