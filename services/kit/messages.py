"""One delivered message, and how it is settled: acknowledged, returned for later, or parked."""

from collections.abc import Mapping
from typing import Any


class Message:
    """A message as it came. It is settled once; settling it again does nothing."""

    __slots__ = ("_raw", "body", "content", "headers", "settled", "subject")

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.subject: str = raw.subject
        self.body: bytes = raw.data
        self.headers: Mapping[str, str] = raw.headers or {}
        self.settled = False
        self.content: Any = None
        """What the consumer's reader made of the body when the message arrived."""

    @property
    def deliveries(self) -> int:
        """How many times it was delivered, this one included."""
        return int(self._raw.metadata.num_delivered)

    @property
    def stream_sequence(self) -> int:
        """Its number in the stream: lost when the stream is made anew, so never part of an id."""
        return int(self._raw.metadata.sequence.stream)

    async def ack(self) -> None:
        """Handled: call it after the commit."""
        if not self.settled:
            self.settled = True
            await self._raw.ack()

    async def retry(self, delay: float) -> None:
        """Deliver again after `delay` seconds. Never without a delay: tries would be gone in milliseconds."""
        if not self.settled:
            self.settled = True
            await self._raw.nak(delay=max(delay, 0.01))

    async def discard(self) -> None:
        """Never deliver again. Only for a message that was parked."""
        if not self.settled:
            self.settled = True
            await self._raw.term()
