"""What may be asked of a batch."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.matter import IndexEntry, Tie
from contracts.nominee import RosterEntry, SeatEntry
from contracts.policy.model import CalendarYear


class OpenBatch(Opening):
    """ST00: start a batch under a policy version. `cut_off` None means the day on which nomination closes."""

    act: Literal["open-batch"] = "open-batch"
    title: str
    districts: tuple[str, ...]
    cut_off: date | None = None
    fills: tuple[OpaqueId, ...] = ()
    """The seats whose vacancies a batch of co-option fills."""


class SubmitRoster(Command):
    """ST01: take a whole roster or nothing. After the window somebody else must let it in first."""

    act: Literal["submit-roster"] = "submit-roster"
    roster_digest: Digest
    entries: tuple[RosterEntry, ...]


class AdmitRoster(Command):
    """Told by the approval of a late roster: it is let in, by whoever asks."""

    act: Literal["admit-roster"] = "admit-roster"
    approval: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.approval


class TurnRosterDown(Command):
    """Told by the approval of a late roster: it stays outside."""

    act: Literal["turn-roster-down"] = "turn-roster-down"
    approval: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.approval


class DeclareTie(Command):
    """ST00: declare, before there is a case, that one is tied to somebody. Nobody takes it back."""

    act: Literal["declare-tie"] = "declare-tie"
    tie: Tie


class ImportSeats(Command):
    """Take a table of members who were elected before this system, whole or not at all."""

    act: Literal["import-seats"] = "import-seats"
    table_digest: Digest
    entries: tuple[SeatEntry, ...]


class ImportIndexes(Command):
    """Enter one or more integrity indexes, all of them or none: each goes into its file, and to whom it concerns."""

    act: Literal["import-indexes"] = "import-indexes"
    table_digest: Digest
    entries: tuple[IndexEntry, ...] = Field(min_length=1, max_length=100)


class SeatTaken(Command):
    """Told by a nomination that ended in the election: this case follows the seat from now on."""

    whose: ClassVar[str] = "person_id"
    act: Literal["seat-taken"] = "seat-taken"
    tenure: OpaqueId
    person_id: OpaqueId


class NominationLeft(Command):
    """Told by a nomination that is gone: whoever nominates the person again here does so by itself (ST02)."""

    act: Literal["nomination-left"] = "nomination-left"
    nomination: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.nomination


class AnnounceVersion(Command):
    """Announce a released version to the seats of the batch's term, those that are still to be given included.

    It measures their members from each one's next annual re-evaluation on (SC-11).
    """

    act: Literal["announce-version"] = "announce-version"
    policy: str
    policy_digest: Digest


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
    """Load a calendar year into the batch, all its open cases and the seats of its term.

    A newly published one, or with a reason another version of one that is known.
    """

    act: Literal["load-calendar"] = "load-calendar"
    year: CalendarYear
    reason: str = Field(default="", max_length=1000)
