"""What the removal of a sitting member tells its letters: the member, and what is held against them. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.removal import DutySuspended, LeadVerified, RemovalOpened, SuspensionLifted
from contracts.events.review import OpinionGiven, VotesCounted
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

RemovalEvent: TypeAlias = (
    RemovalOpened | DutySuspended | SuspensionLifted | LeadVerified | OpinionGiven | VotesCounted
)
EVENTS: frozenset[type[Event]] = frozenset(get_args(RemovalEvent))


def changes(file: CaseFile, event: RemovalEvent) -> Changes:
    """What the event changes."""
    match event:
        case RemovalOpened():
            return {
                "person_id": event.person_id,
                "seat": event.seat,
                "person": Contact(name=event.private.name),
                "lead": event.private.text,
            }
        case DutySuspended() | SuspensionLifted() | LeadVerified() | OpinionGiven() | VotesCounted():
            return {}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, RemovalOpened)
