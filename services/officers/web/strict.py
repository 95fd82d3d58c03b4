"""JSON as it should be: no repeated keys, no NaN, no number too large, no half character, no NUL."""

import json
import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

LARGEST = 2**53 - 1
"""Of an integer: beyond it readers of JSON disagree, and no digest could be made."""

DEEPEST = 40
"""Levels of a body; ours have five."""


def parse(body: bytes) -> Any:
    """The value. Raises json.JSONDecodeError for a body that another reader could understand differently."""
    try:
        text = body.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
        _check(value, DEEPEST)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _FaultError) else type(error).__name__
        raise json.JSONDecodeError(reason, "", 0) from error
    return value


class StrictRequest(Request):
    """A request whose `json()` is `parse`."""

    async def json(self) -> Any:
        """The body's value; see `parse`."""
        if not hasattr(self, "_parsed"):
            self._parsed = parse(await self.body())
        return self._parsed


class StrictRoute(APIRoute):
    """A route that reads bodies strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the request made strict."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


class _FaultError(ValueError):
    """A fault that may be told: its text quotes nothing of the body."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _FaultError("a key is repeated")
    return found


def _constant(name: str) -> Any:
    raise _FaultError(f"{name} is no JSON number")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _FaultError("a number is too large")
    return value


def _int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise _FaultError("a number is too large")
    return int(text)


def _check(value: Any, deeper: int) -> None:
    if deeper == 0:
        raise _FaultError("it is nested too deeply")
    if isinstance(value, str):
        value.encode("utf-8")
        if "\x00" in value:
            raise _FaultError("a text holds a NUL character")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, deeper)
            _check(item, deeper - 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, deeper - 1)
