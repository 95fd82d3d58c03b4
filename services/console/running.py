"""What takes longer than a browser waits: begun here, looked at again by its page. Kept in memory, for minutes.

Nothing of it is on a disk, and nobody but the session that began it sees it. A console that is started again knows of
none: its page then says so, and what was begun is asked for again.
"""

import asyncio
import secrets
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

KEPT = timedelta(minutes=15)
"""As long as an idle session lasts."""
MOST, MOST_OF_ONE = 30, 3
"""Things that are kept at a time, of all and of one session; with more, the oldest is given up: some hold a file."""


@dataclass(frozen=True)
class Job:
    """Something that was begun: by which session, when, and with which file, if any."""

    owner: str
    began: datetime
    task: asyncio.Task[Any]
    file: bytes = b""
    name: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    """What was said of the file."""

    @property
    def done(self) -> bool:
        """Whether there is a result, or an exception instead of one."""
        return self.task.done()

    def seconds(self, now: datetime) -> int:
        """For how long it has been going on."""
        return int((now - self.began).total_seconds())


class Running:
    """The jobs of this process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def begin(
        self,
        owner: str,
        now: datetime,
        work: Coroutine[Any, Any, Any],
        *,
        file: bytes = b"",
        name: str = "",
        said: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Begin the work; the name under which its page looks at it."""
        self._forget(now)
        self._give_up([of for of, job in self._jobs.items() if job.owner == owner], MOST_OF_ONE - 1)
        self._give_up([*self._jobs], MOST - 1)
        ident = secrets.token_urlsafe(16)
        task = asyncio.ensure_future(work)
        # Looked at, so that a failure that no page asks for any more is none of the loop's affairs.
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._jobs[ident] = Job(owner, now, task, file, name, said)
        return ident

    def of(self, owner: str, ident: str, now: datetime) -> Job | None:
        """The job, for the session that began it; None for everybody else, and when it is no longer kept."""
        self._forget(now)
        job = self._jobs.get(ident)
        return job if job is not None and job.owner == owner else None

    def _forget(self, now: datetime) -> None:
        self._give_up([ident for ident, job in self._jobs.items() if now - job.began > KEPT], 0)

    def _give_up(self, idents: list[str], left: int) -> None:
        """All of these but so many of the newest."""
        for ident in idents[: max(len(idents) - left, 0)]:
            # What nobody waits for any longer is not worth finishing.
            self._jobs.pop(ident).task.cancel()
