"""Every number that the API takes has bounds in its description: what it allows is never refused as too large."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from services.officers.app import ROUTERS
from services.officers.web.strict import LARGEST


def described() -> dict[str, Any]:
    """The description of every route."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    return app.openapi()


def numbers(
    part: Any, shapes: dict[str, Any], place: str, seen: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number in a schema and in what it names, with where it stands."""
    if isinstance(part, list):
        for one in part:
            yield from numbers(one, shapes, place, seen)
    if not isinstance(part, dict):
        return
    named = str(part.get("$ref", "")).rpartition("/")[2]
    if named and named not in seen:
        seen.add(named)
        yield from numbers(shapes[named], shapes, named, seen)
    kinds = part.get("type")
    if any(one in ("integer", "number") for one in (kinds if isinstance(kinds, list) else [kinds])):
        yield place, part
    if part.get("additionalProperties") is True:
        yield place, {}
    for name, one in part.items():
        yield from numbers(one, shapes, f"{place}.{name}", seen)


def unbounded(document: dict[str, Any]) -> list[str]:
    """Where a number may be sent whose description names no bounds that are taken."""
    sent = [
        (f"{method} {path}", [one.get("requestBody", {}), one.get("parameters", [])])
        for path, ways in document["paths"].items()
        for method, one in ways.items()
    ]
    seen: set[str] = set()
    shapes = document["components"]["schemas"]
    found = (one for place, said in sent for one in numbers(said, shapes, place, seen))
    return sorted(
        {
            place
            for place, number in found
            if not ({"const", "enum"} & set(number))
            and not (
                -LARGEST
                <= number.get("minimum", -LARGEST - 1)
                <= number.get("maximum", LARGEST + 1)
                <= LARGEST
            )
        }
    )


def test_every_number_that_may_be_sent_has_bounds_that_are_taken() -> None:
    assert unbounded(described()) == []


def test_a_number_without_a_bound_is_found() -> None:
    app = FastAPI()

    @app.post("/rows")
    async def rows(body: dict[str, int]) -> None: ...

    assert unbounded({"components": {"schemas": {}}, **app.openapi()}) != []
