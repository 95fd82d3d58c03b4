"""Commands that got no answer are asked for again until they have one, across restarts (ADR 0013)."""

import asyncio

from services.kit.db import Database, Unit
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.rounds import keep_on
from services.kit.turning import Turn, Turns
from services.officers.desk import store
from services.officers.desk.desk import Desk
from services.officers.desk.known import Unanswered
from services.officers.desk.store import Place

LOOK_SECONDS = 2.0
LONGEST_PAUSE = 60.0
AT_ONCE = 8
MOST = 200
"""Commands asked for in one round, in the order in which they were asked first."""


class AskingAgain:
    """Asks whether or not the caller ever comes back: what was sent may have taken effect on the record alone."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._turns = Turns(self._page, MOST, first=LOOK_SECONDS, longest=LONGEST_PAUSE)

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "asking again waits")

    async def round(self) -> int:
        """Ask for those whose turn it is; how many they were. However many get no answer, all have their turn."""
        if not await self._database.look(_any):
            return 0
        await self._database.unit(store.drop_answered)
        turns, at_once = await self._turns.next(), asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._ask(turn.item, at_once) for turn in turns))
        return len(turns)

    async def _page(self, after: Place | None, limit: int) -> list[Turn[Place, Unanswered]]:
        found = await self._database.look(lambda unit: store.unanswered(unit, limit, after))
        return [Turn(known.command_id, (at, known.command_id), known) for at, known in found]

    async def _ask(self, known: Unanswered, at_once: asyncio.Semaphore) -> None:
        async with at_once:
            try:
                await self._desk.answer(known)
            except ServiceError as error:
                # A refusal is an answer, and is recorded by now; for anything else there will be another time.
                logger.info("asked again", command_id=known.command_id, code=error.code)
            except Exception as error:
                # One command that cannot be asked for must not keep the others from it.
                logger.error("asking again failed", command_id=known.command_id, exc_info=error)
        self._turns.tried(known.command_id)


def _any(unit: Unit) -> bool:
    return bool(store.unanswered(unit, 1))
