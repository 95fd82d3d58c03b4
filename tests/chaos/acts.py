"""One act of one person: sent under its own key until it is answered, or given up by its caller for good."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from services.ctl.demo.client import Account, ProblemError, SilentError
from services.ctl.demo.papers import hand_in
from services.ctl.demo.stage import XLSX

AGAIN = 0.5
"""Seconds until an act is sent again that was answered with a fault of ours."""


@dataclass(frozen=True)
class Act:
    """What is asked, under which key. `about` names what it acts on: no two hands take it up at once."""

    account: Account
    path: str
    key: str
    about: str
    body: object = None
    sheet: bytes | None = None
    """A roster is a file and no JSON."""
    task: Mapping[str, Any] | None = None
    """The task that is completed: a paper that the form names is handed in before."""

    async def send(self) -> Any:
        """The answer. Raises ProblemError, or SilentError when there was none for a long time."""
        if self.task is not None:
            await hand_in(self.account, self.task, self.body)
        if self.sheet is None:
            return await self.account.post(self.path, self.key, self.body)
        return await self.account.upload(self.path, self.key, self.sheet, XLSX, dry_run="false")


class Fate(Enum):
    """What became of an act, as far as its caller knows."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    """The caller went away: whether it took effect they will never know."""


@dataclass(frozen=True)
class Told:
    """What its caller was told. `answer` is that of an accepted act, `code` that of a refusal."""

    act: Act
    fate: Fate
    seconds: float
    """From the first try to the answer."""
    answer: Mapping[str, Any] | None = None
    code: str = ""
    faults: int = 0
    """How often it was answered with a fault of ours before."""


async def carried_out(
    act: Act, patience: float | None = None, called_away: asyncio.Event | None = None
) -> Told:
    """Send it until it is answered; with `patience` only for so many seconds, and until its caller is called away."""
    began = time.monotonic()
    asking = asyncio.create_task(_answered(act, began))
    leaving = asyncio.create_task((called_away or asyncio.Event()).wait())
    try:
        await asyncio.wait({asking, leaving}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        return Told(act, Fate.ABANDONED, time.monotonic() - began)
    finally:
        asking.cancel()
        leaving.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)


async def _answered(act: Act, began: float) -> Told:
    faults = 0
    while True:
        try:
            answer = await act.send()
        except SilentError:
            continue
        except ProblemError as problem:
            if problem.status < 500:
                seconds = time.monotonic() - began
                return Told(act, Fate.REFUSED, seconds, code=problem.code, faults=faults)
            faults += 1
            await asyncio.sleep(AGAIN)
        else:
            return Told(act, Fate.ACCEPTED, time.monotonic() - began, answer=answer, faults=faults)
