"""The loop of a durable consumer: fetch, handle, settle, and never go quiet or forget."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from contracts.names import SUBJECTS
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus
from services.kit.logs import logger
from services.kit.messages import Message
from services.kit.parking import park
from services.kit.pulling import Puller

Handler = Callable[[list[Message]], Awaitable[None]]
"""Handles a batch in one transaction; what it leaves unsettled is acknowledged after it returned."""

FETCH_SECONDS = 1.0
"""How long one look for messages lasts."""

SILENCE_SECONDS = 3.0
"""After this long without a message the consumer is asked for: a deleted one reports nothing by itself."""

DELAYS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds until the next try, by how many failed."""

ATTEMPTS = 8
"""Tries after which a message that fails by itself is parked. Waiting for a database is no failed try."""

SETTLING_SECONDS = 0.2
"""Added to a pause after a whole batch was returned, so that its messages come back before later ones."""


class Consumer:
    """Feeds the messages of a durable consumer to a handler, batch by batch, acknowledged after the commit.

    When a batch fails, its messages are handled one by one: a bad one is returned with a growing delay and
    parked after `ATTEMPTS`; the good ones go on. When the handler raises UnavailableError nothing is parked,
    however long it lasts: everything fetched is returned and the loop waits.
    """

    def __init__(
        self,
        bus: Bus,
        durable: str,
        handle: Handler,
        *,
        subject: str = SUBJECTS,
        batch: int = 256,
        linger: float = 0.0,
        read: Callable[[Message], Any] | None = None,
    ) -> None:
        """`linger`: seconds that more messages are waited for once there are some, where nobody waits for the
        effect and fewer, larger batches cost less.

        `read` sets each message's `content` when it arrives, while the batch before it is still written; it
        must not raise.
        """
        self._bus = bus
        self._durable = durable
        self._handle = handle
        self._batch = batch
        self._linger = linger
        self._puller = Puller(bus, durable, subject, read)
        self._outages = 0
        self._failed: dict[int, int] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until `stop` is set; what was fetched by then and not handled is returned at once."""
        waking = asyncio.create_task(self._wake_at(stop))
        bound = False
        heard = _now()
        batch: list[Message] = []
        try:
            while not stop.is_set():
                try:
                    if not bound:
                        await self._puller.restore()
                        bound, heard = True, _now()
                    batch = await self._puller.fetch(self._batch, FETCH_SECONDS)
                    if batch and self._linger and len(batch) < self._batch:
                        await self._pause_for(stop, self._linger)
                        batch += await self._puller.fetch(self._batch - len(batch), 0)
                    if batch:
                        await self._settle(batch)
                        heard = _now()
                        self._outages = 0
                    elif _now() - heard > SILENCE_SECONDS:
                        heard = _now()
                        bound = await self._puller.waiting() == 0
                except UnavailableError as error:
                    # Later messages must not overtake the ones that wait, so everything goes back.
                    bound = False
                    await self._return([*batch, *await self._puller.release()], self._delay())
                    await self._pause(stop, error)
        finally:
            waking.cancel()
            await self._return([*batch, *await self._puller.release()], 0)

    async def check(self) -> None:
        """Raise UnavailableError when the broker cannot say how far this consumer is."""
        await self._puller.waiting()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._puller.wake()

    async def _settle(self, batch: list[Message]) -> None:
        open_ = [message for message in batch if not message.settled]
        try:
            await self._handle(open_)
        except UnavailableError:
            raise
        except Exception as error:
            if len(open_) == 1:
                await self._fail(open_[0], error)
            else:
                logger.warning(
                    "batch failed, its messages go one by one", durable=self._durable, exc_info=error
                )
                for message in open_:
                    await self._settle([message])
            return
        await self._acknowledge(open_)
        if self._failed:
            for message in open_:
                self._failed.pop(message.stream_sequence, None)

    async def _acknowledge(self, messages: list[Message]) -> None:
        # The effect is committed: a message whose acknowledgement is lost comes again and changes nothing.
        try:
            for message in messages:
                await message.ack()
        except Exception as error:
            logger.warning(
                "messages not acknowledged; they come again", durable=self._durable, exc_info=error
            )

    async def _fail(self, message: Message, error: Exception) -> None:
        number = message.stream_sequence
        tries = self._failed[number] = self._failed.get(number, 0) + 1
        logger.error("message failed", durable=self._durable, attempt=tries, exc_info=error)
        if tries < ATTEMPTS:
            await message.retry(DELAYS[min(tries, len(DELAYS)) - 1])
            return
        await park(self._bus, message, self._durable, f"failed {tries} times: {type(error).__name__}")
        del self._failed[number]

    async def _return(self, messages: list[Message], delay: float) -> None:
        try:
            for message in messages:
                await message.retry(delay)
        except Exception as error:
            logger.warning("messages not returned; they come later", durable=self._durable, exc_info=error)

    def _delay(self) -> float:
        return DELAYS[min(self._outages, len(DELAYS) - 1)]

    async def _pause(self, stop: asyncio.Event, error: UnavailableError) -> None:
        delay = self._delay()
        self._outages += 1
        logger.warning(
            "consumer waits", durable=self._durable, delay=delay, reason=str(error), exc_info=error
        )
        await self._pause_for(stop, delay + SETTLING_SECONDS)

    async def _pause_for(self, stop: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return


def _now() -> float:
    return asyncio.get_running_loop().time()
