"""Bring recorded events into the read model: in order per case, early ones parked, missing ones refilled."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.canonical import envelope_digest
from contracts.envelope import Envelope
from services.kit.casefeed import CaseFeed, RecordReader, Step, recorded, refill
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.statements import hold
from services.officers.readmodel import positions
from services.officers.readmodel.own_reads import Progress
from services.officers.readmodel.writing import changes as store
from services.officers.readmodel.writing.projection import changes

RECORD_SECONDS = 0.5
"""How long an event that came is waited for on the record, which gets it at the same moment."""

REFILL_SECONDS = 1.0
"""Between two rounds of refilling."""

REFILLED_AT_ONCE = 100


@dataclass(frozen=True)
class Arrived:
    """An event as the stream brought it, with its bytes."""

    envelope: Envelope
    body: bytes

    def is_recorded_as(self, digest: str) -> bool:
        """Whether this is the event of that digest. Publishers send canonical bytes, which need no new form."""
        return hashlib.sha256(self.body).hexdigest() == digest or envelope_digest(self.envelope) == digest


class Projector:
    """Applies what is on the record, and nothing else: officers see no state that the record does not have (D2)."""

    def __init__(self, database: Database, record: RecordReader, progress: Progress) -> None:
        self._database = database
        self._record = record
        self._progress = progress
        # Something may have been parked before this process started.
        self._waiting = asyncio.Event()
        self._waiting.set()

    async def take(self, arrived: Sequence[Arrived]) -> None:
        """Apply what came, as far as the record has it; the rest is parked until the record brings it.

        Raises UnavailableError when the record does not answer.
        """
        ids = [one.envelope.id for one in arrived]
        digests = await recorded(self._record, ids, RECORD_SECONDS)
        good: list[Envelope] = []
        early: list[tuple[Envelope, str]] = []
        for one in arrived:
            digest = digests.get(one.envelope.id)
            if digest is None:
                early.append((one.envelope, "not-recorded"))
            elif one.is_recorded_as(digest):
                good.append(one.envelope)
            else:
                logger.error("event is not the recorded one", event_id=one.envelope.id)
                early.append((one.envelope, "other-digest"))
        await self.project(good, early)

    async def project(
        self, envelopes: Sequence[Envelope], early: Sequence[tuple[Envelope, str]] = ()
    ) -> None:
        """Apply recorded events that are next for their case, park early or unknown ones, pass over old ones."""
        parked = list(early)
        async with self._database.write() as session:
            await hold(session, store.LOCK)
            cases = list({one.case_id for one in (*envelopes, *(one for one, _ in early))})
            feed = CaseFeed(await positions.reached(session, cases))
            applied: list[Envelope] = []
            for envelope in sorted(envelopes, key=lambda e: e.sequence):
                step = feed.take(envelope)
                if step is Step.APPLY:
                    applied.append(envelope)
                elif step is Step.PARK:
                    gap = envelope.sequence > feed.position(envelope.case_id) + 1
                    parked.append((envelope, "gap" if gap else "unknown-version"))
            made = [change for envelope in applied for change in changes(envelope)]
            await store.apply(session, applied, made, feed.moved)
            parked = [(one, why) for one, why in parked if one.sequence > feed.position(one.case_id)]
            await store.park(session, parked)
            await store.unpark(session, feed.moved)
        self._progress.reached(feed.moved)
        for envelope, reason in parked:
            logger.warning("event parked", event_id=envelope.id, type=envelope.type, reason=reason)
        if parked:
            self._waiting.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Bring waiting cases on until `stop` is set."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                if self._waiting.is_set():
                    await self._try_round()
                    await asyncio.wait({stopping}, timeout=REFILL_SECONDS)
                else:
                    waiting = asyncio.create_task(self._waiting.wait())
                    await asyncio.wait({stopping, waiting}, return_when=asyncio.FIRST_COMPLETED)
                    waiting.cancel()
        finally:
            stopping.cancel()

    async def bring_on(self) -> int:
        """Bring every waiting case on, from the record; how many still wait.

        Raises UnavailableError when the record does not answer.
        """
        self._waiting.clear()
        async with self._database.read() as session:
            cases = await store.parked_cases(session, REFILLED_AT_ONCE)
            reached = await positions.reached(session, cases)
        for case_id in cases:
            # What cannot be read stays parked, and its case waits until a newer release reads it.
            found = await refill(self._record, case_id, reached.get(case_id, 0))
            if found:
                await self.project(found)
        async with self._database.read() as session:
            left = len(await store.parked_cases(session, REFILLED_AT_ONCE))
        if left:
            self._waiting.set()
        return left

    async def _try_round(self) -> None:
        try:
            await self.bring_on()
        except UnavailableError as error:
            logger.warning("refill waits", reason=str(error))
            self._waiting.set()
        except Exception as error:
            # A case that cannot be refilled must not end the refilling; it is tried again and stays parked.
            logger.error("refill failed", exc_info=error)
            self._waiting.set()
