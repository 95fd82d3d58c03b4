"""What happens in the review of a removal beside its tasks (domain §8.4, R11)."""

from typing import ClassVar

from contracts.base import Digest, OpaqueId
from contracts.events.base import Audience, Event
from contracts.matter import Attacked
from contracts.vocabulary import CaseState, Seat


class ReviewOpened(Event):
    """R11: the member asked for a review in time. What was decided is carried out meanwhile."""

    type: ClassVar[str] = "review-opened"
    audience: ClassVar[Audience] = Audience.CONCERNED
    person_id: OpaqueId
    seat: Seat
    instance: int
    content_digest: Digest
    private: Attacked


class PersonsBarred(Event):
    """Who is kept from the case for another of which it comes: none of them acts on it, and none reads it.

    Of a review whoever signed anything of what is attacked (SOD-05); of a seat and a removal whoever is kept from the
    case before (SOD-06).
    """

    type: ClassVar[str] = "persons-barred"
    persons: tuple[OpaqueId, ...]


class ReviewConcluded(Event):
    """R11: what the majority of the body's seats decided."""

    type: ClassVar[str] = "review-concluded"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    instance: int
    outcome: CaseState


EVENTS: tuple[type[Event], ...] = (ReviewOpened, PersonsBarred, ReviewConcluded)
