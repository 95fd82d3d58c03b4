"""The way to the record over JetStream: seal, chain, publish, and wait for the receipts (D2)."""

import asyncio
from uuid import uuid4

from contracts import names
from contracts.canonical import canonical, envelope_digest
from contracts.catalogue import EVENTS
from contracts.envelope import Envelope, EventDraft, Receipt, RecordRequest, RecordResult, Refusal
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus
from services.kit.receipts import ReceiptInbox
from services.kit.sealing import Keyring, seal


class RecordRefusedError(RuntimeError):
    """The record does not take an event; the message says why. Nothing took effect."""


class JetstreamRecorder:
    """One per process: all its requests share one inbox for receipts."""

    def __init__(self, bus: Bus, inbox: ReceiptInbox, keyring: Keyring, seconds: float) -> None:
        """`inbox` is open; `seconds` is how long one try waits for receipts."""
        self._bus = bus
        self._inbox = inbox
        self._keyring = keyring
        self._seconds = seconds

    async def record(self, request: RecordRequest) -> RecordResult:
        """Publish the events and return their receipts in order.

        The same request gives the same envelopes byte for byte, so that a repeat is receipted, not refused.
        Raises UnavailableError when the record stays silent, RecordRefusedError when it refuses.
        """
        envelopes = self.envelopes(request)
        answered = self._inbox.expect(envelope.id for envelope in envelopes)
        try:
            async with asyncio.timeout(self._seconds):
                await self._publish(envelopes)
                answers = await answered
        except TimeoutError:
            raise UnavailableError("the record did not answer in time; nothing took effect") from None
        finally:
            answered.cancel()
        return RecordResult(receipts=tuple(_receipt(answers[envelope.id]) for envelope in envelopes))

    def envelopes(self, request: RecordRequest) -> list[Envelope]:
        """The request's events, sealed and chained."""
        chained: list[Envelope] = []
        previous = request.previous
        for event in request.events:
            envelope = self._envelope(request, event, previous)
            previous = envelope_digest(envelope)
            chained.append(envelope)
        return chained

    def _envelope(self, request: RecordRequest, event: EventDraft, previous: str) -> Envelope:
        event_id = names.event_id(request.case_id, event.sequence)
        return Envelope(
            id=event_id,
            type=event.type,
            version=event.version,
            case_id=request.case_id,
            batch_id=request.batch_id,
            district=request.district,
            sequence=event.sequence,
            previous=previous,
            at=event.at,
            actor=event.actor,
            command_id=event.command_id,
            policy=request.policy,
            payload=event.payload,
            sealed=seal(event.private, event_id, self._keyring) if event.private is not None else None,
        )

    async def _publish(self, envelopes: list[Envelope]) -> None:
        """In order. The message id is fresh each time: a copy that the stream lost must not be taken as sent."""
        headers = {names.REPLY_HEADER: self._inbox.subject}
        for envelope in envelopes:
            aggregate = EVENTS[envelope.type, envelope.version].aggregate
            subject = names.subject(aggregate, envelope.type, envelope.version)
            await self._bus.publish(subject, canonical(envelope), headers, f"{envelope.id}.{uuid4().hex}")


def _receipt(answer: Receipt | Refusal) -> Receipt:
    if isinstance(answer, Refusal):
        raise RecordRefusedError(f"{answer.code}: {answer.detail}")
    return answer
