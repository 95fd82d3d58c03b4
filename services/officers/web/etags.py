"""Entity tags: what a caller has seen, named, so that an unchanged thing need not travel again."""

from starlette.datastructures import Headers

from services.officers.web.problems import RefusedError


def tag(*parts: str | int) -> str:
    """An entity tag of these parts; the first says what may not change under a conditional write."""
    return '"' + ".".join(str(part) for part in parts) + '"'


def unchanged(headers: Headers, current: str) -> bool:
    """Whether the caller has the current representation already (If-None-Match; RFC 9110, 13.1.2).

    Compared weakly: a proxy that compresses marks our tags as weak. Several lines are one list.
    """
    named = _tags(headers, "if-none-match")
    return current in {one.removeprefix("W/") for one in named} or named == ["*"]


def check_match(headers: Headers, version: str | int) -> None:
    """RefusedError `stale-digest` when an If-Match names another version than the first part of our tags.

    A weak tag names none: for a write only a strong one counts (RFC 9110, 13.1.1).
    """
    named = _tags(headers, "if-match")
    if "if-match" not in headers or named == ["*"]:
        return
    versions = {one.strip('"').split(".")[0] for one in named}
    if str(version) not in versions:
        raise RefusedError("stale-digest")


def _tags(headers: Headers, name: str) -> list[str]:
    """The members of all lines of a header, at most fifty."""
    members = (part.strip() for line in headers.getlist(name) for part in line.split(","))
    return [one for one in members if one][:50]
