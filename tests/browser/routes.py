"""The addresses of the console's pages: every route that it answers, and to which of them an address leads."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from starlette.routing import Route

from services.console.walking import routers


class Page(NamedTuple):
    """A route that is looked at, and how its addresses are made out."""

    path: str
    route: Route


def _pages() -> Iterator[Page]:
    for router in routers():
        for route in router.routes:
            if isinstance(route, Route) and "GET" in (route.methods or ()):
                yield Page(route.path, route)


@cache
def pages() -> tuple[Page, ...]:
    """Every page of the console, in the order in which addresses are tried."""
    return tuple(_pages())


def route_of(address: str) -> str:
    """The route to which the address leads, such as `/tasks/{task_id}`; empty for none."""
    path = address.partition("?")[0]
    return next((one.path for one in pages() if one.route.path_regex.fullmatch(path)), "")
