"""How a durable consumer gets its messages: it asks ahead, and what arrives waits here for its turn."""

import asyncio
from collections.abc import Callable
from typing import Any

from contracts.names import SUBJECTS
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus, Listening
from services.kit.messages import Message

ASK_SECONDS = 1.0
"""How long a request stays open at the server. One that was lost in a restart is repeated after that, so it is
short."""

GRACE_SECONDS = 0.2
DELIVERED = "$JS.ACK."
"""Reply subjects of messages begin so; what comes without one is a status of the request itself."""

OVER = frozenset({"404", "408"})
"""The request is over, and nothing is wrong: no more messages, or its time is up."""

HEARTBEAT = "100"


class Puller:
    """The messages of one durable consumer. One request is open at a time, also while a batch is handled."""

    def __init__(
        self, bus: Bus, durable: str, subject: str = SUBJECTS, read: Callable[[Message], Any] | None = None
    ) -> None:
        self._bus = bus
        self._read = read
        self._durable = durable
        self._subject = subject
        self._listening: Listening | None = None
        self._arrived: list[Message] = []
        self._woken = asyncio.Event()
        self._due = 0
        """Messages that the open request may still bring."""
        self._open_until = 0.0
        self._hurried = False
        self._fault = ""

    async def fetch(self, batch: int, seconds: float) -> list[Message]:
        """Up to `batch` messages, as soon as there are any; an empty list after `seconds` without one.

        Raises UnavailableError when the server says that the consumer is gone: call `restore` then.
        """
        until = _now() + seconds
        while not (self._arrived or self._fault or self._hurried) and _now() < until:
            self._woken.clear()
            # Also when a request ran out in the middle of the wait: without an open one nothing can arrive.
            await self._ask(batch)
            try:
                async with asyncio.timeout_at(until):
                    await self._woken.wait()
            except TimeoutError:
                break
        if self._fault:
            raise UnavailableError(f"consumer {self._durable}: {self._fault}")
        taken, self._arrived = self._arrived[:batch], self._arrived[batch:]
        if taken and len(self._arrived) < batch:
            # The next ones travel while these are written.
            await self._ask(batch)
        return taken

    def wake(self) -> None:
        """Let `fetch` return what there is, from now on without waiting."""
        self._hurried = True
        self._woken.set()

    async def waiting(self) -> int:
        """How many messages the consumer has still to settle. Raises UnavailableError when it is gone."""
        return await self._bus.waiting(self._durable)

    async def restore(self) -> None:
        """Make stream and consumer again if they are gone, and listen anew."""
        await self._bus.ensure_streams()
        await self._bus.ensure_consumer(self._durable, self._subject)
        self._fault, self._due = "", 0
        if self._listening is None:
            self._listening = await self._bus.subscribe(self._receive)

    async def release(self) -> list[Message]:
        """Stop listening; returns what has arrived and was not fetched, to be given back."""
        listening, self._listening = self._listening, None
        if listening is not None:
            await listening.end()
        left, self._arrived = self._arrived, []
        return left

    async def _ask(self, batch: int) -> None:
        if self._listening is None:
            raise UnavailableError(f"consumer {self._durable} is not bound")
        now = _now()
        if self._due > 0 and now < self._open_until:
            return
        self._due, self._open_until = batch, now + ASK_SECONDS + GRACE_SECONDS
        await self._bus.pull(self._durable, self._listening.inbox, batch, ASK_SECONDS)

    async def _receive(self, raw: Any) -> None:
        if raw.reply.startswith(DELIVERED):
            message = Message(raw)
            if self._read is not None:
                message.content = self._read(message)
            self._arrived.append(message)
            self._due -= 1
        else:
            headers = raw.headers or {}
            status = headers.get("Status", "")
            if status == HEARTBEAT:
                return
            self._due = 0
            if status not in OVER:
                self._fault = f"{status} {headers.get('Description', 'no responders')}"
        self._woken.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
