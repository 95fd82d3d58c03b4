"""Every event by wire name and version. Refuses a second claim to the same pair."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import ValidationError, create_model
from pydantic_core import to_json

from contracts.base import Contract
from contracts.events import (
    access,
    award,
    batch,
    case,
    conflict,
    data_request,
    election,
    enquiry,
    errand,
    integrity,
    journal,
    late_roster,
    leaving,
    letters,
    nomination,
    policy,
    removal,
    removal_review,
    review,
    screening,
    task,
    tenure,
)
from contracts.events.base import Event
from contracts.names import JOURNAL


class UnknownEventError(LookupError):
    """The pair of type and version is in no catalogue: its case waits for a reader that knows it, none skips it."""


def _collect(*groups: tuple[type[Event], ...]) -> dict[tuple[str, int], type[Event]]:
    table: dict[tuple[str, int], type[Event]] = {}
    for group in groups:
        for cls in group:
            key = (cls.type, cls.version)
            if key in table:
                raise ValueError(f"{key} is claimed by {table[key].__name__} and {cls.__name__}")
            table[key] = cls
    return table


EVENTS = _collect(
    case.EVENTS,
    task.EVENTS,
    conflict.EVENTS,
    letters.EVENTS,
    errand.EVENTS,
    review.EVENTS,
    batch.EVENTS,
    nomination.EVENTS,
    election.EVENTS,
    leaving.EVENTS,
    removal.EVENTS,
    screening.EVENTS,
    enquiry.EVENTS,
    removal_review.EVENTS,
    tenure.EVENTS,
    late_roster.EVENTS,
    policy.EVENTS,
    integrity.EVENTS,
    award.EVENTS,
    access.EVENTS,
    data_request.EVENTS,
)


OF_JOURNAL = _collect(journal.EVENTS)
"""What the officers' service records of its journal: no case has such events, and nobody folds them."""


def of_kind(kind: str) -> Mapping[tuple[str, int], type[Event]]:
    """The events that a case of this kind may have: the journal its own, and every other kind those of cases."""
    return OF_JOURNAL if kind == JOURNAL else EVENTS


def known(event_type: str, version: int) -> bool:
    """Whether this pair of wire name and version has a class."""
    return (event_type, version) in EVENTS


def build(
    event_type: str, version: int, payload: Mapping[str, object], private: Mapping[str, object] | None
) -> Event:
    """The event of these parts; `private` is the opened sealed part.

    Raises UnknownEventError for an unknown pair and pydantic's ValidationError for a malformed part, so also
    when a private part is missing or too many.
    """
    cls = EVENTS.get((event_type, version))
    if cls is None:
        raise UnknownEventError(f"{event_type} v{version}")
    fields = dict(payload) if private is None else {**payload, "private": private}
    return cls.model_validate_json(to_json(fields))


def build_plain(event_type: str, version: int, payload: Mapping[str, object]) -> Event:
    """The event without its sealed part, for a reader who needs none of it: such an event has no `private` to read.

    Raises UnknownEventError for an unknown pair and pydantic's ValidationError for a malformed payload.
    """
    cls = EVENTS.get((event_type, version))
    if cls is None:
        raise UnknownEventError(f"{event_type} v{version}")
    return _plain(cls).build(payload)


def plain_fault(cls: type[Event], payload: Mapping[str, object], *, sealed: bool) -> str | None:
    """What is wrong with an event's plain fields, without opening its sealed part; None when they fit."""
    return _plain(cls).fault(payload, sealed=sealed)


class _PlainFields:
    """Validates an event's plain fields alone: the record holds no key, and what is sealed it cannot read."""

    def __init__(self, cls: type[Event]) -> None:
        self._event = cls
        fields: dict[str, Any] = {
            name: (Annotated[field.rebuild_annotation(), field], field)
            for name, field in cls.model_fields.items()
            if name != "private"
        }
        self._model = create_model(f"{cls.__name__}Plain", __base__=Contract, **fields)
        private = cls.model_fields.get("private")
        self._may_be_sealed = private is not None
        self._must_be_sealed = private is not None and private.is_required()

    def build(self, payload: Mapping[str, object]) -> Event:
        """See `build_plain`."""
        fields = self._model.model_validate_json(to_json(payload))
        event = self._event.model_construct(**dict(fields))
        # Its default would say that there is none, which nobody has looked at.
        event.__dict__.pop("private", None)
        return event

    def fault(self, payload: Mapping[str, object], *, sealed: bool) -> str | None:
        """See `plain_fault`. Names fields and reasons, never values."""
        if sealed and not self._may_be_sealed:
            return "sealed: this event has no private part"
        if self._must_be_sealed and not sealed:
            return "sealed: this event has a private part, and it is missing"
        try:
            self._model.model_validate_json(to_json(payload))
        except ValidationError as error:
            faults = error.errors(include_input=False, include_url=False)
            return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:5])
        return None


@cache
def _plain(cls: type[Event]) -> _PlainFields:
    return _PlainFields(cls)
