"""What one decision amounts to."""

from dataclasses import dataclass

from contracts.events.base import Event
from workflows.rules.case import Case


@dataclass(frozen=True)
class Step:
    """Events in order, the case after them, and the person and role behind them. Not in effect until recorded (D2)."""

    events: tuple[Event, ...]
    case: Case
    signer: tuple[str, str]
