"""What this browser asked the provider, a cookie for each question: several windows may be on their way at once."""

import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

from services.console import cookies
from services.console.asked import Visit

ASKED = "provider"
"""The purpose under which a question is sealed, and the beginning of its cookie's name."""
MINUTES = 10
MOST = 4
"""Questions of one browser that wait: each is as long as a ticket, and the head of a request is bounded."""


def keep(found: Visit, address: str, kept: dict[str, Any]) -> None:
    """Keep what belongs to the question with which somebody is sent to this address, and not too many others."""
    [state] = parse_qs(urlsplit(address).query)["state"]
    for older in _waiting(found)[MOST - 1 :]:
        cookies.put(found.request, older, "", found.console.secure)
    sealed = found.console.seal.close(ASKED, {**kept, "at": found.console.now().timestamp()})
    cookies.put(found.request, _name(found, state), sealed, found.console.secure, MINUTES * 60)


def take(found: Visit, state: str) -> dict[str, Any] | None:
    """What was kept for the question that is answered under this state, once; None: this browser asked none."""
    name = _name(found, state)
    if name not in found.request.cookies:
        return None
    cookies.put(found.request, name, "", found.console.secure)
    return _opened(found, name)


def _waiting(found: Visit) -> list[str]:
    """The names of the questions' cookies, the last one first."""
    asked = {name: _opened(found, name) for name in found.request.cookies if name.startswith(_name(found))}
    return sorted(asked, key=lambda name: (asked[name] or {"at": 0.0})["at"], reverse=True)


def _opened(found: Visit, name: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = found.console.seal.open(ASKED, found.request.cookies[name])
    return kept


def _name(found: Visit, state: str | None = None) -> str:
    digest = "" if state is None else hashlib.sha256(state.encode()).hexdigest()[:16]
    return cookies.bound(f"{ASKED}-{digest}", found.console.secure)
