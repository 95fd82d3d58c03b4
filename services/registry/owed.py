"""Whether a step that answers to an errand asks what was owed: held against the owing step, which says so in plain
words (ADR 0040). Pure, and never raises: promises that are none are promises that no claim keeps.
"""

from collections.abc import Mapping
from typing import NamedTuple

from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.errand import promise
from contracts.events.errand import ErrandOwed


class Errand(NamedTuple):
    """Which errand: of which case, and its number there."""

    case_id: str
    number: int


Promised = frozenset[str]
"""What an owing step says that it will ask; empty where it was owed before promises were kept."""


def answered(claim: Claim | None) -> Errand | None:
    """The errand that is answered under this claim; None for what a person asks, or time."""
    owing = None if claim is None else claim.owed_by
    return None if owing is None else Errand(owing.case_id, owing.number)


def owed(envelope: Envelope) -> tuple[Errand, Promised] | None:
    """The errand that this event owes, and what it promises; None for another event, and for one without a number."""
    number, promises = envelope.payload.get("number"), envelope.payload.get("promises", ())
    if envelope.type != ErrandOwed.type or not isinstance(number, int):
        return None
    promised = promises if isinstance(promises, list | tuple) else (promises,)
    return Errand(envelope.case_id, number), frozenset(map(str, promised))


def fault(claim: Claim | None, standing: Mapping[Errand, Promised]) -> str | None:
    """Why this is not what the errand owes; None when it is, or when no errand is answered."""
    errand = answered(claim)
    if claim is None or errand is None:
        return None
    promised = standing.get(errand)
    if promised is None:
        return "the step answers to an errand that stands nowhere before it"
    if promised and promise(claim) not in promised:
        return "the step asks something else than the errand owes that it answers to"
    return None
