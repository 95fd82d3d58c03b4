"""Tell everybody what was recorded: every entry, in order, with its index, on the stream RECORD (D4).

The stream is a messenger. What it lost, or heard from somebody else, readers fetch from the record.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from contracts.names import ENTRY_HASH_HEADER, INDEX_HEADER, SEAL_HEADER, record_subject
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus, Message
from services.kit.logs import logger
from services.kit.signing import SigningKey
from services.kit.storing import Outgoing, store
from services.kit.waking import Waker
from services.registry.ledger import Entry
from services.registry.store.reading import Reading

ALONE = 0x71785F7075626C69
"""Key of the lock that the one registry holds which publishes; the others stand by."""

ADDED_SUBJECT = "registry.added"
"""Where a registry that stands by tells the one that publishes."""

LOOK_SECONDS = 1.0
"""How often the record is looked at unasked, for what another process added."""

DELAYS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
GROUP = 250
MOST_KEPT = 5000

Still = Callable[[], Awaitable[None]]


class Publisher:
    """Publishes what the record holds, from where the stream ends."""

    def __init__(self, bus: Bus, database: Database, reading: Reading, key: SigningKey) -> None:
        self._bus = bus
        self._database = database
        self._reading = reading
        self._key = key
        self._fresh: list[Entry] = []
        self._waker = Waker()
        self._untold = True
        """Whether the record may hold what nobody told: of another registry, or too much at once."""
        self._publishing = False
        self._next: int | None = None
        """The index to be published next, once that is known."""
        self._fault = ""
        self._failed = 0
        """How often in a row publishing failed."""

    async def added(self, entries: Sequence[Entry]) -> None:
        """These were just recorded here. Never raises: what is not told now is found at the next look."""
        if not entries:
            return
        if self._publishing:
            if len(self._fresh) < MOST_KEPT:
                self._fresh += entries
            if len(self._fresh) >= MOST_KEPT:
                self._untold = True
            self._waker.call()
            return
        try:
            await self._bus.send(ADDED_SUBJECT, b"")
        except UnavailableError as error:
            logger.warning("the publishing registry was not told", reason=str(error))

    async def check(self) -> None:
        """Raise UnavailableError when publishing fails."""
        if self._fault:
            raise UnavailableError(self._fault)

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until `stop` is set, or stand by while another registry does."""
        listening = await self._bus.listen(ADDED_SUBJECT, self._told)
        try:
            with self._waker.until(stop):
                await self._publish_or_stand_by(stop)
        finally:
            await listening.end()

    async def _publish_or_stand_by(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                async with self._database.alone(ALONE) as still:
                    if still is not None:
                        await self._publish(stop, still)
                self._well()
                await self._waker.wait(LOOK_SECONDS)
            except UnavailableError as error:
                self._fault = f"publishing waits: {error}"
                logger.warning("publishing waits", reason=str(error))
                await self._waker.wait(DELAYS[min(self._failed, len(DELAYS) - 1)])
                self._failed += 1
            finally:
                self._publishing = False

    async def _told(self, _message: Message) -> None:
        self._untold = True
        self._waker.call()

    async def _publish(self, stop: asyncio.Event, still: Still) -> None:
        self._publishing, self._fresh, self._untold = True, [], True
        after, self._next = await self._resume()
        while not stop.is_set():
            while group := await self._group(self._next):
                await still()
                after = await store(self._bus, outgoing(group, self._key), after)
                self._next = group[-1].entry_index + 1
                self._well()
            # Also where nothing was left to tell: the record and the lock have answered.
            self._well()
            if not await self._waker.wait(LOOK_SECONDS):
                self._untold = True

    def _well(self) -> None:
        self._fault, self._failed = "", 0

    async def _resume(self) -> tuple[int, int]:
        """The number of the stream's last message, and the index that comes next."""
        await self._bus.ensure_record()
        number, headers = await self._bus.last_stored()
        head = await self._reading.head()
        newest = max(head.length - 1, 0)
        if not headers:
            return number, newest if self._next is None else min(self._next, newest)
        index = _index(headers)
        line = await self._reading.entry(index)
        if line is not None and line.entry.entry_hash == headers.get(ENTRY_HASH_HEADER):
            return number, index + 1
        logger.error(
            "alarm: the stream ends with what is not on the record", stream_sequence=number, index=index
        )
        return number, newest if self._next is None else min(self._next, head.length)

    async def _group(self, first: int) -> list[Entry]:
        self._fresh = [one for one in self._fresh if one.entry_index >= first]
        if self._fresh and self._fresh[0].entry_index == first:
            # Whole batches of this process, or what came between them of others would be passed over.
            run = [one for n, one in enumerate(self._fresh[:GROUP]) if one.entry_index == first + n]
            self._fresh = self._fresh[len(run) :]
            return run
        if not self._untold and not self._fresh:
            return []
        self._untold = False
        found = await self._reading.entries(case_id=None, after=first - 1, limit=GROUP)
        if len(found) == GROUP:
            self._untold = True
        return [line.entry for line in found]


def outgoing(entries: Sequence[Entry], key: SigningKey) -> list[Outgoing]:
    """The messages of these entries; the last is sealed, which covers all before it."""
    messages = []
    for entry in entries:
        headers = {INDEX_HEADER: str(entry.entry_index), ENTRY_HASH_HEADER: entry.entry_hash}
        if entry is entries[-1]:
            seal = key.sign(entry.entry_hash.encode())
            headers[SEAL_HEADER] = f"{seal.key_id}:{seal.value}"
        subject = record_subject(entry.kind, entry.type, entry.version)
        messages.append(Outgoing(subject, entry.body.encode(), headers))
    return messages


def _index(headers: Mapping[str, str]) -> int:
    told = headers.get(INDEX_HEADER, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else -1
