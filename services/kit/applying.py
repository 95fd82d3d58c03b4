"""Apply entries of the record in groups: their effects and the follower's place are one transaction (D4)."""

from collections.abc import Callable, Sequence

from contracts.names import JOURNAL
from services.kit import cursor
from services.kit.cursor import Place, Stuck
from services.kit.db import AgainError, Database, Unit
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.recordreader import Entry

Apply = Callable[[Unit, Sequence[Entry]], None]
"""Makes the effects of some entries, in order, within a unit that the follower commits. It must not await.

When it raises, nothing of the unit is kept: the entries go one by one, and the case of the one that fails waits.
"""

TRIES = 5
"""Of a unit that PostgreSQL asks to run again."""


class Applying:
    """Makes the effects of what was heard or fetched."""

    def __init__(self, database: Database, apply: Apply, waits: Callable[[str], None]) -> None:
        """`waits` is told each case that begins to wait."""
        self._database = database
        self._apply = apply
        self._waits = waits

    async def take(self, group: Sequence[Entry]) -> list[Entry]:
        """Make the effects of entries that follow the last applied one; those of a case that waits are left out.

        Returns the entries whose effects were made here. Raises UnavailableError when the database does not answer.
        """
        try:
            return await self._in_unit(group)
        except UnavailableError:
            raise
        except Exception as error:
            if len(group) > 1:
                logger.warning("a group failed, its entries go one by one", count=len(group), exc_info=error)
                return [done for entry in group for done in await self.take([entry])]
            await self._set_aside(group[0], error)
            return []

    async def _in_unit(self, group: Sequence[Entry]) -> list[Entry]:
        for tried in range(1, TRIES + 1):
            try:
                return await self._database.unit(lambda unit: self._applied(unit, group))
            except AgainError:
                if tried == TRIES:
                    raise
        raise AssertionError

    def _applied(self, unit: Unit, group: Sequence[Entry]) -> list[Entry]:
        here = cursor.hold(unit)
        # Another process of this service may have been faster.
        ahead = [entry for entry in group if entry.index > here.index]
        if not ahead:
            return []
        if ahead[0].index != here.index + 1:
            raise UnavailableError("our tables do not stand where they did")
        waiting = cursor.waiting(unit, (entry.case_id for entry in ahead))
        # What the record holds of the journal is nobody's case, and has no effect anywhere.
        todo = [entry for entry in ahead if entry.case_id not in waiting | {JOURNAL}]
        if todo:
            self._apply(unit, todo)
        cursor.move(unit, place_of(ahead[-1]))
        return todo

    async def _set_aside(self, entry: Entry, error: Exception) -> None:
        case = Stuck(entry.case_id, entry.index, type(error).__name__)
        logger.error(
            "an entry cannot be applied; its case waits",
            case_id=case.case_id,
            index=case.index,
            exc_info=error,
        )

        def aside(unit: Unit) -> None:
            if cursor.hold(unit).index < entry.index:
                cursor.stick(unit, case)
                cursor.move(unit, place_of(entry))

        await self._database.unit(aside)
        self._waits(case.case_id)


def place_of(entry: Entry) -> Place:
    """Where a follower stands after this entry."""
    return Place(entry.index, entry.entry_hash)
