"""What an application answers, and what each of its operations depends on, for rules that hold for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts


class UnruledError(RuntimeError):
    """An application says of an operation not who may use it, and does not start."""


@dataclass(frozen=True)
class Operation:
    """A method and a path that are answered, with everything that is asked before the answer."""

    method: str
    path: str
    asked: tuple[Any, ...]

    @property
    def name(self) -> str:
        """Such as `GET /record/head`."""
        return f"{self.method} {self.path}"


def operations(app: FastAPI) -> Iterator[Operation]:
    """Every operation of the application, those of included routers too. HEAD is GET without its body."""
    for route in iter_route_contexts(app.routes):
        asked = tuple(_asked(getattr(route, "dependant", None)))
        # What takes any method, such as a mounted application, is an operation all the same.
        for method in sorted((route.methods or {"ANY"}) - {"HEAD"}):
            yield Operation(method, str(route.path), asked)


def _asked(dependant: Dependant | None) -> Iterator[Any]:
    if dependant is not None:
        yield dependant.call
        for inner in dependant.dependencies:
            yield from _asked(inner)
