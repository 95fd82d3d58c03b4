"""The ordered feed of one case: what to do with an event that arrives, and how a hole is filled (D4).

A broker may deliver twice, late, out of order or not at all. A reader keeps, per case, the sequence of the
last event it has applied; everything else follows from that number. A case with a hole waits and the others
go on; the hole is filled from the record, which is the only place that has every event.
"""

import asyncio
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import httpx2

from contracts.base import Digest
from contracts.catalogue import known
from contracts.envelope import Envelope
from services.kit.errors import UnavailableError

PAGE = 200
"""Entries asked of the record at a time."""

FIRST_PAUSE = 0.01
LONGEST_PAUSE = 0.25
"""Seconds between two questions whether an event is on the record by now: the pause doubles."""


class Step(Enum):
    """What a reader does with one envelope."""

    APPLY = "apply"
    SKIP = "skip"
    """Already applied: a repeat."""
    PARK = "park"
    """An earlier event of the case is missing, or this one cannot be read: keep it, never forget it."""


def decide(last: int, envelope: Envelope) -> Step:
    """What to do, given the sequence last applied for this case (0 when none was)."""
    if envelope.sequence <= last:
        return Step.SKIP
    if envelope.sequence > last + 1 or not known(envelope.type, envelope.version):
        return Step.PARK
    return Step.APPLY


class CaseFeed:
    """The positions of all cases in one batch of messages, moved forward as envelopes are taken."""

    def __init__(self, positions: Mapping[str, int]) -> None:
        """`positions`: last applied sequence per case, as stored; a case that is absent stands at 0."""
        self._positions = dict(positions)
        self.moved: dict[str, int] = {}
        """Cases whose position changed, with the new one: to be stored with the effects."""
        self.waiting: set[str] = set()
        """Cases that parked something: to be refilled from the record."""

    def take(self, envelope: Envelope) -> Step:
        """Decide, and count the envelope as applied when the answer is APPLY."""
        case = envelope.case_id
        step = decide(self._positions.get(case, 0), envelope)
        if step is Step.APPLY:
            self._positions[case] = self.moved[case] = envelope.sequence
        elif step is Step.PARK:
            self.waiting.add(case)
        return step

    def position(self, case_id: str) -> int:
        """The sequence last applied for the case, this batch included."""
        return self._positions.get(case_id, 0)


class RecordReader:
    """Reads the record through the registry's internal API, to refill what the stream did not bring."""

    def __init__(self, client: httpx2.AsyncClient, url: str, token: str) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(
        self, path: str, params: Mapping[str, str | int | list[str]] | None = None
    ) -> dict[str, Any]:
        """The JSON answer of the registry. Raises UnavailableError when it does not answer with 200."""
        try:
            answer = await self._client.get(
                self._url + path, params=dict(params or {}), headers=self._headers, timeout=10
            )
        except httpx2.HTTPError as error:
            raise UnavailableError("the record does not answer") from error
        if answer.status_code != 200:
            raise UnavailableError(f"the record answered {answer.status_code}")
        body: dict[str, Any] = answer.json()
        return body


async def recorded(record: RecordReader, event_ids: Sequence[str], wait: float) -> dict[str, Digest]:
    """Under which digest each of these events is recorded; one that is not within `wait` seconds is left out.

    The record writes at the same moment as we read, so it is asked again, less and less often. Raises
    UnavailableError when it does not answer.
    """
    found: dict[str, Digest] = {}
    pause, waited = FIRST_PAUSE, 0.0
    while True:
        missing = [one for one in event_ids if one not in found]
        for start in range(0, len(missing), PAGE):
            asked = missing[start : start + PAGE]
            found |= (await record.get("/record/digests", {"event_id": asked}))["digests"]
        if waited >= wait or all(one in found for one in missing):
            return found
        await asyncio.sleep(pause)
        waited += pause
        pause = min(pause * 2, LONGEST_PAUSE)


async def refill(record: RecordReader, case_id: str, after: int) -> list[Envelope]:
    """The case's recorded envelopes with a sequence above `after`, in order, without a hole.

    It stops before the first hole or unreadable entry; an empty list means that the record has nothing yet.
    Raises UnavailableError when the record does not answer: the caller keeps what it parked and asks again.
    """
    found: list[Envelope] = []
    cursor: int | None = -1
    while cursor is not None:
        page = await record.get("/record/entries", {"case_id": case_id, "after": cursor, "limit": PAGE})
        for item in page["items"]:
            envelope = Envelope.model_validate(item["envelope"])
            if decide(after + len(found), envelope) is Step.APPLY:
                found.append(envelope)
        cursor = page["next"]
    return found
