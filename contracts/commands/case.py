"""What may be asked of a case. People act by completing tasks; the rest are the few acts beside it."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.events.review import ReportContent
from contracts.policy.model import CalendarYear


class CompleteTask(Command):
    """Complete this task with this outcome, having seen this digest."""

    name: ClassVar[str] = "complete-task"
    task_id: OpaqueId
    outcome: str
    form: dict[str, object] = Field(default_factory=dict)
    reason: str = Field(default="", max_length=4000)
    seen: Digest


class ClaimTask(Command):
    """Take the task for oneself. Of two claims one wins; the other is refused."""

    name: ClassVar[str] = "claim-task"
    task_id: OpaqueId


class ReleaseTask(Command):
    """Give a claimed task back."""

    name: ClassVar[str] = "release-task"
    task_id: OpaqueId


class ReassignTask(Command):
    """Give the task to a named person; asked by a lead who may act in the task's role or as UFWD."""

    name: ClassVar[str] = "reassign-task"
    task_id: OpaqueId
    person_id: OpaqueId
    reason: str = Field(min_length=1, max_length=1000)


class DeclareConflict(Command):
    """Declare that one may not act on this case (SOD-06)."""

    name: ClassVar[str] = "declare-conflict"
    task_id: OpaqueId
    ground: Literal["kin", "own-firm", "shareholder", "creditor", "witness", "reporter", "other"]
    reason: str = Field(min_length=1, max_length=1000)


class Withdraw(Command):
    """Withdraw the nomination: the nominee, or the nominating unit with the nominee's signed paper."""

    name: ClassVar[str] = "withdraw"
    reason: str = Field(min_length=1, max_length=1000)
    document_digest: Digest | None = None


class RegisterReport(Command):
    """Register a report (举报) received during the public notice."""

    name: ClassVar[str] = "register-report"
    signed: bool
    channel: Literal["letter", "visit", "phone", "net", "message"]
    content: ReportContent


class ScheduleElection(Command):
    """Tell the case when the election is held; sent by the batch only."""

    name: ClassVar[str] = "schedule-election"
    election_at: Instant


class LoadCaseCalendar(Command):
    """Hand a newly published calendar year to the case; sent by the batch only."""

    name: ClassVar[str] = "load-case-calendar"
    year: CalendarYear
