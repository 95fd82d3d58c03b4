"""What a request for accounts tells its letters: whose case was read in an emergency. Pure."""

from contracts.events import access
from contracts.events.access import EmergencyRead
from contracts.events.base import Event
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

EVENTS: frozenset[type[Event]] = frozenset(access.EVENTS)


def changes(file: CaseFile, event: Event) -> Changes:
    """What the event changes: the letter about a reading goes to whoever the case that was read is about."""
    if not isinstance(event, EmergencyRead):
        return {}
    said = event.private
    return {"person_id": event.person_id, "person": Contact(name=said.name, email=said.email)}


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, EmergencyRead)
