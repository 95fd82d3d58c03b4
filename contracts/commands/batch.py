"""What may be asked of a batch."""

from datetime import date
from typing import ClassVar

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.nominee import Nominee
from contracts.policy.model import CalendarYear
from contracts.vocabulary import Seat


class OpenBatch(Command):
    """ST00: start a batch under a policy version. It is the batch workflow's input; a second start is refused.

    `cut_off` None means the day on which nomination closes.
    """

    name: ClassVar[str] = "open-batch"
    batch_id: OpaqueId
    title: str
    districts: tuple[str, ...]
    policy: str
    policy_digest: Digest
    cut_off: date | None = None
    carried: dict[str, object] | None = None
    """What an earlier run of the workflow carried over; None when it is started."""


class RosterEntry(Contract):
    """One nominee of a roster, already checked cell by cell at the edge."""

    case_id: OpaqueId
    person_id: OpaqueId
    district: str
    seat: Seat
    nominating_unit: str
    nominee: Nominee


class SubmitRoster(Command):
    """ST01: take a whole roster or nothing. After the window `late_approval` must name an approver."""

    name: ClassVar[str] = "submit-roster"
    roster_digest: Digest
    entries: tuple[RosterEntry, ...]
    late_approval: OpaqueId | None = None


class CallElection(Command):
    """Set or move the election's instant for every case of the batch."""

    name: ClassVar[str] = "call-election"
    election_at: Instant


class LoadCalendar(Command):
    """Load a newly published calendar year into the batch and all its open cases."""

    name: ClassVar[str] = "load-calendar"
    year: CalendarYear


class OpenCase(Contract):
    """The nomination workflow's input, made by the batch workflow."""

    batch_id: OpaqueId
    entry: RosterEntry
    policy: str
    policy_digest: Digest
    cut_off: date
    late: bool
    command_id: OpaqueId
    actor_account_id: OpaqueId
    actor_person_id: OpaqueId
    calendar_years: tuple[CalendarYear, ...] = ()
    carried: dict[str, object] | None = None
    """What an earlier run of the workflow carried over; None when it is started."""
