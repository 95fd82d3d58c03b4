"""A whole list, page by page."""

from typing import Any

from tests.person import Person


async def paged(person: Person, path: str, **narrowed: Any) -> list[dict[str, Any]]:
    """All of a list."""
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await person.get(path, limit=200, cursor=cursor, **narrowed)
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        cursor = page.json()["next"]
    return items
