"""Hands calendar years to open cases that count by them and that no other case hands them (domain §8.0.5, §8.8.10).

A batch hands a year that people load to its nominations, seats and late rosters, and a seat to its removals. What
stands by itself (an application for an award, a request about one's own data, a removal of a seat that no case follows,
a proposal for the policy) is handed what was loaded for its own district. No place is kept: what a case knows is on the
record, and what is asked again is the same command.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from contracts.actor import CALENDAR_KEEPER
from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.commands.case import LoadCaseCalendar
from contracts.events.batch import BatchCalendarLoaded
from contracts.events.case import CalendarLoaded
from contracts.names import handing_id
from contracts.policy import loader
from contracts.policy.model import CalendarYear
from contracts.vocabulary import TaskState
from services.kit.db import Database, Unit
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.rounds import keep_on
from services.kit.turning import Turn, Turns
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.readmodel.tables import BatchRow, CaseRow, EventRow, TaskRow
from services.officers.readmodel.writing.projection.change import due_key

LOOK_SECONDS = 30.0
LONGEST_PAUSE = 600.0
AT_ONCE = 50
"""Cases of one look, in the order of their ids."""
BY_THEIR_BATCH = (CaseKind.NOMINATION, CaseKind.TENURE, CaseKind.LATE_ROSTER)
"""Kinds that their batch alone hands its years: with one it says what else it moves, such as the cut-off date."""
OF_NO_ONE_DISTRICT = "all"
"""Where a case lies that every district may ask for."""

TASKS, CASES = TaskRow.metadata.tables["tasks"].c, CaseRow.metadata.tables["cases"].c
EVENTS, BATCHES = EventRow.metadata.tables["events"].c, BatchRow.metadata.tables["batches"].c


class Years:
    """Looks again and again for deadlines that wait for a year which people have loaded."""

    act = "load-case-calendar"

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._turns = Turns(self._page, AT_ONCE, first=LOOK_SECONDS, longest=LONGEST_PAUSE)

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "cases wait for a calendar year")

    async def round(self) -> int:
        """Hand the cases whose turn it is what they lack; how many they were."""
        turns = await self._turns.next()
        loaded = await self._database.look(_loaded) if turns else []
        for turn in turns:
            await self._serve(turn.item, loaded)
            self._turns.tried(turn.name)
        return len(turns)

    async def _page(self, after: str | None, limit: int) -> list[Turn[str, Any]]:
        # Only what has no due date is looked at, along the index: most open tasks have one.
        waiting = select(TASKS.case_id).where(
            TASKS.state == TaskState.OPEN.value, TASKS.due_key == due_key(None), TASKS.provisional
        )
        wanted = select(CASES.case_id, CASES.kind, CASES.district, CASES.policy, CASES.sequence).where(
            CASES.case_id > (after or ""),
            CASES.case_id.in_(waiting),
            CASES.kind.not_in([kind.value for kind in BY_THEIR_BATCH]),
        )
        rows = await self._database.look(
            lambda unit: list(unit.execute(wanted.order_by(CASES.case_id).limit(limit)))
        )
        return [Turn(row.case_id, row.case_id, row) for row in rows]

    async def _serve(self, case: Any, loaded: Sequence[tuple[str, CalendarYear]]) -> None:
        here = {year.year: year for place, year in loaded if case.district in {place, OF_NO_ONE_DISTRICT}}
        try:
            known = await self._database.look(lambda unit: set(_known(unit, case)))
            for number in sorted(here.keys() - known):
                await self._hand(case, here[number])
        except ServiceError as error:
            # Whoever was handed it meanwhile needs nothing; what did not arrive will be another time.
            logger.info("a case is handed no year", case_id=case.case_id, code=error.code)
        except Exception as error:
            # One case that cannot be asked about must not keep the others from it.
            logger.error("a case cannot be handed a year", case_id=case.case_id, exc_info=error)

    async def _hand(self, case: Any, year: CalendarYear) -> None:
        ident = handing_id(case.case_id, digest_of(year.model_dump(mode="json")))
        ask = Ask(CALENDAR_KEEPER, ident, self.act, case.case_id)
        claim = ask.claim(CALENDAR_KEEPER, datetime.now(UTC))
        word = LoadCaseCalendar(claim=claim, place=case.sequence, year=year)
        await self._desk.send(ask, case.kind, self._desk.claimed(word, case.case_id))


def _known(unit: Unit, case: Any) -> Iterator[int]:
    """The years that the case knows: of these it takes corrections only, which come by hand, with their reason."""
    heard = select(EVENTS.payload).where(EVENTS.case_id == case.case_id, EVENTS.type == CalendarLoaded.type)
    yield from (int(payload["year"]["year"]) for payload in unit.execute(heard).scalars())
    yield from (one.year for one in loader.released(case.policy).calendar.years)


def _loaded(unit: Unit) -> list[tuple[str, CalendarYear]]:
    """The years that people have loaded for batches, each with a district for which it was, the latest last."""
    wanted = (
        select(EVENTS.payload, BATCHES.districts)
        .where(
            EVENTS.case_id.in_(select(BATCHES.batch_id)),
            EVENTS.type == BatchCalendarLoaded.type,
            BATCHES.batch_id == EVENTS.case_id,
        )
        .order_by(EVENTS.at, EVENTS.event_id)
    )
    return [
        (place, CalendarYear.model_validate(row.payload["year"]))
        for row in unit.execute(wanted)
        for place in row.districts
    ]
