"""Ask the record for what cases wait for, again and again until they go on."""

import asyncio

from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.notices.desk import Desk
from services.notices.store.waiting import waiting_cases

LONGEST_PAUSE = 60.0
"""A case that does not go on is asked for less and less often, but at least once in so many seconds."""


class Refiller:
    """Fills holes from the record, and tries again what could not be applied: another version may know how."""

    def __init__(self, database: Database, desk: Desk, pause: float) -> None:
        self._database = database
        self._desk = desk
        self._pause = pause
        self._asked: dict[str, tuple[int, float, float]] = {}
        """Per case: sequence it stood at, pause after that, and when it is asked for next."""

    async def run(self, stop: asyncio.Event) -> None:
        """Go round until `stop` is set. An outage is waited out."""
        while not stop.is_set():
            try:
                await self.once(asyncio.get_running_loop().time())
            except UnavailableError as error:
                logger.warning("refill waits", reason=str(error))
            try:
                async with asyncio.timeout(self._pause):
                    await stop.wait()
            except TimeoutError:
                continue

    async def once(self, now: float) -> None:
        """One round over every case that waits and is due. Raises UnavailableError."""
        waiting = await waiting_cases(self._database)
        self._asked = {case: asked for case, asked in self._asked.items() if case in waiting}
        for case_id, sequence in waiting.items():
            at, pause, due = self._asked.get(case_id, (sequence, self._pause, now))
            if at == sequence and now < due:
                continue
            pause = (
                min(pause * 2, LONGEST_PAUSE) if at == sequence and case_id in self._asked else self._pause
            )
            self._asked[case_id] = (sequence, pause, now + pause)
            await self._desk.refill(case_id, sequence)
