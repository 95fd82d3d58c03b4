"""What there is to do, as the election office sees it: open tasks of which nobody has taken up yet."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from services.ctl.demo.client import Account, ProblemError, SilentError

LOOK_SECONDS = 0.4
LEFT_ALONE = 2.0
"""Seconds until a task is taken up again whose caller went away."""
RACES = 0.05
"""Of so many tasks a second hand takes one that somebody has in hand already."""

Task = Mapping[str, Any]


class Board:
    """Open tasks. A look that fails is followed by another one."""

    def __init__(self, account: Account, chance: Random) -> None:
        self._account = account
        self._chance = chance
        self._open: Sequence[Task] = []
        self._taken: dict[str, float] = {}
        """When each task that was taken up may be taken up again."""

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            try:
                self._open = await self._account.pages("/v1/tasks", view="all", state="open", limit=200)
            except (ProblemError, SilentError):
                await asyncio.sleep(LOOK_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)

    def cases(self, kind: str = "") -> set[str]:
        """Cases with an open task, of this kind when one is named."""
        return {str(one["case_id"]) for one in self._open if kind in {"", one["kind"]}}

    def take(self) -> Task | None:
        """Any task that nobody has in hand; now and then one that somebody has."""
        free = [one for one in self._open if self._taken.get(_of(one), 0.0) <= time.monotonic()]
        if not free:
            return None
        task = self._chance.choice(self._open if self._chance.random() < RACES else free)
        self._taken[_of(task)] = float("inf")
        return task

    def put_back(self, about: str) -> None:
        """Whoever had it in hand went away."""
        if about in self._taken:
            self._taken[about] = time.monotonic() + LEFT_ALONE


def _of(task: Task) -> str:
    return of(str(task["task_id"]), str(task["content_digest"]))


def of(task_id: str, digest: str) -> str:
    """The name of a task over this content: what is decided anew is another thing to do."""
    return f"{task_id}/{digest[:12]}"
