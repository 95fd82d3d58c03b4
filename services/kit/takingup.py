"""Take up the cases that wait: a newer release may read what an older one could not (D4)."""

import asyncio
from collections.abc import Sequence

from services.kit import cursor
from services.kit.applying import Apply
from services.kit.cursor import Place, Stuck
from services.kit.db import Database, Unit
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.recordreader import Entry, RecordReader
from services.kit.tries import Tries

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 600.0
"""Seconds between two tries of one case: the pause doubles."""

LOOK_SECONDS = 1.0


class TakingUp:
    """Tries each waiting case by itself: at the start, then after a growing pause."""

    def __init__(
        self,
        database: Database,
        record: RecordReader,
        apply: Apply,
    ) -> None:
        self._database = database
        self._record = record
        self._apply = apply
        self._tries: Tries[str] = Tries(FIRST_PAUSE, LONGEST_PAUSE)
        self._look_at = float("-inf")

    def later(self, case_id: str) -> None:
        """The case has begun to wait."""
        self._tries.anew(case_id)
        self._tries.tried(case_id)

    async def try_due(self) -> list[Entry]:
        """Try the cases whose time has come; the entries that were applied so.

        Raises UnavailableError when the record does not answer.
        """
        applied: list[Entry] = []
        if _now() < self._look_at:
            return applied
        waiting = await self._database.look(cursor.stuck)
        self._tries.only(one.case_id for one in waiting)
        due = set(self._tries.due())
        for case in waiting:
            if case.case_id in due:
                self._tries.tried(case.case_id)
                applied += await self._try(case)
        self._look_at = _now() + LOOK_SECONDS
        return applied

    async def _try(self, case: Stuck) -> list[Entry]:
        place = await self._database.look(cursor.place)
        entries = await self._record.of_case(case.case_id, case.index - 1)
        todo = [entry for entry in entries if entry.index <= place.index]
        try:
            freed = await self._database.unit(lambda unit: self._freed(unit, case, place, todo))
        except UnavailableError:
            raise
        except Exception as error:
            # It stays where it is: nothing of the try was kept.
            logger.error("a waiting case still cannot be applied", case_id=case.case_id, exc_info=error)
            return []
        if not freed:
            return []
        logger.info("a waiting case has caught up", case_id=case.case_id, count=len(todo))
        return todo

    def _freed(self, unit: Unit, case: Stuck, place: Place, todo: Sequence[Entry]) -> bool:
        # What another process has applied meanwhile would be missing here: then the next try finds it.
        if cursor.hold(unit) != place or case not in cursor.stuck(unit):
            return False
        self._apply(unit, todo)
        cursor.free(unit, case.case_id)
        return True


def _now() -> float:
    return asyncio.get_running_loop().time()
