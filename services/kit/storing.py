"""Put messages into the stream RECORD, in order and without a gap, many under way at once."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from contracts.names import RECORD_STREAM
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus, Listening, Message

STORE_SECONDS = 5.0
"""How long the broker may take to put a group of messages on disk."""


class Outgoing(NamedTuple):
    """A message for the stream."""

    subject: str
    body: bytes
    headers: Mapping[str, str]


class Storing:
    """Stores groups of messages, one group after the other."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._inbox = bus.new_inbox()
        self._listening: Listening | None = None
        self._waiting: dict[str, asyncio.Future[int]] = {}

    async def store(self, messages: Sequence[Outgoing], after: int) -> int:
        """Store these right behind the stream's message `after`; returns the last one's number.

        Raises UnavailableError when not all of them were acknowledged there: those that were stand without a gap.
        """
        # The library's own way of publishing without waiting never tells that a message was refused.
        if self._listening is None:
            self._listening = await self._bus.listen(f"{self._inbox}.*", self._acknowledged)
        loop = asyncio.get_running_loop()
        self._waiting = {str(after + number): loop.create_future() for number in range(len(messages))}
        futures = list(self._waiting.values())
        for one, last in zip(messages, self._waiting, strict=True):
            # Whoever publishes besides is found out, and nothing can be stored behind a lost one.
            expected = {"Nats-Expected-Stream": RECORD_STREAM, "Nats-Expected-Last-Sequence": last}
            await self._bus.send(one.subject, one.body, f"{self._inbox}.{last}", {**one.headers, **expected})
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await asyncio.wait(futures, return_when=asyncio.FIRST_EXCEPTION)
        except TimeoutError:
            raise UnavailableError("publish to the stream: no acknowledgement") from None
        finally:
            self._waiting = {}
        errors = [error for future in futures if future.done() and (error := future.exception()) is not None]
        if errors:
            raise errors[0]
        return futures[-1].result()

    async def _acknowledged(self, message: Message) -> None:
        future = self._waiting.get(message.subject.rpartition(".")[2])
        if future is None or future.done():
            return
        try:
            answer = json.loads(message.body)
        except ValueError:
            answer = {}
        # A refusal carries a number, too.
        if "error" in answer or "seq" not in answer:
            future.set_exception(UnavailableError("publish to the stream: it was refused"))
        else:
            future.set_result(int(answer["seq"]))
