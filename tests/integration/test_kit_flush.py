"""A flush of the broker's client: what was sent before it has been read by the server when it returns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from services.kit.brokerclient import Client
from tests.servers import HOST, NatsServer


@asynccontextmanager
async def _overheard(server: NatsServer, said: list[bytes]) -> AsyncIterator[str]:
    """An address that leads to the server, and every line that a client says there."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: list[bytes]) -> None:
        while line := await reader.readline():
            kept.append(line)
            writer.write(line)
        writer.close()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            there = await asyncio.open_connection(HOST, server.port)
            await asyncio.gather(carry(reader, there[1], said), carry(there[0], writer, []))

    listening = await asyncio.start_server(relay, HOST, 0)
    async with listening:
        yield f"nats://{HOST}:{listening.sockets[0].getsockname()[1]}"


async def test_the_last_question_of_a_flush_comes_after_what_was_sent_before_it(
    nats_server: NatsServer,
) -> None:
    said: list[bytes] = []
    client = Client()
    async with _overheard(nats_server, said) as url:
        await client.connect(url)
        said.clear()
        await client.subscribe("heard")
        await client.flush()
        heard = list(said)
        await client.close()
    subscribed = next(place for place, line in enumerate(heard) if line.startswith(b"SUB heard"))
    assert b"PING\r\n" in heard[subscribed:], heard
