"""Let no case stand behind the record until somebody happens to act on it (ADR 0013)."""

import asyncio
from datetime import UTC, datetime
from functools import partial

from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.tries import Tries
from services.kit.waking import pause
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
        self._tries: Tries[Behind] = Tries(LOOK_SECONDS, LONGEST_PAUSE)

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until `stop` is set."""
        looked = False
        while not stop.is_set():
            looked = looked or await self._looked_back()
            self._tries.anew(*self._arrivals.overdue())
            await self._round()
            await pause(stop, LOOK_SECONDS)

    async def _looked_back(self) -> bool:
        """Whether it is known by now which cases moved of late: who recorded their steps may not live any more."""
        lately = partial(cases.moved_since, instant=datetime.now(UTC) - YOUNG)
        try:
            self._tries.anew(*(Behind(*row) for row in await self._database.look(lately)))
        except ServiceError as error:
            logger.warning("catching up waits", reason=str(error))
            return False
        return True

    async def _round(self) -> None:
        turn = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._ask(one, turn) for one in self._tries.due()))

    async def _ask(self, behind: Behind, turn: asyncio.Semaphore) -> None:
        async with turn:
            try:
                there = await self._engine.catch_up(behind.kind, behind.case_id, behind.sequence)
            except ServiceError as error:
                logger.warning("catching up waits", reason=str(error))
                there = False
        if there:
            self._tries.done(behind)
            return
        if self._tries.tried(behind) == LONGEST_PAUSE:
            logger.error("a case does not take over what is on the record", case_id=behind.case_id)
