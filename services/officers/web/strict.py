"""JSON as it should be: UTF-8, no repeated keys, no NaN, no number too large, no half character, no NUL.

Every route reads its body through here, also those that take none, so that what is malformed has one answer: 400
`not-json` for what is no such JSON, 415 `content-type` for what does not say that it is JSON, 422 for JSON of another
shape. The reason quotes nothing of the body, which may be personal.
"""

import asyncio
import json
import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from contracts.policy.model import Text
from services.officers.web.encodings import foreign_encoding
from services.officers.web.media import check_json
from services.officers.web.problems import RefusedError

LARGEST = 2**53 - 1
"""Of an integer: beyond it readers of JSON disagree, and no digest could be made."""

LONG = 64 * 1024
"""Bytes of a body that is read beside the event loop: of megabytes it takes as long as hundreds of others wait."""

DEEPEST = 40
"""Levels of a body; ours have five."""


def parse(body: bytes) -> Any:
    """The value. RefusedError `not-json`, saying why, for a body that another reader could understand differently."""
    try:
        text = body.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
        _check(value, DEEPEST)
    except (ValueError, RecursionError) as error:
        raise RefusedError("not-json", foreign_encoding(body) or _reason(body, error)) from None
    return value


def _reason(body: bytes, error: Exception) -> Text:
    if not body.strip():
        return Text(zh="正文是空的，应为 JSON。", en="The body is empty where JSON is expected.")
    if isinstance(error, _FaultError):
        return error.text
    if isinstance(error, UnicodeEncodeError):
        return Text(
            zh="文本含有半个字符（孤立的代理码）。", en="A text holds half a character (a lone surrogate)."
        )
    if isinstance(error, RecursionError):
        return _DEEP
    if isinstance(error, json.JSONDecodeError):
        return Text(
            zh=f"不是 JSON：第 {error.lineno} 行第 {error.colno} 个字符处。",
            en=f"This is no JSON from line {error.lineno}, character {error.colno} on.",
        )
    return Text(zh="正文不是 JSON。", en="The body is no JSON.")


class StrictRequest(Request):
    """A request whose `json()` is `parse`."""

    async def json(self) -> Any:
        """The body's value; see `parse`."""
        if not hasattr(self, "_parsed"):
            body = await self.body()
            self._parsed = await asyncio.to_thread(parse, body) if len(body) > LONG else parse(body)
        return self._parsed


class StrictRoute(APIRoute):
    """A route that reads bodies strictly. Of one that takes no JSON the body may be left out, or be an empty object."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the request made strict."""
        handler = super().get_route_handler()
        reads = "GET" not in (self.methods or ()) and not self.openapi_extra
        takes = self.body_field is not None

        async def strict(request: Request) -> Response:
            asked = StrictRequest(request.scope, request.receive)
            if reads:
                await _check_body(asked, takes=takes)
            return await handler(asked)

        return strict


async def _check_body(asked: StrictRequest, *, takes: bool) -> None:
    if not await asked.body():
        return
    check_json(asked.headers)
    content = await asked.json()
    if not takes and content not in ({}, None):
        raise RefusedError("invalid", Text(zh="此处不接受正文。", en="No body is taken here."))


class _FaultError(ValueError):
    """A fault that may be told: its text quotes nothing of the body."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh=zh, en=en)


_DEEP = Text(zh="嵌套太深。", en="It is nested too deeply.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _FaultError("同一个键重复出现。", "A key is repeated.")
    return found


def _constant(name: str) -> Any:
    raise _FaultError(f"{name} 不是 JSON 的数字。", f"{name} is no JSON number.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _too_large()
    return value


def _int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise _too_large()
    return int(text)


def _too_large() -> _FaultError:
    return _FaultError("数字过大。", "A number is too large.")


def _check(value: Any, deeper: int) -> None:
    if deeper == 0:
        raise _FaultError(_DEEP.zh, _DEEP.en)
    if isinstance(value, str):
        value.encode("utf-8")
        if "\x00" in value:
            raise _FaultError("文本含有 NUL 字符（U+0000）。", "A text holds a NUL character (U+0000).")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, deeper)
            _check(item, deeper - 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, deeper - 1)
