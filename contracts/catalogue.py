"""Every event by wire name and version. Refuses a second claim to the same pair."""

import json

from contracts.envelope import Envelope
from contracts.events import batch, case, review, task
from contracts.events.base import Event


class UnknownEventError(LookupError):
    """The pair of type and version is in no catalogue: a reader must park it, never skip it."""


def _collect(*groups: tuple[type[Event], ...]) -> dict[tuple[str, int], type[Event]]:
    table: dict[tuple[str, int], type[Event]] = {}
    for group in groups:
        for cls in group:
            key = (cls.type, cls.version)
            if key in table:
                raise ValueError(f"{key} is claimed by {table[key].__name__} and {cls.__name__}")
            table[key] = cls
    return table


EVENTS = _collect(batch.EVENTS, case.EVENTS, task.EVENTS, review.EVENTS)


def known(event_type: str, version: int) -> bool:
    """Whether this pair of wire name and version has a class."""
    return (event_type, version) in EVENTS


def decode(envelope: Envelope, private: dict[str, object] | None = None) -> Event:
    """The event in the envelope; `private` is the opened sealed part, when the reader may open it.

    Without it, a class that has a private part cannot be built: use the envelope's payload instead.
    Raises UnknownEventError for an unknown pair and pydantic's ValidationError for a malformed payload.
    """
    cls = EVENTS.get((envelope.type, envelope.version))
    if cls is None:
        raise UnknownEventError(f"{envelope.type} v{envelope.version}")
    fields = dict(envelope.payload)
    if "private" in cls.model_fields:
        fields["private"] = private
    return cls.model_validate_json(json.dumps(fields))
