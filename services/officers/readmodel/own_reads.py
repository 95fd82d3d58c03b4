"""How far the read model is, for those who wait to read what they wrote."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Mapping

from services.kit.db import Database
from services.officers.readmodel import positions

REMEMBERED = 20_000
LOOK_SECONDS = 0.2
"""Between two looks into the database, for the case that another process projects."""


class Progress:
    """Positions as this process's projection reports them, with the database as the answer of last resort."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, int] = OrderedDict()
        self._waiting: dict[str, list[asyncio.Event]] = defaultdict(list)

    def reached(self, moved: Mapping[str, int]) -> None:
        """Cases have come to these sequences."""
        for case_id, sequence in moved.items():
            self._known[case_id] = sequence
            self._known.move_to_end(case_id)
            for event in self._waiting.get(case_id, ()):
                event.set()
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def wait(self, case_id: str, sequence: int, seconds: float) -> bool:
        """Whether the case came to the sequence within the time."""
        moved = asyncio.Event()
        self._waiting[case_id].append(moved)
        try:
            async with asyncio.timeout(seconds):
                while not await self._has(case_id, sequence, moved):
                    pass
        except TimeoutError:
            return False
        finally:
            self._waiting[case_id].remove(moved)
            if not self._waiting[case_id]:
                del self._waiting[case_id]
        return True

    async def _has(self, case_id: str, sequence: int, moved: asyncio.Event) -> bool:
        if self._known.get(case_id, 0) >= sequence:
            return True
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await moved.wait()
        except TimeoutError:
            async with self._database.read() as session:
                found = await positions.reached(session, [case_id])
            return found.get(case_id, 0) >= sequence
        moved.clear()
        return self._known.get(case_id, 0) >= sequence
