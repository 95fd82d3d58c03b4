"""Screening that does not sleep: carries out the runs that the books have begun, and asks for one when people change.

It keeps no place of its own. Which run is under way, and how far it came, stands on the record: whoever takes over goes
on where the last part ended, and a part that is reported again is the same command.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts import names
from contracts.actor import LIST_KEEPER
from contracts.base import NO_DIGEST
from contracts.case import CaseKind
from contracts.commands.base import Command
from contracts.commands.screening import BeginRun, ReportScreened
from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.waking import pause
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.readmodel.reading import cases
from services.officers.readmodel.tables import LIST_FACT, CaseRow
from services.officers.watching.fitting import Fitted
from services.officers.watching.holding import Lists
from services.officers.watching.people import Due, People

LOOK_SECONDS = 5.0
KEPT = timedelta(days=1)
"""How long a file is kept that no list consists of: whoever brought it may still be answered."""
PART = 200
"""Cases in one part of a run: bounds what one command says, and what is done again after a crash."""


class Watch:
    """Looks at every book again and again."""

    def __init__(
        self, database: Database, people: People, lists: Lists, desk: Desk, part: int = PART
    ) -> None:
        self._database = database
        self._people = people
        self._lists = lists
        self._desk = desk
        self._size = part

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                busy = await self.round()
            except ServiceError as error:
                logger.warning("screening waits", reason=str(error))
                busy = False
            await pause(stop, 0 if busy else LOOK_SECONDS)

    async def round(self) -> bool:
        """Do the next thing for each book; whether there was any."""
        async with self._database.read() as session:
            books = await cases.open_of(session, CaseKind.SCREENING)
        busy = any([await self._looked_at(book) for book in books])
        if not busy:
            await self._lists.drop_all_but(_named(books), datetime.now(UTC) - KEPT)
        return busy

    async def _looked_at(self, book: CaseRow) -> bool:
        try:
            command = await self._next(book)
            if command is None:
                return False
            await self._send(book, command)
        except ServiceError as error:
            # What was refused was reported or begun by another; what did not arrive will be another time.
            logger.info("screening is tried again", case_id=book.case_id, code=error.code)
            return False
        except Exception as error:
            # One book that cannot be looked at must not keep the others from it.
            logger.error("a book of screening cannot be looked at", case_id=book.case_id, exc_info=error)
            return False
        return True

    async def _next(self, book: CaseRow) -> Command | None:
        facts: Mapping[str, Any] = book.facts
        if facts.get("run"):
            return await self._part(book, facts)
        everybody = await self._people.due(datetime.now(UTC), book.district)
        if not facts.get("runs") or everybody.digest == facts.get("people", NO_DIGEST):
            return None
        ident = names.run_id(book.case_id, facts["runs"], everybody.digest)
        return BeginRun(
            claim=_ask(book, ident, BeginRun).claim(LIST_KEEPER, datetime.now(UTC)), cause="people"
        )

    async def _part(self, book: CaseRow, facts: Mapping[str, Any]) -> ReportScreened:
        run = facts["run"]
        everybody = await self._people.due(datetime.fromisoformat(run["began"]), book.district)
        part, until = everybody.part(facts["until"], self._size)
        found, checked = await self._fitted(run["versions"], part)
        ident = names.part_id(book.case_id, run["run"], facts["parts"] + 1)
        return ReportScreened(
            claim=_ask(book, ident, ReportScreened).claim(LIST_KEEPER, datetime.now(UTC)),
            run=run["run"],
            after=facts["until"],
            until=until,
            expected=len(everybody.due),
            people_digest=everybody.digest,
            cases=checked,
            missed=tuple(one.case_id for one in part if one.case_id not in set(checked)),
            vetoed=tuple(one.case_id for one in part if one.vetoed),
            fitting=tuple(found.fitting),
            namesakes=found.namesakes,
        )

    async def _fitted(
        self, versions: list[Mapping[str, Any]], part: tuple[Due, ...]
    ) -> tuple[Fitted, tuple[str, ...]]:
        """What fits, and which cases were held against every list: none of them when a list is not here."""
        numbers = await self._people.numbers(part)
        people = [(one, numbers[one.case_id]) for one in part if one.case_id in numbers]
        found = await self._lists.fitted(versions, people)
        if found is None:
            logger.error("lines of a list are not here: nobody is checked")
            return Fitted(), ()
        return found, tuple(one.case_id for one, _ in people)

    async def _send(self, book: CaseRow, command: Command) -> None:
        ask = _ask(book, command.command_id, type(command))
        placed = self._desk.claimed(command.model_copy(update={"place": book.sequence}), book.case_id)
        await self._desk.send(ask, CaseKind.SCREENING, placed)


def _named(books: Sequence[CaseRow]) -> set[tuple[str, str]]:
    """The files of which a list consists now, or that a run under way goes by."""
    versions = [
        version
        for book in books
        for name, fact in book.facts.items()
        for version in (
            [fact] if name.startswith(LIST_FACT) else fact["versions"] if name == "run" and fact else []
        )
    ]
    return {(version["list"], digest) for version in versions for digest in version["files"]}


def _ask(book: CaseRow, ident: str, kind: type[Command]) -> Ask:
    return Ask(LIST_KEEPER, ident, str(kind.model_fields["act"].default), book.case_id)
