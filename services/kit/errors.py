"""Errors that leave a service, as RFC 9457 problem documents.

    ServiceError                 status, code, title, detail: somebody outside is told
    ├── NotFoundError        404    no such thing, or not for you: the two answer alike
    ├── UnauthenticatedError 401    no token, or not a valid one
    ├── InvalidError         422    malformed; `extra["errors"]` names each field
    ├── TooLargeError        413    the body is over the limit
    └── UnavailableError     503    the database or the broker does not answer, so nobody knows what was done: try again

Anything else is a fault of ours: the reply is a 500 that says nothing of the inside, the log has the rest.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from services.kit.logs import logger

PROBLEM_BASE = "https://qingxuan.invalid/problems/"
MEDIA_TYPE = "application/problem+json"


class ServiceError(Exception):
    """An error with an HTTP status and a stable code; `detail` is a sentence for whoever asked."""

    status = 500
    code = "internal"
    title = "The service could not do this"

    def __init__(
        self,
        detail: str = "",
        *,
        status: int | None = None,
        code: str | None = None,
        title: str | None = None,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status or type(self).status
        self.code = code or type(self).code
        self.title = title or type(self).title
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.detail or self.title}"

    def problem(self) -> dict[str, Any]:
        """The problem document. Members of `extra` stand beside the standard ones and cannot replace them."""
        standard = {"type": PROBLEM_BASE + self.code, "title": self.title, "status": self.status}
        if self.detail:
            standard["detail"] = self.detail
        return {**self.extra, **standard, "code": self.code}


class NotFoundError(ServiceError):
    """No such thing, or none that this caller may see."""

    status, code, title = 404, "not-found", "Not found"


class UnauthenticatedError(ServiceError):
    """The caller did not prove who they are."""

    status, code, title = 401, "unauthenticated", "Authentication is required"

    def __init__(self, detail: str = "", **more: Any) -> None:
        super().__init__(detail, **{"headers": {"WWW-Authenticate": "Bearer"}, **more})


class InvalidError(ServiceError):
    """The request is malformed."""

    status, code, title = 422, "invalid", "The request is not valid"


class TooLargeError(ServiceError):
    """The body is larger than the service reads."""

    status, code, title = 413, "too-large", "The body is too large"


class UnavailableError(ServiceError):
    """A database or a broker does not answer. Nothing was done and the same request may be sent again."""

    status, code, title = 503, "unavailable", "Temporarily unavailable"

    def __init__(self, detail: str = "", **more: Any) -> None:
        super().__init__(detail, **{"headers": {"Retry-After": "2"}, **more})


def problem_response(error: ServiceError) -> JSONResponse:
    """The reply for an error."""
    return JSONResponse(error.problem(), error.status, error.headers, media_type=MEDIA_TYPE)


def install_handlers(app: FastAPI) -> None:
    """Make every error of an application leave as a problem document."""

    @app.exception_handler(ServiceError)
    async def _service(request: Request, error: ServiceError) -> JSONResponse:
        return problem_response(error)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(InvalidError(_sentence(error), extra={"errors": _fields(error)}))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(_from_http(error))

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        logger.error("request failed", error=type(error).__name__, path=route_of(request), exc_info=error)
        return problem_response(ServiceError())


def route_of(request: Request) -> str:
    """The route's template, such as `/v1/tasks/{task_id}`: a log line names no id that a person sent."""
    route = request.scope.get("route")
    return str(getattr(route, "path", "unknown"))


def _fields(error: RequestValidationError) -> list[dict[str, str]]:
    # The offending value is left out: it may be personal data, and the caller has it.
    return [
        {"field": ".".join(map(str, e["loc"])), "reason": e["msg"], "kind": e["type"]} for e in error.errors()
    ]


def _sentence(error: RequestValidationError) -> str:
    return "; ".join(f"{f['field']}: {f['reason']}" for f in _fields(error))


def _from_http(error: HTTPException) -> ServiceError:
    known = {404: ("not-found", "Not found"), 405: ("method-not-allowed", "Method not allowed")}
    code, title = known.get(error.status_code, (f"http-{error.status_code}", str(error.detail)))
    detail = "" if error.status_code in known else str(error.detail)
    return ServiceError(detail, status=error.status_code, code=code, title=title, headers=error.headers)
