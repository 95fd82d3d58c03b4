"""How a write that stands in a table becomes a route."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter

from services.officers.views.base import WRITES, Body, DoneView


def add_write(
    router: APIRouter,
    endpoint: Callable[..., Coroutine[Any, Any, object]],
    *,
    path: str,
    name: str,
    body: type[Body],
    status: int,
) -> None:
    """Answer POST at the path. What the body says of itself is the summary, the path's first part the tag."""
    router.add_api_route(
        path,
        endpoint,
        methods=["POST"],
        name=name,
        summary=(body.__doc__ or "").partition("\n")[0],
        tags=[path.split("/")[1]],
        status_code=status,
        responses=WRITES,
        response_model=DoneView,
    )
