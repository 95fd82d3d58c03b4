"""A service over a real socket: large bodies are refused, a stop lets open requests finish."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from services.kit.errors import install_handlers
from services.kit.http import serve_app
from tests.ports import free_port
from tests.waiting import PATIENCE

LIMIT = 1000


class Served:
    """A running server, what it read, and how to stop it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.bodies: list[int] = []
        self.stop = asyncio.Event()
        self.ended: asyncio.Task[None] | None = None


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    served = Served(free_port())
    app = FastAPI()
    install_handlers(app)

    @app.post("/body")
    async def body(request: Request) -> dict[str, int]:
        size = len(await request.body())
        served.bodies.append(size)
        return {"size": size}

    @app.get("/slow")
    async def slow() -> dict[str, str]:
        await asyncio.sleep(0.5)
        return {"done": "yes"}

    @app.post("/answers-first")
    async def answers_first(request: Request) -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"begun"
            async for _ in request.stream():
                pass

        return StreamingResponse(parts())

    served.ended = asyncio.create_task(serve_app(app, "127.0.0.1", served.port, served.stop, max_body=LIMIT))
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", served.port)
        except OSError:
            await asyncio.sleep(0.01)
            continue
        writer.close()
        await writer.wait_closed()
        break
    yield served
    served.stop.set()
    await served.ended


def client(served: Served) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=f"http://127.0.0.1:{served.port}")


async def chunks(count: int, size: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


async def test_a_body_up_to_the_limit_is_read(served: Served) -> None:
    async with client(served) as http:
        assert (await http.post("/body", content=b"x" * LIMIT)).json() == {"size": LIMIT}
        assert (await http.post("/body", content=chunks(10, 100))).json() == {"size": LIMIT}


@pytest.mark.parametrize("size", [LIMIT + 1, 3_000_000])
async def test_a_declared_body_over_the_limit_is_refused(served: Served, size: int) -> None:
    async with client(served) as http:
        answer = await http.post("/body", content=b"x" * size)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"
    assert served.bodies == []


async def test_a_chunked_body_over_the_limit_is_refused(served: Served) -> None:
    async with client(served) as http:
        answer = await http.post("/body", content=chunks(30, 100))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert served.bodies == []


async def test_a_body_without_end_is_cut_off(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n")
    sent = 0
    try:
        async with asyncio.timeout(PATIENCE):
            while sent < 100_000_000:
                writer.write(b"x" * 65536)
                sent += 65536
                await writer.drain()
    except ConnectionError:
        pass
    writer.close()
    assert sent < 50_000_000
    assert served.bodies == []
    del reader


async def test_a_caller_who_only_declares_a_large_body_is_told_at_once(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    await writer.wait_closed()


async def test_a_reply_that_has_begun_is_not_replaced(served: Served) -> None:
    async with client(served) as http:
        # There is no second status line: the reply breaks off, which no client takes for a whole one.
        with pytest.raises(httpx2.HTTPError):
            await http.post("/answers-first", content=chunks(40, 100))


async def test_a_stop_lets_an_open_request_finish(served: Served) -> None:
    async with client(served) as http:
        asking = asyncio.create_task(http.get("/slow"))
        await asyncio.sleep(0.2)
        served.stop.set()
        assert (await asking).json() == {"done": "yes"}
    assert served.ended is not None
    async with asyncio.timeout(PATIENCE):
        await served.ended
    with pytest.raises(OSError, match=r"refused|failed"):
        await asyncio.open_connection("127.0.0.1", served.port)


async def test_a_taken_port_is_an_error(served: Served) -> None:
    with pytest.raises(OSError, match="in use"):
        await serve_app(FastAPI(), "127.0.0.1", served.port, asyncio.Event())
