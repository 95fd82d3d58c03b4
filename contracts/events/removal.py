"""What happens in the removal of a sitting member beside its tasks (domain §8.4)."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId, unsaid
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.matter import Lead, LeadSource, MeetingBody, OtherSeat, Recommender
from contracts.vocabulary import CaseState, Seat


class Ground(Lead):
    """What is held against the member, and what else they hold."""

    other_seats: tuple[OtherSeat, ...] = ()


class RemovalOpened(Event):
    """R01: a lead was registered against a sitting member. The member learns of it with the statement (R04).

    `registrar_id` is the natural person who brought it: they do not verify it.
    """

    type: ClassVar[str] = "removal-opened"
    acted: ClassVar[bool] = True
    person_id: OpaqueId
    registrar_id: OpaqueId
    seat: Seat
    source: LeadSource
    open_removal: OpaqueId | None = None
    tenure: OpaqueId | None = None
    content_digest: Digest
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the member (SOD-01)."""
    years_from: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """Who hands it the calendar years, where no case follows the seat."""
    private: Ground


class EarlierRemovalEnded(Event):
    """R01: a removal that came before is over. The lead may be opened, unless `open_removal` came before as well."""

    type: ClassVar[str] = "earlier-removal-ended"
    removal: OpaqueId
    open_removal: OpaqueId | None = None


class EarlierRemovalFound(Event):
    """R01: another removal of the seat came before this one and is open. The lead is its duplicate."""

    type: ClassVar[str] = "earlier-removal-found"
    removal: OpaqueId


class MergedLead(Lead):
    """What a lead says that was a duplicate, and who brought it."""

    registrar: OpaqueId


class LeadJoined(Event):
    """R01: another lead of the seat was a duplicate of this removal. What it says is looked at by itself when this one
    has ended and the member keeps the seat: nobody is heard here on what they were not told (§8.8.3)."""

    type: ClassVar[str] = "lead-joined"
    removal: OpaqueId
    source: LeadSource
    private: MergedLead


class InvestigationReported(Event):
    """R03: the member is detained or investigated, so a suspension is proposed. Nothing is recorded as guilt."""

    type: ClassVar[str] = "investigation-reported"
    cause: Cause
    document_digest: Digest | None = None
    removal: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """In which removal it became known, where the case that follows the seat hears of it."""


class InvestigationEnded(Event):
    """R03: the detention or investigation is over."""

    type: ClassVar[str] = "investigation-ended"
    cause: Cause
    document_digest: Digest


class DutySuspended(Event):
    """R03: the chair meeting suspended the member from duty for one more cause."""

    type: ClassVar[str] = "duty-suspended"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    acted: ClassVar[bool] = True
    cause: Cause
    minutes_digest: Digest

    @property
    def matter(self) -> str:
        """Each cause rests on an act of its own."""
        return self.cause.value


class SuspensionLifted(Event):
    """R03: `cause` has ended, and with it the suspension unless it still rests on one of `left`."""

    type: ClassVar[str] = "suspension-lifted"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    acted: ClassVar[bool] = True
    cause: Cause
    left: tuple[Cause, ...] = ()
    document_digest: Digest | None = None

    @property
    def matter(self) -> str:
        """Each cause is lifted by an act of its own."""
        return self.cause.value


class LeadVerified(Event):
    """R05: what the verifiers found, and never worse because of the defence."""

    type: ClassVar[str] = "lead-verified"
    decides: ClassVar[bool] = True
    finding: str


class ResignationTendered(Event):
    """R07: the member resigned by a signed paper; it counts when it is accepted."""

    type: ClassVar[str] = "resignation-tendered"
    audience: ClassVar[Audience] = Audience.CONCERNED
    document_digest: Digest


class UrgentlyDecided(Event):
    """R09: between two plenaries a smaller body decided. What it decided holds until the plenary has ratified it."""

    type: ClassVar[str] = "urgently-decided"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    body: MeetingBody
    outcome: str
    held_on: date
    minutes_digest: Digest


class MemberRestored(Event):
    """R12: the member's name is cleared, and a seat that was taken is theirs again from `since`."""

    type: ClassVar[str] = "member-restored"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    cause: Cause
    since: date


class VacancyOpened(Event):
    """R12: the seat is vacant; it may be filled by co-option."""

    type: ClassVar[str] = "vacancy-opened"
    seat: Seat


class ReviewAsked(Event):
    """R11: the member asked for a review in time. The decision is carried out meanwhile."""

    type: ClassVar[str] = "review-asked"
    audience: ClassVar[Audience] = Audience.CONCERNED
    review: OpaqueId
    instance: int


class ReviewSigners(Contract):
    """Who signed a review."""

    signers: tuple[OpaqueId, ...]


class ReviewHeard(Event):
    """R11: how the review came out, and who signed it: they do not act on a second one."""

    type: ClassVar[str] = "review-heard"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    review: OpaqueId
    instance: int
    outcome: CaseState
    private: ReviewSigners


EVENTS: tuple[type[Event], ...] = (
    RemovalOpened,
    EarlierRemovalEnded,
    EarlierRemovalFound,
    LeadJoined,
    InvestigationReported,
    InvestigationEnded,
    DutySuspended,
    SuspensionLifted,
    LeadVerified,
    ResignationTendered,
    UrgentlyDecided,
    MemberRestored,
    VacancyOpened,
    ReviewAsked,
    ReviewHeard,
)
