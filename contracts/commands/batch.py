"""What may be asked of a batch."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.nominee import RosterEntry
from contracts.policy.model import CalendarYear


class OpenBatch(Opening):
    """ST00: start a batch under a policy version. `cut_off` None means the day on which nomination closes."""

    act: Literal["open-batch"] = "open-batch"
    title: str
    districts: tuple[str, ...]
    cut_off: date | None = None


class SubmitRoster(Command):
    """ST01: take a whole roster or nothing. After the window `late_approval` must name an approver."""

    act: Literal["submit-roster"] = "submit-roster"
    roster_digest: Digest
    entries: tuple[RosterEntry, ...]
    late_approval: OpaqueId | None = None


class CallElection(Command):
    """Set or move the election's instant for every case of the batch."""

    act: Literal["call-election"] = "call-election"
    election_at: Instant


class CutQuota(Command):
    """After its approvals the party committee has fewer places: it reorders who was approved, `order` from the first.

    Whoever stands behind the last place is not on the ballot, without any negative record (domain §8.1).
    """

    act: Literal["cut-quota"] = "cut-quota"
    places: int = Field(ge=0)
    order: tuple[OpaqueId, ...] = Field(min_length=1)
    minutes_digest: Digest


class LoadCalendar(Command):
    """Load a newly published calendar year into the batch and all its open cases."""

    act: Literal["load-calendar"] = "load-calendar"
    year: CalendarYear
