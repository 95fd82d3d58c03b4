"""Entity tags: what a caller has seen, named, so that an unchanged thing need not travel again."""

from starlette.datastructures import Headers

from services.officers.web.problems import RefusedError


def tag(*parts: str | int) -> str:
    """An entity tag of these parts; the first says what may not change under a conditional write."""
    return '"' + ".".join(str(part) for part in parts) + '"'


def unchanged(headers: Headers, current: str) -> bool:
    """Whether the caller has the current representation already (If-None-Match)."""
    return (
        current in _tags(headers.get("if-none-match", "")) or headers.get("if-none-match", "").strip() == "*"
    )


def check_match(headers: Headers, version: str | int) -> None:
    """RefusedError `stale-digest` when an If-Match names another version than the first part of our tags."""
    named = headers.get("if-match")
    if named is None or named.strip() == "*":
        return
    versions = {one.strip('"').split(".")[0] for one in _tags(named)}
    if str(version) not in versions:
        raise RefusedError("stale-digest")


def _tags(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")[:50]}
