"""The application: the pages that were found, and what is shown when one cannot be."""

from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from services.console.api import Door, Problem, RefusedError, SignInNeededError
from services.console.asked import BY, MOST_FIELDS, RETURN, Console, insist_on_our_origin, texts, visit
from services.console.bodies import Bodies
from services.console.headers import Headers
from services.console.policies import Policies
from services.console.rendering import Renderer
from services.console.session import Seal
from services.console.settings import Settings
from services.console.statics import Statics
from services.console.walking import entries, routers
from services.kit.errors import route_of
from services.kit.health import health_router
from services.kit.logs import logger


def make_app(settings: Settings, door: Door, secret: str) -> ASGIApp:
    """The console, asking through this door. Every form must come from a page of its own."""
    statics = Statics()
    return over(pages(statics), Renderer(statics), settings, door, secret)


def pages(statics: Statics) -> FastAPI:
    """Every page, equal for every console; the parts by which it is filled come by `over`."""
    app = FastAPI(title="Qingxuan console", docs_url=None, redoc_url=None, openapi_url=None)
    app.router.redirect_slashes = False
    app.include_router(health_router({}))
    app.include_router(statics.router())
    for router in routers():
        app.include_router(router, dependencies=[Depends(insist_on_our_origin)])
    _install(app)
    return app


def over(app: FastAPI, renderer: Renderer, settings: Settings, door: Door, secret: str) -> ASGIApp:
    """These pages over these parts."""
    seal, secure = Seal(secret), settings.tls is not None
    app.state.console = Console(door, seal, renderer, Policies(), entries, secure, settings.warn_seconds)
    return Headers(Bodies(app, seal, secure))


def _install(app: FastAPI) -> None:
    @app.exception_handler(RefusedError)
    async def _refused(request: Request, error: RefusedError) -> Response:
        return (await visit(request)).refusal(error.problem)

    @app.exception_handler(SignInNeededError)
    async def _sign_in(request: Request, _error: SignInNeededError) -> Response:
        return await _to_sign_in(request)

    @app.exception_handler(RequestValidationError)
    async def _misread(request: Request, _error: RequestValidationError) -> Response:
        return (await visit(request)).refusal(Problem(404, "not-found"))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        code = "not-found" if error.status_code == 404 else "not-so"
        return (await visit(request)).refusal(Problem(error.status_code, code))

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> Response:
        logger.error("page failed", error=type(error).__name__, path=route_of(request), exc_info=error)
        return (await visit(request)).refusal(Problem(500, "internal"))


async def _to_sign_in(request: Request) -> Response:
    """To the sign-in page and back. What was typed goes along, sealed, and is shown to whoever typed it alone."""
    found = await visit(request)
    if request.method == "GET":
        return found.go("/sign-in?" + urlencode({"to": found.address}))
    async with request.form(max_fields=MOST_FIELDS) as form:
        posted = texts(form)
    return found.page(
        "sign_in/form.html",
        401,
        to=posted.get(RETURN, "/"),
        kept=found.kept(posted),
        login=found.console.seal.open(BY, posted.get(BY, "")) or "",
        ended=True,
        done=False,
        left=None,
        problem=None,
        ways=frozenset(),
    )
