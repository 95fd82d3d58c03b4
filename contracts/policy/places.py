"""The places of the federation: the levels it has, the districts on them, and the units that may nominate."""

from datetime import date

from pydantic import Field

from contracts.base import Contract, OpaqueId
from contracts.policy.text import Text
from contracts.policy.timing import Calendar, CalendarYear


class Level(Contract):
    """A level of the federation, such as the city and its districts. Nothing in code knows how many there are."""

    code: OpaqueId
    name: Text
    own_version: bool = False
    """Whether its districts may name a version of their own, under which their batches open."""
    own_days: int = Field(default=0, ge=0)
    """How many more days a year its districts may declare free of work."""


class District(Contract):
    """A district of the federation, on one of its levels. Its code stands in batches, grants and every event."""

    code: OpaqueId
    name: Text
    level: OpaqueId
    version: str | None = None
    """The released version of the district's own; without one it opens batches under whichever it chooses."""
    closed: tuple[date, ...] = ()
    """Days that are free of work here besides those of the calendar."""


class NominatingUnit(Contract):
    """A unit that may nominate. Its code stands in rosters, grants and the nominator's tasks."""

    code: OpaqueId
    name: Text


def closing(calendar: Calendar, closed: frozenset[date]) -> Calendar:
    """The calendar with these days free of work; a year that is not published stays unknown."""
    if not closed:
        return calendar
    return calendar.model_copy(update={"years": tuple(_closing(year, closed) for year in calendar.years)})


def _closing(year: CalendarYear, closed: frozenset[date]) -> CalendarYear:
    more = {day for day in closed if day.year == year.year} - set(year.holidays)
    made_up = tuple(day for day in year.make_up if day not in more)
    return year.model_copy(update={"holidays": tuple(sorted({*year.holidays, *more})), "make_up": made_up})
