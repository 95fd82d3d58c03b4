"""Hand the record the journal's head, again and again: whoever cuts or changes it, or writes it anew, is found out."""

import asyncio
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from pydantic import TypeAdapter

from contracts.actor import SYSTEM
from contracts.base import NO_DIGEST, Digest
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from contracts.events.journal import ReadsNoted
from contracts.names import JOURNAL, JOURNAL_SUBJECT, event_id, timer_id
from contracts.record import RecordAnswer, Recorded, StepHead
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.recordreader import Entry, RecordReader
from services.kit.signing import SigningKey
from services.kit.waking import pause
from services.officers.journal import store
from services.officers.journal.chain import Head

ALONE = 0x71785F616E63686F
"""Key of the lock that the one process holds which hands over; the others stand by."""

LOOK_SECONDS = 2.0
ANSWER_SECONDS = 10.0
POLICY = "none"
"""Stands where a case names its version: nothing decides here."""

_ANSWER: TypeAdapter[RecordAnswer] = TypeAdapter(RecordAnswer)


class Asks(Protocol):
    """A connection to the broker."""

    async def request(self, subject: str, body: bytes, seconds: float, /) -> bytes:
        """The reply to one message. Raises UnavailableError when none came within `seconds`."""


class Anchoring:
    """Tells the record where the journal stands: after so many rows, and when rows have waited for so long."""

    def __init__(
        self,
        bus: Asks,
        record: RecordReader,
        database: Database,
        key: SigningKey,
        *,
        rows: int,
        seconds: float,
    ) -> None:
        """`rows` and `seconds`: how many rows, and how long, the record may be behind the journal."""
        self._bus = bus
        self._record = record
        self._database = database
        self._key = key
        self._rows = rows
        self._seconds = seconds
        self._waiting_since: float | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Hand over until `stop` is set."""
        while not stop.is_set():
            try:
                async with self._database.alone(ALONE) as still:
                    if still is not None:
                        await self._keep_telling(stop)
            except UnavailableError as error:
                logger.warning("the record is not told of the journal yet", reason=str(error))
            await pause(stop, LOOK_SECONDS)

    async def _keep_telling(self, stop: asyncio.Event) -> None:
        tip = await self._tip()
        while not stop.is_set():
            here = await self._database.look(store.head)
            if self._due(here, tip.told):
                tip = await self._tell(tip, here)
            await pause(stop, LOOK_SECONDS)

    def _due(self, here: Head, told: int) -> bool:
        now = asyncio.get_running_loop().time()
        if here.number <= told:
            self._waiting_since = None
            return False
        self._waiting_since = now if self._waiting_since is None else self._waiting_since
        return here.number - told >= self._rows or now - self._waiting_since >= self._seconds

    async def _tell(self, tip: "Tip", here: Head) -> "Tip":
        self._waiting_since = None
        restored = await self._database.look(lambda unit: store.restored(unit, tip.told, here.number))
        noted = ReadsNoted(first=tip.told + 1, until=here.number, head=here.chained, restored=restored)
        return await hand_over(self._bus, self._key, tip, noted)

    async def _tip(self) -> "Tip":
        newest = await self._record.newest(JOURNAL)
        return NOTHING if newest is None else tip_after(newest)


class Tip(NamedTuple):
    """Where the journal's stretch of the record stands, and of how many rows it tells."""

    sequence: int
    digest: Digest
    told: int


NOTHING = Tip(0, NO_DIGEST, 0)


def tip_after(entry: Entry) -> Tip:
    """The tip after this entry of the journal."""
    return Tip(entry.envelope.sequence, entry.digest, head_in(entry).number)


def head_in(entry: Entry) -> Head:
    """The journal's head of which an entry tells."""
    told = entry.envelope.payload
    return Head(int(str(told["until"])), str(told["head"]))


async def hand_over(bus: Asks, key: SigningKey, tip: Tip, event: ReadsNoted) -> Tip:
    """Have the event recorded behind the tip. Raises UnavailableError when it is not known to be: then look again."""
    message, after = message_of(key, tip, event)
    reply = await bus.request(JOURNAL_SUBJECT, message, ANSWER_SECONDS)
    answer = _ANSWER.validate_json(reply.partition(b"\n")[0])
    if not isinstance(answer, Recorded):
        logger.error("alarm: the record does not take what the journal has noted", reason=answer.answer)
        raise UnavailableError(f"the record answered {answer.answer}")
    return after


def message_of(key: SigningKey, tip: Tip, event: ReadsNoted) -> tuple[bytes, Tip]:
    """The event as it travels, signed, behind the tip; and the tip once it is recorded."""
    envelope = _envelope(tip, event)
    digest = envelope_digest(envelope)
    head = StepHead(signature=key.sign(digest.encode()))
    message = b"\n".join((head.model_dump_json().encode(), canonical(envelope)))
    return message, Tip(envelope.sequence, digest, event.until)


def _envelope(tip: Tip, event: ReadsNoted) -> Envelope:
    sequence = tip.sequence + 1
    return Envelope(
        id=event_id(JOURNAL, sequence),
        type=event.type,
        version=event.version,
        kind=JOURNAL,
        case_id=JOURNAL,
        parent=JOURNAL,
        district="all",
        sequence=sequence,
        step=sequence,
        until=sequence,
        previous=tip.digest,
        at=datetime.now(UTC),
        actor=SYSTEM,
        command_id=timer_id(JOURNAL, sequence),
        policy=POLICY,
        payload=event.plain(),
    )
