"""What earlier cases of a person leave to the screeners of a later one (domain SC-08). Pure."""

from collections.abc import Iterable
from datetime import date

from contracts.vocabulary import Effect, Ruling
from services.officers.readmodel.tables import EventRow

FOUND, RULED, CANCELLED = "hit-found", "hit-ruled", "hit-cancelled"
TOLD = (FOUND, RULED, CANCELLED)
"""Events by which a hit comes, is ruled on and is taken back."""


def attached(events: Iterable[EventRow], cut_off: date) -> list[EventRow]:
    """The hits that stay attached to the person on this day: neither cleared nor another's, look-back not over.

    A hit that nobody ruled on because the case ended stays attached too. An investigation leaves nothing behind.
    """
    found: dict[tuple[str, int], EventRow] = {}
    for event in events:
        key = (event.case_id, int(event.payload["hit"]))
        if event.type == FOUND and event.payload["effect"] != Effect.PAUSE and _counts(event, cut_off):
            found[key] = event
        elif event.type == CANCELLED or event.payload.get("ruling") == Ruling.CLEARED:
            found.pop(key, None)
    return list(found.values())


def _counts(event: EventRow, cut_off: date) -> bool:
    until = event.payload["until"]
    return until is None or cut_off < date.fromisoformat(until)
