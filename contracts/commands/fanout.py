"""What the batch hands to its cases through activities: starts, and the same word to many."""

from pydantic import Field

from contracts.base import Contract, OpaqueId
from contracts.commands.batch import OpenCase
from contracts.commands.case import LoadCaseCalendar, ScheduleElection


class StartCases(Contract):
    """Cases to start; one that runs already is left alone."""

    cases: tuple[OpenCase, ...] = Field(min_length=1)


class TellCases(Contract):
    """One word for these cases: exactly one of the two commands is set. An ended case is passed over."""

    case_ids: tuple[OpaqueId, ...] = Field(min_length=1)
    election: ScheduleElection | None = None
    calendar: LoadCaseCalendar | None = None
