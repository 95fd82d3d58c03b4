"""What a connection may cost, over a real socket: heads, time, number, and what is sent after the answer."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from services.kit import connection, crowd
from services.kit.errors import install_handlers
from services.kit.http import serve_app
from tests.ports import free_port
from tests.waiting import PATIENCE, until

DROPPED = asyncio.Event()
"""Whether the endless answer has ended."""


async def dropped() -> bool:
    return DROPPED.is_set()


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app, stop, number = FastAPI(), asyncio.Event(), free_port()
    install_handlers(app)

    @app.get("/it")
    async def it() -> dict[str, str]:
        return {"it": "is"}

    @app.post("/unread")
    async def unread() -> dict[str, str]:
        return {"read": "nothing"}

    @app.post("/read")
    async def read(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    @app.get("/much")
    async def much() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b"x" * 65536
                    await asyncio.sleep(0)
            finally:
                DROPPED.set()

        return StreamingResponse(parts())

    serving = asyncio.create_task(serve_app(app, "127.0.0.1", number, stop))

    async def listens() -> bool:
        try:
            await end(await opened(number))
        except OSError:
            return False
        return True

    await until(listens)
    yield number
    stop.set()
    await serving


async def opened(port: int) -> Stream:
    return await asyncio.open_connection("127.0.0.1", port)


async def end(stream: Stream) -> None:
    stream[1].close()
    with contextlib.suppress(ConnectionError):
        await stream[1].wait_closed()


async def answer(stream: Stream) -> tuple[int, dict[str, Any]]:
    """Status and content of what comes until the other side ends."""
    async with asyncio.timeout(PATIENCE):
        got = await stream[0].read()
    await end(stream)
    head, _, body = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


async def pour(writer: asyncio.StreamWriter, piece: bytes, pause: float = 0.0) -> None:
    """Send the piece again and again until the other side will have no more, which raises ConnectionError."""
    async with asyncio.timeout(PATIENCE):
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)


HEADS = {
    "one long line": b"GET /it HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 40_000 + b"\r\n\r\n",
    "one line without end": b"GET /it HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 400_000,
    "many lines": b"GET /it HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
    "a long path": b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a long name": b"GET /it HTTP/1.1\r\nHost: localhost\r\n" + b"X" * 400_000,
    "a trailer": b"POST /read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "
    + b"a" * 700_000,
    "a chunk's extension": b"POST /read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;"
    + b"a" * 700_000,
}


@pytest.mark.parametrize("name", HEADS)
async def test_a_head_that_is_too_large_is_refused(port: int, name: str) -> None:
    stream = await opened(port)
    stream[1].write(HEADS[name])
    status, problem = await answer(stream)
    assert (status, problem["code"]) == (431, "head-too-large")


async def test_a_header_without_end_is_not_read_on(port: int) -> None:
    stream = await opened(port)
    stream[1].write(b"GET /it HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
    # What comes after the answer is thrown away, and for a moment only.
    with pytest.raises(ConnectionError):
        await pour(stream[1], b"a" * 65536)
    await end(stream)


async def test_an_ordinary_head_passes(port: int) -> None:
    stream = await opened(port)
    lines = b"X-A: b\r\n" * 50 + b"Authorization: Bearer " + b"t" * 4000 + b"\r\nConnection: close\r\n\r\n"
    stream[1].write(b"GET /it HTTP/1.1\r\nHost: localhost\r\n" + lines)
    assert await answer(stream) == (200, {"it": "is"})


HALVES = {
    "a head": b"GET /it HTTP/1.1\r\nHo",
    "a body": b"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf",
    "a second head": b"GET /it HTTP/1.1\r\nHost: localhost\r\n\r\nGET /it HTTP",
}


@pytest.mark.parametrize("name", HALVES)
async def test_a_request_that_stays_half_is_ended(
    port: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(connection, "REQUEST_SECONDS", 0.3)
    stream = reader, writer = await opened(port)
    writer.write(HALVES[name])
    async with asyncio.timeout(PATIENCE):
        assert b"HTTP/1.1 408" in await reader.read()
    await end(stream)


async def test_a_connection_that_says_nothing_is_ended(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.3)
    stream = reader, _ = await opened(port)
    async with asyncio.timeout(PATIENCE):
        assert await reader.read() == b""
    await end(stream)


async def test_four_hundred_half_requests_keep_nobody_out(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST_CONNECTIONS", 100)
    halves = [await opened(port) for _ in range(400)]
    for number, (_, writer) in enumerate(halves):
        with contextlib.suppress(ConnectionError):
            writer.write(HALVES["a body" if number % 2 else "a head"])
    for _ in range(20):
        stream = await opened(port)
        stream[1].write(b"GET /it HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert await answer(stream) == (200, {"it": "is"})
    async with asyncio.timeout(PATIENCE):
        for reader, _ in halves[:300]:
            with contextlib.suppress(ConnectionError):
                await reader.read()
    for half in halves:
        await end(half)


async def test_a_body_that_trickles_in_is_ended_and_one_that_flows_is_read(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BODY_SECONDS", 2.0)
    monkeypatch.setattr(connection, "SLOWEST", 100)
    head = b"POST /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3000\r\n\r\n"
    trickling, flowing = await opened(port), await opened(port)
    for _, writer in (trickling, flowing):
        writer.write(head)
    with contextlib.suppress(ConnectionError):
        for number in range(30):
            flowing[1].write(b"x" * 100)
            if number < 20:
                trickling[1].write(b"x")
            await asyncio.sleep(0.03)
    status, problem = await answer(trickling)
    assert (status, problem["code"]) == (408, "too-slow")
    assert await answer(flowing) == (200, {"size": 3000})


async def test_an_answer_that_nobody_takes_is_dropped(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.3)
    stream = reader, writer = await opened(port)
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    writer.write(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await until(dropped)
    await end(stream)
    del reader


@pytest.mark.parametrize("path", [b"/unread", b"/nowhere"])
async def test_a_body_without_end_after_the_answer_is_not_read_on(
    port: int, path: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LINGER_SECONDS", 0.3)
    stream = reader, writer = await opened(port)
    writer.write(b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 ")
    # Slowly, so that no limit of bytes is met: time alone ends it.
    with pytest.raises(ConnectionError):
        await pour(writer, b"1\r\nx\r\n", pause=0.02)
    await end(stream)


async def test_what_is_no_http_is_a_problem_document(port: int) -> None:
    stream = await opened(port)
    stream[1].write(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
    status, problem = await answer(stream)
    assert (status, problem["code"]) == (400, "not-http")
