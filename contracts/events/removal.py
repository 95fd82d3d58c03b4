"""What happens in the removal of a sitting member beside its tasks (domain §8.4)."""

from typing import ClassVar

from contracts.base import Digest, OpaqueId
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.matter import Lead, LeadSource
from contracts.vocabulary import Seat


class RemovalOpened(Event):
    """R01: a lead was registered against a sitting member. The member learns of it with the statement (R04)."""

    type: ClassVar[str] = "removal-opened"
    acted: ClassVar[bool] = True
    person_id: OpaqueId
    seat: Seat
    source: LeadSource
    content_digest: Digest
    private: Lead


class DutySuspended(Event):
    """R03: the chair meeting suspended the member from duty."""

    type: ClassVar[str] = "duty-suspended"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    acted: ClassVar[bool] = True
    cause: Cause
    minutes_digest: Digest


class SuspensionLifted(Event):
    """R03: its cause has ended."""

    type: ClassVar[str] = "suspension-lifted"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    acted: ClassVar[bool] = True
    minutes_digest: Digest


class LeadVerified(Event):
    """R05: what the verifiers found, and never worse because of the defence."""

    type: ClassVar[str] = "lead-verified"
    decides: ClassVar[bool] = True
    finding: str


EVENTS: tuple[type[Event], ...] = (RemovalOpened, DutySuspended, SuspensionLifted, LeadVerified)
