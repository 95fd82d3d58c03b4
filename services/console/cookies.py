"""The cookies: the sealed session, the language, and for some minutes what was asked of the provider. Nothing else of
anybody is kept by a browser."""

from http.cookies import SimpleCookie

from fastapi import Request

WAITING = "cookies"
"""Where a request keeps the cookies that its reply is to set (services/console/headers.py)."""
YEAR = 365 * 24 * 3600


def session_name(secure: bool) -> str:
    """What the session's cookie is called."""
    return bound("qx", secure)


def bound(name: str, secure: bool) -> str:
    """The name of a cookie that no other host may set: the prefix binds it to this one and to TLS."""
    return f"__Host-{name}" if secure else name


def put(request: Request, name: str, value: str, secure: bool, age: int | None = None) -> None:
    """Have the reply set the cookie; an empty value has the browser forget it."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = value
    morsel = cookie[name]
    morsel["path"], morsel["httponly"], morsel["samesite"] = "/", True, "Lax"
    morsel["secure"] = secure
    if not value or age is not None:
        morsel["max-age"] = age if value and age is not None else 0
    waiting: list[str] = request.scope["state"].setdefault(WAITING, [])
    waiting.append(morsel.OutputString())
