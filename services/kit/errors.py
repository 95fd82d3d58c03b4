"""Errors that leave a service, as RFC 9457 problem documents.

    ServiceError                 status, code, title, detail: somebody outside is told
    ├── NotFoundError        404    no such thing, or not for you: the two answer alike
    ├── UnauthenticatedError 401    no token, or not a valid one
    ├── InvalidError         422    malformed; `extra["errors"]` names each field
    ├── TooLargeError        413    the body is over the limit
    └── UnavailableError     503    the database or the broker does not answer, so nobody knows what was done: try again

Anything else is a fault of ours: the reply is a 500 that says nothing of the inside, the log has the rest.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from services.kit.logs import logger

PROBLEM_BASE = "https://qingxuan.invalid/problems/"
MEDIA_TYPE = "application/problem+json"

MOST_SAID = 5
"""Faulty fields in the sentence; `errors` has all."""


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


Speak = Callable[[Mapping[str, str], ServiceError], ServiceError]
"""An error as the caller reads it, whose request's headers are given."""


def plainly(_headers: Mapping[str, str], error: ServiceError) -> ServiceError:
    """As it is, in English: for services that only services ask."""
    return error


def install_handlers(app: FastAPI, speak: Speak = plainly) -> None:
    """Make every error of an application leave as a problem document, and no path lead to another one.

    A redirect for a slash too many would name whatever host the caller wrote, and over plain HTTP.
    """
    app.router.redirect_slashes = False

    @app.exception_handler(ServiceError)
    async def _service(request: Request, error: ServiceError) -> JSONResponse:
        return problem_response(speak(request.headers, error))

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        invalid = InvalidError(_sentence(error), extra={"errors": _fields(error)})
        return problem_response(speak(request.headers, invalid))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(
            speak(request.headers, _from_http(error, _methods(request) if error.status_code == 405 else []))
        )

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        logger.error("request failed", error=type(error).__name__, path=route_of(request), exc_info=error)
        return problem_response(speak(request.headers, ServiceError()))


def route_of(request: Request) -> str:
    """The route's template, such as `/v1/tasks/{task_id}`: a log line names no id that a person sent."""
    route = request.scope.get("route")
    return str(getattr(route, "path", "unknown"))


_FIELD = re.compile(r"[A-Za-z][\x20-\x3f\x41-\x7e]{0,80}")
"""What a field's name looks like, also where it stands for a choice of shapes: no number, no address, no Chinese."""
_RULES = ("min_length", "max_length", "ge", "gt", "le", "lt", "pattern", "expected", "zh")
"""What is told of a rule: its values, and its sentence in Chinese where a rule of ours brings one along."""


def _fields(error: RequestValidationError) -> list[dict[str, Any]]:
    # The offending value is left out: it may be personal data, and the caller has it.
    return [
        {
            "field": ".".join(map(_called, one["loc"])),
            "reason": one["msg"],
            "kind": one["type"],
            "rule": {name: str(value) for name, value in one.get("ctx", {}).items() if name in _RULES},
        }
        for one in error.errors()
    ]


def _called(part: int | str) -> str:
    """A field as it is named here. Whatever else a caller takes for a name may be somebody's name or number."""
    return str(part) if isinstance(part, int) or _FIELD.fullmatch(part) else "?"


def _sentence(error: RequestValidationError) -> str:
    return "; ".join(f"{f['field']}: {f['reason']}" for f in _fields(error)[:MOST_SAID])


def _methods(request: Request) -> list[str]:
    """What the path may be asked by; whatever answers GET answers HEAD (kit/replies.py)."""
    found = [method for method in ("GET", "POST", "PUT", "PATCH", "DELETE") if _answers(request, method)]
    return ["HEAD", *found] if "GET" in found else found


def _answers(request: Request, method: str) -> bool:
    asked = {**request.scope, "method": method}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


def _from_http(error: HTTPException, methods: list[str]) -> ServiceError:
    known = {404: ("not-found", "Not found"), 405: ("method-not-allowed", "Method not allowed")}
    code, title = known.get(error.status_code, (f"http-{error.status_code}", str(error.detail)))
    detail = "" if error.status_code in known else str(error.detail)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(methods)
    return ServiceError(detail, status=error.status_code, code=code, title=title, headers=headers)
