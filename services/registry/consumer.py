"""Events in: read them, append the batch, acknowledge after the commit, answer whoever waits."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from contracts import catalogue
from contracts.base import OpaqueId
from contracts.canonical import read_envelope
from contracts.envelope import Refusal
from contracts.names import REPLY_HEADER
from services.kit.jetstream import INBOX, Bus
from services.kit.logs import logger
from services.kit.messages import Message
from services.kit.parking import park
from services.registry.intake import GAP, UNKNOWN, UNREADABLE, Parcel, Parked, Recorded, parked, unreadable
from services.registry.ledger import digest_of_body
from services.registry.store import Store

DURABLE = "registry"

HELD_SECONDS = 0.25
"""How long an event waits whose predecessor may still be under way."""

Answer = Recorded | Refusal
_EVENT_ID = TypeAdapter(OpaqueId)


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that is no event we know: why, and the refusal when it at least names its event."""

    parked: Parked
    refusal: Refusal | None


class Registrar:
    """Handles the batches of the registry's consumer."""

    def __init__(self, bus: Bus, store: Store, known: Callable[[str, int], bool] = catalogue.known) -> None:
        self._bus = bus
        self._store = store
        self._known = known

    async def handle(self, messages: list[Message]) -> None:
        """Append what can be appended, then acknowledge, then answer; what cannot is parked, then answered.

        Raises UnavailableError when the database or the broker does not answer; nothing is lost then, and
        what was committed already gets the same receipts when it comes again.
        """
        read = [(message, message.content or self.read(message)) for message in messages]
        parcels = [(message, parcel) for message, parcel in read if isinstance(parcel, Parcel)]
        unread = [(message, parcel) for message, parcel in read if isinstance(parcel, Unread)]
        answers = await self._store.append([p for _, p in parcels], [u.parked for _, u in unread])

        receipts: list[tuple[Message, Answer]] = []
        refusals: list[tuple[Message, Refusal]] = []
        gaps: list[tuple[Message, Parcel, Refusal]] = []
        for (message, parcel), answer in zip(parcels, answers, strict=True):
            if isinstance(answer, Recorded):
                receipts.append((message, answer))
            elif answer.code == GAP:
                gaps.append((message, parcel, answer))
            else:
                refusals.append((message, answer))
        for message, _ in receipts:
            await message.ack()
        await self._answer(receipts)

        refusals += await self._lasting(gaps, messages)
        for message, refusal in refusals:
            _alarm(refusal)
            await park(self._bus, message, DURABLE, f"{refusal.code}: {refusal.detail}")
            await self._answer([(message, refusal)])
        for message, one in unread:
            await park(self._bus, message, DURABLE, f"{one.parked.code}: {one.parked.detail}")
            if one.refusal is not None:
                await self._answer([(message, one.refusal)])

    async def _lasting(
        self, gaps: list[tuple[Message, Parcel, Refusal]], batch: list[Message]
    ) -> list[tuple[Message, Refusal]]:
        """The gaps that nothing under way can fill, kept as refused; the others are returned for later.

        What was returned, or was in the hands of a process that died, is delivered after its successors. So a
        predecessor is missing only when everything before the event in the stream is settled or in this batch.
        """
        if not gaps:
            return []
        known = await self._bus.settled_up_to(DURABLE)
        here = {message.stream_sequence for message in batch}
        while known + 1 in here:
            known += 1
        lasting = [gap for gap in gaps if gap[0].stream_sequence <= known]
        await self._store.keep([parked(parcel, refusal) for _, parcel, refusal in lasting])
        for message, _, _ in gaps:
            if message.stream_sequence > known:
                await message.retry(HELD_SECONDS)
        return [(message, refusal) for message, _, refusal in lasting]

    def read(self, message: Message) -> Parcel | Unread:
        """The event in a message, or why there is none that we know. Never raises."""
        now = datetime.now(UTC)
        try:
            envelope, at, body = read_envelope(message.body)
        except Exception as error:
            return _unread(message, now, _event_id(message.body), UNREADABLE, _reason(error))
        if not self._known(envelope.type, envelope.version):
            detail = f"no event is called {envelope.type[:60]!r} version {envelope.version} here"
            return _unread(message, now, envelope.id, UNKNOWN, detail)
        return Parcel(message.subject, message.body, now, envelope, at, digest_of_body(body), body.decode())

    async def _answer(self, answers: Sequence[tuple[Message, Answer]]) -> None:
        by_inbox: dict[str, list[Answer]] = {}
        for message, answer in answers:
            inbox = message.headers.get(REPLY_HEADER, "")
            if inbox.startswith(INBOX):
                by_inbox.setdefault(inbox, []).append(answer)
        for inbox, group in by_inbox.items():
            # Unconfirmed: whoever gets no answer publishes again, and gets the same receipt.
            await self._bus.reply(inbox, to_json([_wire(answer) for answer in group]))


def _wire(answer: Answer) -> object:
    # A contracts.envelope.Receipt, written without building one for every event.
    if isinstance(answer, Recorded):
        return {"event_id": answer.event_id, "index": answer.entry_index, "digest": answer.digest}
    return answer


def _unread(message: Message, now: datetime, event: str | None, code: str, detail: str) -> Unread:
    refusal = None if event is None else Refusal(event_id=event, code=code, detail=detail)
    return Unread(unreadable(message.subject, message.body, now, refusal, detail), refusal)


def _event_id(body: bytes) -> str | None:
    try:
        return _EVENT_ID.validate_python(json.loads(body)["id"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _reason(error: Exception) -> str:
    # Where and why, never what: the offending value may be personal data.
    if not isinstance(error, ValidationError):
        return f"the envelope has no canonical form: {type(error).__name__}"
    faults = [
        f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors(include_input=False)
    ]
    return "; ".join(faults[:5])


def _alarm(refusal: Refusal) -> None:
    if refusal.code == GAP:
        logger.warning("an event came before its predecessor", event_id=refusal.event_id, code=refusal.code)
    else:
        logger.error("alarm: an event contradicts the record", event_id=refusal.event_id, code=refusal.code)
