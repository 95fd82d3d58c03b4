"""What the record has: how far each case is recorded, and the events that the stream did not bring."""

import asyncio
from collections.abc import Sequence

from contracts.base import Digest
from contracts.envelope import Envelope
from services.kit.casefeed import RecordReader, refill

POLL_SECONDS = 0.01
"""First pause while waiting for the record; it doubles. The record writes at the same moment as we read."""

AT_ONCE = 256
"""Events that the record is asked about in one request."""


class Record:
    """Nothing is told to anybody before it is on the record (D2), and the record is asked whether it is."""

    def __init__(self, reader: RecordReader, wait_seconds: float) -> None:
        self._reader = reader
        self._wait = wait_seconds

    async def digests(self, events: Sequence[str]) -> dict[str, Digest]:
        """Under which digest each event is recorded; waits a little for those that are not yet.

        An event that is still not recorded then is left out. Raises UnavailableError when the record is silent.
        """
        pause, waited = POLL_SECONDS, 0.0
        found = await self._ask(events)
        while waited < self._wait and len(found) < len(set(events)):
            await asyncio.sleep(pause)
            waited += pause
            pause = min(pause * 2, 0.25)
            found |= await self._ask([one for one in events if one not in found])
        return found

    async def after(self, case_id: str, sequence: int) -> list[Envelope]:
        """The case's recorded events above a sequence, in order. Raises UnavailableError."""
        return await refill(self._reader, case_id, sequence)

    async def _ask(self, events: Sequence[str]) -> dict[str, Digest]:
        found: dict[str, Digest] = {}
        for start in range(0, len(events), AT_ONCE):
            asked = list(events[start : start + AT_ONCE])
            found |= (await self._reader.get("/record/digests", {"event_id": asked}))["digests"]
        return found
