"""What may be asked of a tenure, a seat that somebody holds, and how it is opened (domain §8.4, last block)."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId, unsaid
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Attendance, DeclaredTie, Investigation, Lead, OtherSeat, Recommender
from contracts.nominee import Nominee
from contracts.vocabulary import CaseState, Seat


class OpenTenure(CaseOpening):
    """Somebody holds a seat from now on: by election, or since before this system. It is the tenure's input.

    `ends` None means after the policy's term; `evaluated_until` None, that no valid evaluation is known, so that one
    is due at once. `nomination` is the case that ended in the election.
    """

    whose: ClassVar[str] = "person_id"
    act: Literal["open-tenure"] = "open-tenure"
    person_id: OpaqueId
    seat: Seat
    began: date
    ends: date | None = None
    evaluated_until: Instant | None = None
    nomination: OpaqueId | None = None
    member: Nominee
    others: tuple[OtherSeat, ...] = ()
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the member (SOD-01)."""
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the nomination, and so from the seat (SOD-06)."""
    ties: tuple[DeclaredTie, ...] = Field(default=(), exclude_if=unsaid)
    """Who declared in the batch, before there was a case, that they are tied to the member (ST00)."""


class RecordAttendance(Command):
    """Record whether the member was at a plenary; the same meeting again corrects what was recorded."""

    act: Literal["record-attendance"] = "record-attendance"
    meeting: OpaqueId
    held_on: date
    attendance: Attendance


class RecordSeat(Command):
    """Record another seat of the member, or since when it is held no longer; the same seat again corrects it."""

    act: Literal["record-seat"] = "record-seat"
    other: OtherSeat
    since: date
    until: date | None = None


class Resign(Command):
    """The member asks to resign. It opens a removal at the member's own wish; nothing ends by this alone."""

    act: Literal["resign"] = "resign"
    reason: str = Field(min_length=1, max_length=1000)


class RecordDeath(Command):
    """The member has died, or has lost the capacity to act. Letters stop, and so does whatever runs about the member.

    Said of a seat or of a removal, it is told to the other, and to the review of it.
    """

    act: Literal["record-death"] = "record-death"
    died_on: date
    document_digest: Digest


class AnnouncePolicy(Command):
    """A policy version that is in force from the seat's next annual re-evaluation on (SC-11)."""

    act: Literal["announce-policy"] = "announce-policy"
    policy: str
    policy_digest: Digest


class RemovalBegun(Command):
    """Told by a removal that the seat's case has not raised: it is about this seat, and hears what is known here (R01).

    Where no case follows the seat, the member's integrity file is told: of which seat.
    """

    act: Literal["removal-begun"] = "removal-begun"
    removal: OpaqueId
    open_removal: OpaqueId | None = None
    """The removal of the same seat that was open when it was registered, as far as the desk knew."""
    district: OpaqueId
    seat: Seat

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class SeatSuspended(Command):
    """Told by a removal: the member is suspended from duty (R03)."""

    act: Literal["seat-suspended"] = "seat-suspended"
    removal: OpaqueId
    cause: Literal[Cause.DETAINED, Cause.UNDER_INVESTIGATION, Cause.CHAIR_DECISION]

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class SeatLifted(Command):
    """Told by a removal: its suspension has ended."""

    act: Literal["seat-lifted"] = "seat-lifted"
    removal: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class SeatEnded(Command):
    """Told by a removal: the member holds the seat no longer, since this day. Restoring is still possible."""

    act: Literal["seat-ended"] = "seat-ended"
    removal: OpaqueId
    reason: Literal[CaseState.REMOVED, CaseState.RESIGNED]
    since: date

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class SeatKept(Command):
    """Told by a removal: it has ended, in whatever way, and the member keeps the seat."""

    act: Literal["seat-kept"] = "seat-kept"
    removal: OpaqueId
    suspended: Cause | None = None
    """For what the duties rest all the same: a detention outlasts the removal that it was reported in (R03)."""
    investigated: tuple[Investigation, ...] = ()
    """Detention and investigation that last, also where nobody was suspended for them (R07)."""
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the removal, and so from the seat (SOD-06)."""

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class SeatRestored(Command):
    """Told by a removal or a review: the member holds the seat again, since this day (R12)."""

    act: Literal["seat-restored"] = "seat-restored"
    removal: OpaqueId
    since: date
    suspended: Cause | None = None
    """For what the duties rest all the same."""
    investigated: tuple[Investigation, ...] = ()
    """Detention and investigation that last."""
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the removal, and so from the seat (SOD-06)."""

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class LinkedSeatLost(Command):
    """Told by a removal: the member lost a seat at another level. This level looks at the same lead itself (R10)."""

    whose: ClassVar[str] = "person_id"
    act: Literal["linked-seat-lost"] = "linked-seat-lost"
    removal: OpaqueId
    person_id: OpaqueId
    lead: Lead
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the removal, and so from what looks at the member here (SOD-06)."""

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class LeadReported(Command):
    """Told by the nomination that gave the seat: what was reported of whoever was elected is a lead (R01)."""

    act: Literal["lead-reported"] = "lead-reported"
    nomination: OpaqueId
    lead: Lead

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.nomination


class NameVacancy(Command):
    """Told by a batch of co-option: it fills the vacancy of this seat."""

    act: Literal["name-vacancy"] = "name-vacancy"
    batch: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.batch
