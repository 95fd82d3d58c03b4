"""The shape of time in a policy: limits, ladders, and the published calendar."""

from datetime import date
from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract
from contracts.vocabulary import Rung

Unit: TypeAlias = Literal["WD", "day", "month", "year", "s"]
"""Working days, calendar days, months, years; seconds only in a demonstration policy."""


class Limit(Contract):
    """A length of time; `extension` is how much one extension adds, `extensions` how many there may be."""

    n: int = Field(gt=0)
    unit: Unit
    extension: int = Field(default=0, ge=0)
    extensions: int = Field(default=0, ge=0)


class LadderRung(Contract):
    """One step of a ladder: `offset` in the ladder's unit, negative before the due day, positive after it."""

    rung: Rung
    offset: int
    short_offset: int | None = None
    """Used instead of `offset` when the limit is at most the ladder's `short_limit`, in the ladder's unit."""
    month_offset: int | None = None
    """Used instead of `offset` when the limit is a term in months or years."""
    to: tuple[str, ...]
    """Who is told: codes of addressees."""


class Ladder(Contract):
    """Rungs fire at `hour` local time on working days (unit WD), or to the second (unit s).

    `expired` ends a task and fires when its day is over, at 24:00; offset 0 is the deadline itself.
    """

    unit: Literal["WD", "s"]
    hour: int = Field(ge=0, le=23)
    short_limit: int = 0
    rungs: tuple[LadderRung, ...]


class CalendarYear(Contract):
    """Holidays and make-up working days of one year as the State Council published them (S39)."""

    year: int
    holidays: tuple[date, ...]
    make_up: tuple[date, ...]
    source: str


class Calendar(Contract):
    """The years that are published. A day outside them is unknown, never assumed."""

    utc_offset_hours: int
    years: tuple[CalendarYear, ...]
