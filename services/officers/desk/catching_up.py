"""Let no case stand behind the record until somebody happens to act on it (ADR 0013)."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.officers.desk.arrivals import YOUNG, Arrivals, Behind
from services.officers.desk.engine import Engine
from services.officers.readmodel.reading import cases

LOOK_SECONDS = 2.0
LONGEST_PAUSE = 60.0
AT_ONCE = 4


class CatchingUp:
    """Asks cases to take over what the record has: at the start, and when a command came back unanswered."""

    def __init__(self, database: Database, engine: Engine, arrivals: Arrivals) -> None:
        self._database = database
        self._engine = engine
        self._arrivals = arrivals
        self._due: dict[Behind, tuple[float, float]] = {}
        """When each is asked next, and the pause after that."""

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until `stop` is set."""
        looked = False
        while not stop.is_set():
            looked = looked or await self._looked_back()
            self._add(self._arrivals.overdue())
            await self._round()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await stop.wait()

    async def _looked_back(self) -> bool:
        """Whether it is known by now which cases moved of late: who recorded their steps may not live any more."""
        lately = partial(cases.moved_since, instant=datetime.now(UTC) - YOUNG)
        try:
            self._add([Behind(*row) for row in await self._database.look(lately)])
        except ServiceError as error:
            logger.warning("catching up waits", reason=str(error))
            return False
        return True

    def _add(self, behind: list[Behind]) -> None:
        self._due |= dict.fromkeys(behind, (0.0, LOOK_SECONDS))

    async def _round(self) -> None:
        turn, now = asyncio.Semaphore(AT_ONCE), _clock()
        await asyncio.gather(*(self._ask(one, turn) for one, (at, _) in self._due.items() if at <= now))

    async def _ask(self, behind: Behind, turn: asyncio.Semaphore) -> None:
        async with turn:
            try:
                there = await self._engine.catch_up(behind.kind, behind.case_id, behind.sequence)
            except ServiceError as error:
                logger.warning("catching up waits", reason=str(error))
                there = False
        if there:
            del self._due[behind]
            return
        _, pause = self._due[behind]
        self._due[behind] = (_clock() + pause, min(2 * pause, LONGEST_PAUSE))
        if pause == LONGEST_PAUSE:
            logger.error("a case does not take over what is on the record", case_id=behind.case_id)


def _clock() -> float:
    return asyncio.get_running_loop().time()
