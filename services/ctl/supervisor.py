"""Keeps a set of programs running: starts them in order, brings a crashed one back, ends them in reverse."""

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
    """Programs in waves: the members of a wave start together, the next wave when all of them are ready.

    A program that ends although nobody asked it to, or that is started again and stays silent, is started
    again after a pause that doubles up to ten seconds, for as long as the supervisor runs. Each such event is
    said. Whoever calls `start` also calls `stop`, whatever happened in between.
    """

    def __init__(self, waves: Sequence[Sequence[Program]], run: Path, logs: Path, say: Say) -> None:
        self._waves = [[Child(program, run, logs) for program in wave] for wave in waves]
        self._say = say
        self._watchers: list[asyncio.Task[None]] = []
        self._stopping = False

    async def start(self) -> None:
        """Return when every program is ready; raises OperatorError with the reasons when one is not."""
        for wave in self._waves:
            starts = [self._first_start(child) for child in wave]
            results = await asyncio.gather(*starts, return_exceptions=True)
            failures = [result for result in results if result is not None]
            foreseen = [str(failure) for failure in failures if isinstance(failure, OperatorError)]
            if failures and len(foreseen) < len(failures):
                raise next(failure for failure in failures if not isinstance(failure, OperatorError))
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
        """End everything, the last started first, and return when no child is left."""
        self._stopping = True
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        self._watchers.clear()
        for child in reversed([child for wave in self._waves for child in wave]):
            if not await child.stop():
                self._say(f"{child.program.name} was killed: it did not stop when asked to")
