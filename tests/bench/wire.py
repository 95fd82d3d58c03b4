"""A caller's connection that costs next to nothing: what is measured is the system, not the measuring of it.

The bare side's caller is compiled code of the engine's library. A general HTTP client would take some 1.5 ms of a
decision of thirty for itself.
"""

import asyncio
import json
import re
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Wire:
    """Connections to one server, kept open; as many as there are requests at once."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, request: bytes) -> None:
        """Send a whole request and read the whole answer. Raises RuntimeError for any but 200 and 201."""
        # The server closes what was idle for some seconds.
        self._idle = [(reader, writer) for reader, writer in self._idle if not reader.at_eof()]
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(*self._place)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        answer = await reader.readexactly(int(length[1]) if length else 0)
        self._idle.append((reader, writer))
        if head[9:12] not in {b"200", b"201"}:
            raise RuntimeError(f"{head.splitlines()[0].decode()}: {answer.decode()[:300]}")

    async def close(self) -> None:
        """Close every connection."""
        for _, writer in self._idle:
            writer.close()


def request_of(path: str, token: str, key: str, body: dict[str, Any]) -> bytes:
    """The bytes of a write under this key."""
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {token}",
        f"Idempotency-Key: {key}",
        "Accept-Language: en",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    )
    return "\r\n".join((*head, "", "")).encode() + content
