"""What may be asked of a case of any kind. People act by completing tasks; the rest are the few acts beside it."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Digest, OpaqueId, unsaid
from contracts.commands.base import Command
from contracts.listed import FactEnd
from contracts.matter import Ground
from contracts.nominee import Fact
from contracts.policy.model import CalendarYear


class CompleteTask(Command):
    """Complete this task with this outcome, having seen this digest."""

    act: Literal["complete-task"] = "complete-task"
    task_id: OpaqueId
    outcome: str
    form: dict[str, object] = Field(default_factory=dict)
    reason: str = Field(default="", max_length=4000)
    seen: Digest


class ClaimTask(Command):
    """Take the task for oneself. Of two claims one wins; the other is refused."""

    act: Literal["claim-task"] = "claim-task"
    task_id: OpaqueId


class ReleaseTask(Command):
    """Give a claimed task back.

    `of` is whose claim it is where that person can do nothing with it any more: only the keeper of accounts says so.
    """

    act: Literal["release-task"] = "release-task"
    task_id: OpaqueId
    of: OpaqueId | None = None


class ReassignTask(Command):
    """Give the task to a named person; asked by whoever may act in the task's role or assigns by policy."""

    act: Literal["reassign-task"] = "reassign-task"
    task_id: OpaqueId
    person_id: OpaqueId
    reason: str = Field(min_length=1, max_length=1000)


class PassOn(Command):
    """Say that one is absent: the task goes to the next who may, or the level above names somebody.

    `of` is whose task it is where that person is on the register of the absent: only the keeper of accounts says so.
    """

    act: Literal["pass-on"] = "pass-on"
    task_id: OpaqueId
    reason: str = Field(min_length=1, max_length=1000)
    of: OpaqueId | None = None


class DeclareConflict(Command):
    """Declare that one may not act on this case (SOD-06)."""

    act: Literal["declare-conflict"] = "declare-conflict"
    task_id: OpaqueId
    ground: Ground
    reason: str = Field(min_length=1, max_length=1000)


class ReportConflict(Command):
    """Say that somebody else may not act on this case; whoever is above that person decides (L9, art. 77)."""

    act: Literal["report-conflict"] = "report-conflict"
    person_id: OpaqueId
    ground: Ground
    reason: str = Field(min_length=1, max_length=1000)


class ReportFact(Command):
    """Report a negative fact about the person: from a screening, a discipline letter, a court's feed (§8.1)."""

    act: Literal["report-fact"] = "report-fact"
    fact: Fact
    source: str = Field(min_length=1, max_length=60)
    """The unit or the run that found it."""


class EndFact(Command):
    """Tell that a fact stands on its list no more, or never meant the person; asked by what reported it only."""

    act: Literal["end-fact"] = "end-fact"
    fact: Fact
    source: str = Field(min_length=1, max_length=60)
    cause: FactEnd
    of: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """The removal that was begun for it, where that was a duplicate and the one that is told has its lead."""


class LoadCaseCalendar(Command):
    """Hand a calendar year to the case, newly published or corrected; sent by another case or by people.

    `cut_off` is the batch's cut-off date by this calendar.
    """

    act: Literal["load-case-calendar"] = "load-case-calendar"
    year: CalendarYear
    reason: str = Field(default="", max_length=1000)
    cut_off: date | None = None


class WantYears(Command):
    """Told by a case that nobody hands its calendar years: it is handed those that are known, and those to come."""

    act: Literal["want-years"] = "want-years"
    case: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.case


class KnownYears(Command):
    """Told to a case that began elsewhere: the calendar years that have been loaded so far."""

    act: Literal["known-years"] = "known-years"
    case: OpaqueId
    years: tuple[CalendarYear, ...]

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.case
