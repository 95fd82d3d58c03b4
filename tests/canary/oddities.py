"""Requests that fail, with somebody's data in every place in which a client can put it."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from services.ctl.layout import HOST

Asked = tuple[str, str, dict[str, str], bytes]
JSON = {"Content-Type": "application/json"}


def odd(word: str, token: str) -> Iterator[Asked]:
    """Method, path, headers and body of each."""
    quoted, coded = quote(word), json.dumps({"title": word, word: word}, ensure_ascii=False).encode()
    mine = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"odd-{abs(hash(word))}"}
    yield "GET", f"/v1/cases?q={quoted}", mine, b""
    yield "GET", f"/v1/cases/{quoted}", mine, b""
    yield "GET", f"/{quoted}?{quoted}={quoted}", {}, b""
    yield "GET", "/v1/me", {"Authorization": f"Bearer {quoted}"}, b""
    yield (
        "GET",
        "/v1/me",
        {**mine, "User-Agent": word, "Referer": word, "X-Request-Id": word, "Accept-Language": word},
        b"",
    )
    yield "GET", "/v1/me", {"Cookie": f"a={word}", "X-Forwarded-For": word, "Traceparent": word}, b""
    yield "GET", "/v1/me", {"Host": word}, b""
    yield "POST", "/v1/batches", {**mine, **JSON}, coded
    yield "POST", "/v1/batches", {**mine, **JSON}, coded[:-1]
    yield "POST", "/v1/batches", {**mine, **JSON, "Idempotency-Key": word}, coded
    yield "POST", "/v1/batches", {**mine, "Content-Type": f"text/{quoted}"}, coded
    yield (
        "POST",
        "/v1/removals",
        {**mine, **JSON},
        json.dumps({"person_id": word, "lead": {"name": word}}).encode(),
    )
    yield (
        "POST",
        "/v1/sessions",
        JSON,
        json.dumps({"login": word, "password": word}, ensure_ascii=False).encode(),
    )
    yield "POST", "/v1/sessions", JSON, json.dumps({"login": "admin", "password": word}).encode()
    yield "POST", "/v1/sessions", JSON, word.encode("gb18030")
    yield word if word.isascii() and word.isalnum() else "FETCH", "/v1/me", mine, b""


async def send(port: int, asked: Asked) -> bytes:
    """What is answered: sent as it is, which no library would."""
    method, path, headers, body = asked
    said: dict[str, Any] = {
        "Host": f"{HOST}:{port}",
        "Connection": "close",
        "Content-Length": len(body),
        **headers,
    }
    head = "\r\n".join(
        [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""]
    )
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(head.encode() + body)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()
