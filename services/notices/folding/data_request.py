"""What a request about one's own data tells its letters: who asked, and what they were answered. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.data_request import DataAnswerDue, DataAnswered, DataRequested
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

DataRequestEvent: TypeAlias = DataRequested | DataAnswerDue | DataAnswered
EVENTS: frozenset[type[Event]] = frozenset(get_args(DataRequestEvent))


def changes(file: CaseFile, event: DataRequestEvent) -> Changes:
    """What the event changes."""
    match event:
        case DataRequested(person_id=person, private=wish):
            return {"person_id": person, "person": Contact(name=wish.name, email=wish.email)}
        case DataAnswerDue():
            return {}
        case DataAnswered(private=said):
            return {"answer": said}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, DataRequested | DataAnswered)
