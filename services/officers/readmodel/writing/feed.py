"""The officers' durable consumer: from the stream into the read model."""

import asyncio

from pydantic import ValidationError

from contracts.envelope import Envelope
from services.kit.consumer import Consumer
from services.kit.jetstream import Bus
from services.kit.messages import Message
from services.kit.parking import park
from services.officers.readmodel.writing.projector import Arrived, Projector

DURABLE = "officers"

LINGER_SECONDS = 0.03
"""Whoever acted waits for the read model, but not by the hundredth; every batch asks the record once."""


class Feed:
    """Consumes until told to stop, with the projector's refilling beside it."""

    def __init__(self, bus: Bus, projector: Projector) -> None:
        self._bus = bus
        self._projector = projector
        self._consumer = Consumer(bus, DURABLE, self.take, linger=LINGER_SECONDS)

    async def run(self, stop: asyncio.Event) -> None:
        """Consume and refill until `stop` is set."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._consumer.run(stop))
            group.create_task(self._projector.run(stop))

    async def check(self) -> None:
        """Raise UnavailableError when the broker does not know this consumer."""
        await self._consumer.check()

    async def take(self, messages: list[Message]) -> None:
        """Apply a batch in one transaction. A body that is no envelope is parked beside the stream."""
        arrived = []
        for message in messages:
            try:
                arrived.append(Arrived(Envelope.model_validate_json(message.body), message.body))
            except ValidationError:
                await park(self._bus, message, DURABLE, "the body is no envelope")
        if arrived:
            await self._projector.take(arrived)
