"""What strangers and one officer do to the officers' API, each attack in a process of its own that runs until killed.

PYTHONPATH=. python -m tests.abuse.attacks NAME PORT [TOKEN BATCH]
"""

import asyncio
import contextlib
import itertools
import json
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial

from services.officers.routes.rosters import XLSX
from tests.unit.officers.test_reading_apart import COSTLY

HOST = "127.0.0.1"
HEAD = b"Host: localhost\r\n"
BEHIND = 19
"""An attacker has machines of their own: here they must not take the honest ones' processor."""

UNDER_WAY = "under way"
"""Said once every attacker has been let in at least once."""

Once = Callable[[int], Awaitable[None]]
_keys = itertools.count()
_coming = itertools.count(1)
_wanted = 0


async def _send(port: int, *pieces: bytes, pause: float = 0.0, read: bool = True) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    if next(_coming) == _wanted:
        print(UNDER_WAY, flush=True)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        if read:
            await reader.read()
    finally:
        writer.close()


async def half(port: int) -> None:
    """A request that is never ended: the connection is held until the service lets go of it."""
    await _send(port, b"GET /v1/me HTTP/1.1\r\nHo")


async def huge_head(port: int) -> None:
    """A header of a megabyte."""
    await _send(port, b"GET /v1/me HTTP/1.1\r\n" + HEAD + b"X-Long: ", *(b"a" * 65536 for _ in range(16)))


async def trickle(port: int) -> None:
    """A body that comes byte by byte."""
    head = b"POST /v1/sessions HTTP/1.1\r\n" + HEAD
    head += b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
    await _send(port, head, *(b" " for _ in range(100_000)), pause=1.0)


async def endless(port: int) -> None:
    """A body in chunks without end, sent on after it was refused for want of a sign-in."""
    head = b"POST /v1/tasks/t/claim HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    await _send(port, head, *(b"2000\r\n" + b"x" * 8192 + b"\r\n" for _ in range(10_000)))


async def large(port: int) -> None:
    """Forty megabytes where a login and a password belong."""
    head = b"POST /v1/sessions HTTP/1.1\r\n" + HEAD
    head += b"Content-Type: application/json\r\nContent-Length: 40000000\r\n\r\n"
    await _send(port, head, *(b" " * 65536 for _ in range(600)))


async def guess(port: int, who: int) -> None:
    """A sign-in with another login each time, so that no login rests."""
    body = json.dumps({"login": f"nobody-{who}-{next(_keys)}", "password": "a wrong password"}).encode()
    head = b"POST /v1/sessions HTTP/1.1\r\nConnection: close\r\n" + HEAD
    head += b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    await _send(port, head + body)


async def workbook(port: int, token: str, batch: str, body: bytes) -> None:
    """A workbook that is costly to read, as a dry run."""
    head = (
        f"POST /v1/batches/{batch}/roster HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n"
    )
    head += f"Idempotency-Key: a{next(_keys)}\r\nContent-Type: {XLSX}\r\nContent-Length: {len(body)}\r\n"
    await _send(port, head.encode() + HEAD + b"\r\n" + body)


async def act(port: int, token: str) -> None:
    """An act that is refused."""
    head = f"POST /v1/tasks/c1.screen.1.1/claim HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n"
    await _send(port, head.encode() + f"Idempotency-Key: r{next(_keys)}\r\n".encode() + HEAD + b"\r\n")


async def _keep_on(once: Once, number: int) -> None:
    while True:
        with contextlib.suppress(OSError):
            await once(number)
        await asyncio.sleep(0.01)


def attackers(name: str, port: int, rest: list[str]) -> list[Once]:
    """Everybody who takes part in an attack, each with what they do again and again."""
    plain = {"half": (half, 400), "huge-head": (huge_head, 8), "trickle": (trickle, 400)}
    plain |= {"endless": (endless, 40), "large": (large, 8)}
    if name in plain:
        once, many = plain[name]
        return [lambda _: once(port)] * many
    if name == "sign-in":
        return [partial(guess, port)] * 40
    token, batch = rest
    if name == "refused":
        return [lambda _: act(port, token)] * 8
    bodies = [make() for make in COSTLY.values()]
    return [lambda _, body=body: workbook(port, token, batch, body) for body in bodies]  # type: ignore[misc]


NAMES = ("half", "huge-head", "trickle", "endless", "large", "workbook", "refused", "sign-in")


async def main(name: str, port: int, rest: list[str]) -> None:
    """Attack until killed."""
    global _wanted
    every = attackers(name, port, rest)
    _wanted = len(every)
    await asyncio.gather(*(_keep_on(once, number) for number, once in enumerate(every)))


if __name__ == "__main__":
    os.nice(BEHIND)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
