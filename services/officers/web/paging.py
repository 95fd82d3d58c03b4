"""Pages by cursor: where to go on, in an opaque text; never a total."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from services.officers.web.problems import RefusedError

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page")]
Cursor = Annotated[
    str,
    Query(
        max_length=500,
        description="`next` of the page before; none for the first",
        json_schema_extra={"format": "cursor"},
    ),
]


class Page(BaseModel, Generic[T]):
    """Some items, and the cursor of the following page; null when there is none."""

    items: list[T]
    next: str | None


def write_cursor(*place: str | int) -> str:
    """The cursor of a place in a list."""
    text = json.dumps(place, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, *start: str | int) -> tuple[Any, ...]:
    """The place in a list, `start` for an empty cursor. RefusedError `cursor-invalid` when it is none of ours."""
    if not cursor:
        return start
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise RefusedError("cursor-invalid") from None
    alike = isinstance(place, list) and [type(part) for part in place] == [type(part) for part in start]
    if not alike or any(type(part) is int and abs(part) > 2**62 for part in place):
        raise RefusedError("cursor-invalid")
    if any(isinstance(part, str) and ("\x00" in part or not part.isprintable()) for part in place):
        raise RefusedError("cursor-invalid")
    return tuple(place)


def instant_of(part: str) -> datetime:
    """An instant out of a cursor. RefusedError `cursor-invalid` when it is none."""
    try:
        instant = datetime.fromisoformat(part)
        instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RefusedError("cursor-invalid") from None
    if instant.tzinfo is None:
        raise RefusedError("cursor-invalid")
    return instant


def cut(rows: Sequence[T], limit: int) -> tuple[Sequence[T], T | None]:
    """The page out of `limit + 1` rows, and its last row when more follow."""
    return (rows[:limit], rows[limit - 1]) if len(rows) > limit else (rows, None)
