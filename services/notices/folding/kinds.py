"""The file of a case after an event, by the kind of the case. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.case import CaseKind
from contracts.events.base import Event
from services.notices.casefile import CaseFile
from services.notices.folding import access, data_request, nomination, removal, review, shared, tenure
from services.notices.folding.shared import Changes


@dataclass(frozen=True)
class Folding:
    """What one kind of case alone tells its letters."""

    events: frozenset[type[Event]]
    """Every event of this kind, and those of all kinds that mean more here."""
    changes: Callable[[CaseFile, Any], Changes]
    needs: Callable[[Event], bool]


KINDS: Mapping[str, Folding] = {
    CaseKind.NOMINATION: Folding(nomination.EVENTS, nomination.changes, nomination.needs),
    CaseKind.REMOVAL: Folding(removal.EVENTS, removal.changes, removal.needs),
    CaseKind.REVIEW: Folding(review.EVENTS, review.changes, review.needs),
    CaseKind.TENURE: Folding(tenure.EVENTS, tenure.changes, tenure.needs),
    CaseKind.ACCESS: Folding(access.EVENTS, access.changes, access.needs),
    CaseKind.DATA_REQUEST: Folding(data_request.EVENTS, data_request.changes, data_request.needs),
}
"""Kinds of which letters say more than what every kind has. Another is folded as far as it is a case like all."""


def fold(file: CaseFile, event: Event) -> CaseFile:
    """The file after an event that is read. KeyError for one of which its kind knows nothing."""
    own = KINDS.get(file.kind)
    changed: Changes = {"counts": {**file.counts, event.type: file.counts.get(event.type, 0) + 1}}
    if type(event) in shared.EVENTS:
        changed |= shared.changes(file, event)  # type: ignore[arg-type]
    elif own is not None and type(event) not in own.events:
        raise KeyError(f"{event.type} in a {file.kind}")
    if own is not None and type(event) in own.events:
        changed |= own.changes(file, event)
    return file.model_copy(update=changed)


def needs(kind: str, event: Event) -> bool:
    """Whether letters need the sealed part of this event, which is given without it."""
    own = KINDS.get(kind)
    return own is not None and own.needs(event)
