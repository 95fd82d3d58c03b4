"""The application: every route under /v1, every error a problem document in the caller's language."""

import re
from collections.abc import Mapping

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.errors import ServiceError, install_handlers, problem_response
from services.kit.health import Check, health_router
from services.kit.http import BodyLimit
from services.officers.office import Office
from services.officers.roster.workbook import MAX_BYTES
from services.officers.routes import (
    accounts,
    acts,
    batches,
    cases,
    commands,
    deputies,
    figures,
    integrity,
    notices,
    policies,
    record,
    rosters,
    screenings,
    seats,
    sessions,
    starts,
    tasks,
)
from services.officers.routes.caller import KEY_HEADER
from services.officers.web.language import language_of
from services.officers.web.problems import PROBLEMS, RefusedError

BASE = "/v1"
SMALL_BODY = 256 * 1024
"""Bytes of every body but of rosters and lists: forms and reasons are short."""
_LARGE = re.compile(r".*/roster|.*/screenings/[^/]+/lists/[^/]+")

# They are tried one after the other: what is asked most stands first.
ROUTERS: tuple[APIRouter, ...] = (
    tasks.router,
    cases.router,
    acts.router,
    starts.router,
    batches.router,
    rosters.router,
    screenings.router,
    seats.router,
    commands.router,
    notices.router,
    notices.public,
    sessions.router,
    accounts.router,
    deputies.router,
    policies.router,
    figures.router,
    integrity.router,
    record.router,
)


def make_app(office: Office, checks: Mapping[str, Check]) -> FastAPI:
    """The application over the given parts."""
    app = FastAPI(
        title="Qingxuan 清选",
        version="1",
        description="Vetting of nominees and removal of members. "
        "Sign in at POST /v1/sessions, then find your work at GET /v1/tasks.",
        openapi_url=f"{BASE}/openapi.json",
        # The pages of these load scripts from elsewhere; the document itself is enough.
        docs_url=None,
        redoc_url=None,
    )
    app.state.office = office
    install_handlers(app)
    _speak(app)
    app.include_router(health_router(checks))
    for router in ROUTERS:
        app.include_router(router, prefix=BASE)
    return app


def _speak(app: FastAPI) -> None:
    """Answer errors in the caller's language where the language is known."""

    @app.exception_handler(ServiceError)
    async def _service(request: Request, error: ServiceError) -> JSONResponse:
        language = language_of(request.headers.get("accept-language", ""))
        if not isinstance(error, RefusedError) and error.code in PROBLEMS:
            error = RefusedError(error.code, error.detail, extra=error.extra, headers=error.headers)
        return problem_response(error.spoken(language) if isinstance(error, RefusedError) else error)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        language = language_of(request.headers.get("accept-language", ""))
        if any(one["loc"] == ("header", KEY_HEADER) for one in error.errors()):
            return problem_response(RefusedError("idempotency-key-missing").spoken(language))
        # Of a body only the place and the rule are told: the value may be personal, and the caller has it.
        faults = [
            {"field": ".".join(map(str, one["loc"])), "reason": one["msg"], "kind": one["type"]}
            for one in error.errors()
        ]
        detail = "; ".join(f"{fault['field']}: {fault['reason']}" for fault in faults[:5])
        return problem_response(RefusedError("invalid", detail, extra={"errors": faults}).spoken(language))


class Limits:
    """ASGI: rosters and lists may be large, everything else is small, and both are refused before they are read."""

    def __init__(self, app: ASGIApp) -> None:
        # A little more than the workbook's own limit, so that its own problem names it.
        self._large = BodyLimit(app, MAX_BYTES + 64 * 1024)
        self._small = BodyLimit(app, SMALL_BODY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        large = scope["type"] == "http" and _LARGE.fullmatch(scope["path"]) is not None
        await (self._large if large else self._small)(scope, receive, send)
