"""Which commands have come back as entries of the record, and which of those this process has seen answered."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contracts.claim import Claim
from contracts.commands.base import Accepted
from contracts.commands.every import FROM_CASES, PEOPLE_TOO
from contracts.envelope import Envelope
from services.kit.recordreader import Entry

ANSWERED_WITHIN = 30.0
"""Seconds after which a command that came back and was not answered is a sign that its case is behind the record."""

YOUNG = timedelta(hours=1)
"""Older entries are history: they come when the read model is built anew."""

REMEMBERED = 20_000


@dataclass(frozen=True)
class Behind:
    """A case that may not know what is on the record."""

    kind: str
    case_id: str
    sequence: int


class Arrivals:
    """Hears every entry that was applied. It forgets with the process, and is none but a help."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._unanswered: dict[str, tuple[float, Behind]] = {}
        self._waiting: dict[str, list[asyncio.Future[Accepted]]] = {}

    def told(self, entries: Iterable[Entry]) -> None:
        """These entries have been applied."""
        for entry in entries:
            if entry.envelope.claim is not None:
                self._arrived(entry.index, entry.envelope, entry.envelope.claim)

    def answered(self, command_id: str) -> None:
        """The command's case has answered it in this process."""
        if self._unanswered.pop(command_id, None) is None:
            self._answered[command_id] = None
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)

    @contextmanager
    def expecting(self, command_id: str) -> "Iterator[asyncio.Future[Accepted]]":
        """Comes true when the command does; to be had before it is sent."""
        coming: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(command_id, []).append(coming)
        try:
            yield coming
        finally:
            self._waiting[command_id].remove(coming)
            if not self._waiting[command_id]:
                del self._waiting[command_id]

    def overdue(self) -> list[Behind]:
        """Cases whose commands came back long ago without an answer; each is named once."""
        due = [key for key, (at, _) in self._unanswered.items() if at <= _clock()]
        return [self._unanswered.pop(key)[1] for key in due]

    def _arrived(self, index: int, first: Envelope, claim: Claim) -> None:
        last = index + first.until - first.sequence
        accepted = Accepted(case_id=first.case_id, sequence=first.until, index=last)
        for coming in self._waiting.get(claim.command_id, ()):
            if not coming.done():
                coming.set_result(accepted)
        if claim.command_id in self._answered:
            del self._answered[claim.command_id]
        elif claim.act not in FROM_CASES - PEOPLE_TOO and first.at > self._now() - YOUNG:
            behind = Behind(first.kind, first.case_id, first.until)
            self._unanswered[claim.command_id] = (_clock() + ANSWERED_WITHIN, behind)


def _clock() -> float:
    return asyncio.get_running_loop().time()
