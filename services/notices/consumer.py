"""The way in: messages of the stream become envelopes; what is no envelope is parked, never passed over."""

from pydantic import ValidationError

from contracts.envelope import Envelope
from services.kit.jetstream import Bus
from services.kit.messages import Message
from services.kit.parking import park
from services.notices.desk import Desk

DURABLE = "notices"

LINGER_SECONDS = 0.2
"""Nobody waits for a letter by the second, and asking the record about many events costs hardly more than one."""


class Intake:
    """Hands a batch to the desk. The consumer acknowledges what is left unsettled, after the commit."""

    def __init__(self, bus: Bus, desk: Desk) -> None:
        self._bus = bus
        self._desk = desk

    async def handle(self, messages: list[Message]) -> None:
        """Take a batch. Raises UnavailableError when database or record do not answer: it comes again."""
        envelopes = []
        for message in messages:
            try:
                envelopes.append(Envelope.model_validate_json(message.body))
            except ValidationError as error:
                # Without a case there is no case to wait, so it goes where broken messages are seen.
                await park(self._bus, message, DURABLE, f"no envelope: {error.error_count()} faults")
        await self._desk.take(envelopes)
