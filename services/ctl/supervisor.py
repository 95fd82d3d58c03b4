"""Keeps a set of programs running: starts them side by side, brings a crashed one back, ends them in reverse."""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from services.ctl.child import Child, Program, ending
from services.ctl.errors import OperatorError

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 30.0
"""A program that ran this many seconds is taken as healthy: its next restart is quick again."""

Say = Callable[[str], None]


class Supervisor:
    """Programs that start side by side: each waits by itself for those that it needs.

    A program that ends although nobody asked it to, or that is started again and stays silent, is started
    again after a pause that doubles up to ten seconds, for as long as the supervisor runs. Each such event is
    said. Whoever calls `start` also calls `stop`, whatever happened in between.
    """

    def __init__(self, programs: Sequence[Program], run: Path, logs: Path, say: Say) -> None:
        """`programs` are ended in the opposite order, so that one may still use those named before it."""
        self._children = [Child(program, run, logs) for program in programs]
        self._say = say
        self._watchers: list[asyncio.Task[None]] = []
        self._stopping = False

    async def start(self) -> None:
        """Return when every program is ready; raises OperatorError as soon as one cannot be."""
        foreseen: list[str] = []
        try:
            async with asyncio.TaskGroup() as group:
                for child in self._children:
                    group.create_task(self._first_start(child))
        except* OperatorError as failed:
            foreseen += [str(failure) for failure in failed.exceptions]
        # Raised outside of it: before Python 3.11.4 what `except*` raises comes in a group of its own.
        if foreseen:
            raise OperatorError("\n".join(foreseen))

    async def _first_start(self, child: Child) -> None:
        began = time.monotonic()
        await child.start()
        await child.wait_ready()
        self._say(f"{child.program.name} is ready after {time.monotonic() - began:.1f} s")
        self._watchers.append(asyncio.create_task(self._watch(child)))

    async def _watch(self, child: Child) -> None:
        name, pause = child.program.name, FIRST_PAUSE / 2
        while True:
            began = time.monotonic()
            code = await child.ended()
            if self._stopping:
                return
            steady = time.monotonic() - began > STEADY_AFTER
            pause = FIRST_PAUSE if steady else min(pause * 2, LONGEST_PAUSE)
            self._say(f"{name} ended with {ending(code)}; it is started again in {pause:.1f} s")
            await asyncio.sleep(pause)
            try:
                await child.start()
                await child.wait_ready()
                self._say(f"{name} is ready again")
            except OperatorError as failure:
                self._say(str(failure))
                await child.stop()

    async def stop(self) -> None:
        """End everything, the last named first, and return when no child is left."""
        self._stopping = True
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        self._watchers.clear()
        for child in reversed(self._children):
            if not await child.stop():
                self._say(f"{child.program.name} was killed: it did not stop when asked to")
