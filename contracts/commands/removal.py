"""What may be asked of a removal beside its tasks, and how it is opened (domain §8.4)."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.base import Digest, OpaqueId, unsaid
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Investigation, Lead, LeadSource, OtherSeat, Recommender, Suspending
from contracts.vocabulary import CaseState, Seat


class OpenRemoval(CaseOpening):
    """R01: a lead against a sitting member is registered. It is the removal workflow's input."""

    whose: ClassVar[str] = "person_id"
    act: Literal["open-removal"] = "open-removal"
    person_id: OpaqueId
    seat: Seat
    source: LeadSource
    lead: Lead
    open_removal: OpaqueId | None = None
    """Another removal of the same person from the same seat that was open when the lead came."""
    other_seats: tuple[OtherSeat, ...] = ()
    tenure: OpaqueId | None = None
    """The case that follows the seat here, when one does: it is told how the removal ends."""
    investigation: Investigation | None = None
    """What the lead says of detention or investigation: then a suspension is proposed at once (R03)."""
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the member (SOD-01)."""
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the case that follows the seat, and so from this one (SOD-06)."""
    investigated: tuple[Investigation, ...] = ()
    """Detention and investigation that earlier removals of the seat left, and that last (R07)."""
    resting: tuple[Investigation, ...] = ()
    """For what the duties rest already, or is proposed elsewhere: for these no suspension is proposed anew."""
    years_from: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """The case of the seat that was lost, which hands it the calendar years where no case follows its own."""
    brought_by: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """Who brought the lead, where another case asks, or kept it until now; else whoever asks (SOD-05)."""
    tendered: Digest | None = Field(default=None, exclude_if=unsaid)
    """The signed paper by which the member resigned in an earlier removal that did not decide on it (R07)."""


class Suspend(Command):
    """R03: the chair meeting suspends the member from duty."""

    act: Literal["suspend"] = "suspend"
    cause: Suspending
    minutes_digest: Digest


class LiftSuspension(Command):
    """R03: this cause has ended, and the suspension as far as it rests on it."""

    act: Literal["lift-suspension"] = "lift-suspension"
    cause: Suspending
    minutes_digest: Digest


class ReportInvestigation(Command):
    """The member is detained or investigated, by this official paper: a suspension is proposed (R03)."""

    act: Literal["report-investigation"] = "report-investigation"
    cause: Investigation
    document_digest: Digest
    proposed: bool = Field(default=False, exclude_if=unsaid)
    """Told by another case: there the chair meeting is asked already, or has decided. It is known here, too (R07)."""


class ReportRelease(Command):
    """The detention or investigation is over, by this official paper: the suspension for it ends by itself (R03).

    Said of one removal, it is told to the seat, and by it to every other that knows of the investigation.
    """

    act: Literal["report-release"] = "report-release"
    cause: Investigation
    document_digest: Digest


class TenderResignation(Command):
    """R07: the member resigns by a signed paper, at any time before the last decision. People accept it, or do not.

    Told by a removal that is a duplicate: the member resigned there.
    """

    act: Literal["tender-resignation"] = "tender-resignation"
    document_digest: Digest


class EarlierRemovalOver(Command):
    """Told by the case that follows the seat: a removal that came before this one is over, and what it left."""

    act: Literal["earlier-removal-over"] = "earlier-removal-over"
    removal: OpaqueId
    open_removal: OpaqueId | None = None
    """Another one that came before this one and is open still."""
    investigated: tuple[Investigation, ...] = ()
    resting: tuple[Investigation, ...] = ()
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who was kept from it, and so is kept from this one (SOD-06)."""


class LeadMerged(Command):
    """Told by a removal that is a duplicate of this one: what its lead says, which was looked at nowhere yet (R01)."""

    act: Literal["lead-merged"] = "lead-merged"
    removal: OpaqueId
    source: LeadSource
    registrar: OpaqueId
    """The natural person who brought it."""
    lead: Lead

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.removal


class KnownOfSeat(Command):
    """Told by the case that follows the seat, to a removal that it has not raised: what is known there (R01).

    It is what a removal that the seat raises itself is opened with. Where no case follows the seat, the member's
    integrity file says which removal of it is open.
    """

    act: Literal["known-of-seat"] = "known-of-seat"
    case: OpaqueId
    open_removal: OpaqueId | None = None
    """The removal of the seat that came before this one and is open: this lead is its duplicate."""
    investigated: tuple[Investigation, ...] = ()
    resting: tuple[Investigation, ...] = ()
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who is kept from the seat's case, and so from this one (SOD-06)."""

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.case


class ReviewDecided(Command):
    """R11: how a review of this removal came out, and who signed it; asked by the review only."""

    act: Literal["review-decided"] = "review-decided"
    review: OpaqueId
    instance: int = Field(ge=1, le=2)
    outcome: Literal[CaseState.UPHELD, CaseState.CHANGED, CaseState.REVOKED, CaseState.LAPSED]
    signers: tuple[OpaqueId, ...]
    barred: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Who stepped back from it, or was kept from it by a conflict: here and in a second review as well (SOD-06)."""

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.review
