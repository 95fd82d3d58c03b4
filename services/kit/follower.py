"""Follow the record: every entry once, in order, each with its effect in one transaction (D4).

Entries are heard as they are published. What was not heard, or not from the registry, is fetched from it: at the
start, when one is missing, after a reconnection, and whenever it has been silent for a while.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from contracts.names import RECORD_SUBJECTS
from contracts.record import entry_hash
from services.kit import cursor
from services.kit.applying import Apply, Applying, place_of
from services.kit.cursor import Place, Stuck
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.hearing import Heard, Hearing
from services.kit.jetstream import Bus, Message
from services.kit.logs import logger
from services.kit.recordreader import Entry, RecordReader
from services.kit.signing import Verifier
from services.kit.takingup import TakingUp
from services.kit.waking import Waker, pause

GROUP = 250
"""Entries applied in one unit at most."""

SILENCE_SECONDS = 3.0
"""After this long without an entry the record is asked whether there is one."""

HEALTHY_SECONDS = 15.0
DELAYS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


class Follower:
    """Brings a service's tables to where the record is, and keeps them there."""

    def __init__(
        self,
        bus: Bus,
        record: RecordReader,
        seals: Verifier,
        database: Database,
        apply: Apply,
        *,
        linger: Callable[[], float] = lambda: 0.0,
        told: Callable[[Sequence[Entry]], None] = lambda _: None,
    ) -> None:
        """`linger`: seconds that more entries are waited for once there are some, asked each time.

        `told` is called after each commit with the entries whose effects it made.
        """
        self._bus = bus
        self._record = record
        self._database = database
        self._linger = linger
        self._told = told
        self._seals = seals
        self._place = cursor.START
        self._hearing = Hearing(seals, self._place)
        self._taking_up = TakingUp(database, record, apply)
        self._applying = Applying(database, apply, self._taking_up.later)
        self._waker = Waker()
        self._missing = True
        self._moved = asyncio.Event()
        self._held_at = float("-inf")

    @property
    def index(self) -> int:
        """The index of the last entry that was applied, as far as this process knows."""
        return self._place.index

    async def wait(self, index: int, seconds: float) -> bool:
        """Whether everything up to this index is applied within the time: reading one's own writes."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._place.index < index:
                    await self._moved.wait()
        return self._place.index >= index

    async def stuck(self) -> list[Stuck]:
        """The cases that wait because an entry of theirs could not be read or applied."""
        return await self._database.look(cursor.stuck)

    async def check(self) -> None:
        """Raise UnavailableError when the record has not been reached, or not been believed, for a while."""
        if _now() - self._held_at > HEALTHY_SECONDS:
            raise UnavailableError("the record is not followed")

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop` is set. Never gives up, and never goes on over an entry that it does not have."""
        self._bus.on_reconnect(self._lost)
        listening = await self._bus.listen(RECORD_SUBJECTS, self._receive)
        with suppress(UnavailableError):
            # What is published from now on is heard; what was before is fetched.
            await self._bus.flush()
        try:
            with self._waker.until(stop):
                await self._keep_following(stop)
        finally:
            await listening.end()

    async def _keep_following(self, stop: asyncio.Event) -> None:
        failed = 0
        while not stop.is_set():
            try:
                await self._catch_up()
                failed = 0
                await self._follow(stop)
            except Exception as error:
                # Also what nobody expected: a follower that ended would look like one with nothing to do.
                log = logger.warning if isinstance(error, UnavailableError) else logger.error
                log("following waits", exc_info=error)
                await pause(stop, DELAYS[min(failed, len(DELAYS) - 1)])
                failed += 1

    def _lost(self) -> None:
        self._missing = True
        self._waker.call()

    async def _receive(self, message: Message) -> None:
        heard = self._hearing.hear(message.subject, message.headers, message.body)
        if heard is Heard.OLD:
            return
        if heard is Heard.FORGED:
            self._disbelieved(message.subject)
        self._waker.call()

    def _disbelieved(self, subject: str) -> None:
        logger.error("alarm: an entry was heard that the registry did not send", subject=subject[:200])
        self._lost()

    async def _follow(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            heard = await self._waker.wait(SILENCE_SECONDS)
            linger = self._linger()
            if heard and linger:
                await asyncio.sleep(linger)
            while group := self._hearing.take(GROUP):
                await self._take(group)
            if self._missing or self._hearing.holed or not heard or _now() - self._held_at > SILENCE_SECONDS:
                await self._catch_up()
            if caught_up := await self._taking_up.try_due():
                self._told(caught_up)

    async def _catch_up(self) -> None:
        """Fetch and apply what the record has behind our place."""
        self._reached(await self._database.look(cursor.place))
        # An entry is published after it is on the record: what was heard until now must be there.
        self._missing, heard = False, self._hearing.unproven
        while group := await self._fetch():
            await self._take(group)
        if heard > self._place.index:
            self._hearing = Hearing(self._seals, self._place)
            self._disbelieved("")
        elif not self._hearing.restart(self._place):
            self._disbelieved("")

    async def _fetch(self) -> list[Entry]:
        here = self._place
        # With the one that was applied last, to see that it is still what stands there.
        found = await self._record.after(max(here.index - 1, -1), GROUP)
        if here.index >= 0:
            if not found or place_of(found[0]) != here:
                logger.error("alarm: the record is not the one that was followed", index=here.index)
                raise UnavailableError("the record is not the one that was followed")
            found = found[1:]
        last = here
        for entry in found:
            follows = entry_hash(last.index + 1, entry.digest, last.entry_hash)
            if (entry.index, entry.entry_hash) != (last.index + 1, follows):
                logger.error("alarm: the record's entries do not follow each other", index=entry.index)
                raise UnavailableError("the record's entries do not follow each other")
            if self._hearing.contradicts(entry):
                self._disbelieved("")
            last = place_of(entry)
        self._held_at = _now()
        return found

    async def _take(self, group: Sequence[Entry]) -> None:
        done = await self._applying.take(group)
        self._held_at = _now()
        self._reached(place_of(group[-1]))
        if done:
            self._told(done)

    def _reached(self, place: Place) -> None:
        self._place = place
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
