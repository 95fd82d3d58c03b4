"""A whole list of the API, page after page, up to a bound."""

from typing import Any

from services.console.api import Api

PAGE = 200
"""Rows that the API gives at a time, at most."""


async def every(api: Api, path: str, most: int, **narrowed: str) -> list[dict[str, Any]]:
    """The rows of the list, `most` at most; RefusedError when the API refuses."""
    rows: list[dict[str, Any]] = []
    cursor = ""
    while len(rows) < most:
        listed = await api.read(path, **narrowed, cursor=cursor, limit=min(PAGE, most - len(rows)))
        rows += listed["items"]
        cursor = listed["next"] or ""
        if not cursor:
            break
    return rows
