"""What the review of a removal tells its letters: the member and the seat. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.removal_review import PersonsBarred, ReviewConcluded, ReviewOpened
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

ReviewEvent: TypeAlias = ReviewOpened | PersonsBarred | ReviewConcluded
EVENTS: frozenset[type[Event]] = frozenset(get_args(ReviewEvent))


def changes(file: CaseFile, event: ReviewEvent) -> Changes:
    """What the event changes."""
    match event:
        case ReviewOpened():
            return {
                "person_id": event.person_id,
                "seat": event.seat,
                "person": Contact(name=event.private.name),
            }
        case PersonsBarred() | ReviewConcluded():
            return {}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, ReviewOpened)
