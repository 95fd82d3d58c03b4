"""Entity tags: what a caller has seen, named, so that an unchanged thing need not travel again.

A tag says nothing but whether it is another one: a number in it would count what the caller may not know of.
"""

import hashlib
import hmac
from typing import Any

from pydantic import BaseModel
from starlette.datastructures import Headers

from services.officers.web.problems import RefusedError


def tag(*parts: str | int) -> str:
    """An entity tag of these parts; the first says what may not change under a conditional write."""
    return '"' + ".".join(str(part) for part in parts) + '"'


def of_content(view: BaseModel, but: Any = None) -> str:
    """What stands for a representation, or for all `but` some fields: it moves when that moves, and never else."""
    return hashlib.sha256(view.model_dump_json(exclude=but).encode()).hexdigest()[:32]


def of_version(secret: str, ident: str, version: int) -> str:
    """What stands for the version of a thing, and cannot be counted."""
    return hmac.digest(secret.encode(), f"version:{ident}:{version}".encode(), hashlib.sha256).hex()[:16]


def unchanged(headers: Headers, current: str) -> bool:
    """Whether the caller has the current representation already (If-None-Match; RFC 9110, 13.1.2).

    Compared weakly: a proxy that compresses marks our tags as weak. Several lines are one list.
    """
    named = _tags(headers, "if-none-match")
    return current in {one.removeprefix("W/") for one in named} or named == ["*"]


def check_match(headers: Headers, version: str) -> None:
    """RefusedError `stale-digest` when an If-Match names another version than the first part of our tags.

    A weak tag names none: for a write only a strong one counts (RFC 9110, 13.1.1).
    """
    if not conditional(headers):
        return
    named = _tags(headers, "if-match")
    versions = {one.strip('"').split(".")[0] for one in named}
    if version not in versions:
        raise RefusedError("stale-digest")


def conditional(headers: Headers) -> bool:
    """Whether a write hangs on what the caller has seen (If-Match), whichever version that was."""
    return "if-match" in headers and _tags(headers, "if-match") != ["*"]


def _tags(headers: Headers, name: str) -> list[str]:
    """The members of all lines of a header, at most fifty."""
    members = (part.strip() for line in headers.getlist(name) for part in line.split(","))
    return [one for one in members if one][:50]
