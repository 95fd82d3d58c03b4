"""The application: every route under /v1, every error a problem document in the caller's language."""

import re
from collections.abc import Callable, Mapping

from fastapi import APIRouter, FastAPI
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.bodies import BodyLimit
from services.kit.errors import InvalidError, ServiceError, install_handlers
from services.kit.health import Check, health_router
from services.officers.identity.standing import refusal
from services.officers.office import Office
from services.officers.roster.workbook import MAX_BYTES
from services.officers.routes import (
    absences,
    access,
    accounts,
    acts,
    archive,
    batches,
    bundles,
    case_search,
    cases,
    codec,
    colleagues,
    commands,
    deputies,
    documents,
    drafts,
    emergencies,
    factors,
    figures,
    integrity,
    journal,
    notices,
    offered,
    own_data,
    papers,
    persons,
    policies,
    policy_drafts,
    proposals,
    providers,
    readers,
    record,
    reveals,
    rosters,
    screenings,
    seats,
    sessions,
    sheets,
    starts,
    task_lists,
    tasks,
    ties,
    witnessing,
    words,
)
from services.officers.routes.ruled import insist_on_rules
from services.officers.web.faults import invalid
from services.officers.web.language import language_of
from services.officers.web.problems import PROBLEMS, RefusedError
from services.officers.web.throttling import Addresses

BASE = "/v1"
SMALL_BODY = 256 * 1024
"""Bytes of every body but of rosters, lists, bundles and documents: forms and reasons are short."""
_LARGE = re.compile(r".*/roster(/marked)?|.*/screenings/[^/]+/lists/[^/]+|.*/bundles|.*/documents")

# They are tried one after the other: what is asked most stands first.
ROUTERS: tuple[APIRouter, ...] = (
    task_lists.router,
    task_lists.finding,
    tasks.router,
    drafts.router,
    bundles.router,
    documents.router,
    ties.router,
    case_search.router,
    cases.router,
    reveals.router,
    readers.router,
    acts.router,
    starts.router,
    batches.router,
    rosters.router,
    screenings.router,
    seats.router,
    commands.router,
    colleagues.router,
    # Before the letters: a paper's address is a letter's with an ending.
    papers.router,
    papers.public,
    sheets.router,
    notices.router,
    offered.router,
    notices.public,
    sessions.router,
    factors.router,
    providers.router,
    accounts.router,
    access.router,
    emergencies.router,
    persons.router,
    own_data.router,
    policy_drafts.router,
    proposals.router,
    deputies.router,
    absences.router,
    policies.router,
    witnessing.router,
    words.router,
    figures.router,
    integrity.router,
    archive.router,
    record.router,
    journal.router,
    codec.router,
)


def make_app(office: Office, checks: Mapping[str, Check]) -> FastAPI:
    """The application over the given parts. UnruledError when it is not said of every route who may use it."""
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
    install_handlers(app, spoken)
    app.include_router(health_router(checks))
    for router in ROUTERS:
        app.include_router(router, prefix=BASE)
    insist_on_rules(app, BASE, office.policy)
    return app


def spoken(headers: Mapping[str, str], error: ServiceError) -> ServiceError:
    """The error in the caller's language, with the sentence of the table of problems where there is one."""
    language = language_of(headers.get("accept-language", ""))
    if isinstance(error, InvalidError):
        return invalid(error).spoken(language)
    if not isinstance(error, RefusedError) and error.code in PROBLEMS:
        error = RefusedError(error.code, error.detail, extra=error.extra, headers=error.headers)
    return error.spoken(language) if isinstance(error, RefusedError) else error


class Limits:
    """ASGI: how often one address may ask, and how much: files and bundles may be large, all else is small.

    A large body is read from nobody who does not show a token of ours: to whoever shows none it is said before.
    """

    def __init__(self, app: ASGIApp, address_rate: float, knows: Callable[[str], bool]) -> None:
        """`knows`: whether a token is one of ours, however its account stands."""
        self._knows = knows
        app = Addresses(app, address_rate, spoken)
        # A little more than the workbook's own limit, so that its own problem names it.
        self._large = BodyLimit(app, MAX_BYTES + 64 * 1024, spoken)
        self._small = BodyLimit(app, SMALL_BODY, spoken)
        self._of_nobody = BodyLimit(app, SMALL_BODY, spoken, refusal())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._limit(scope)(scope, receive, send)

    def _limit(self, scope: Scope) -> BodyLimit:
        if scope["type"] != "http" or _LARGE.fullmatch(scope["path"]) is None:
            return self._small
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        return self._large if scheme.lower() == "bearer" and self._knows(token.strip()) else self._of_nobody
