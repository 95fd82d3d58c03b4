"""What tells that somebody is investigated: T4, known to few of those who work on a case (domain §8.5, §8.8.2)."""

from collections.abc import Mapping
from typing import Any

from contracts.vocabulary import Effect

CONFIRM_A_PAUSE = ("confirm-pause", "confirm-pause-sign")
"""Kinds of task in which two people confirm that somebody is investigated."""
CHECK_A_REPORT = ("check-report", "answer-report", "sign-report")
"""Kinds of task in which a report is checked: that there is one is T4 until it is answered."""
OF_A_REPORT = (*CHECK_A_REPORT, "note-report")
"""Kinds of task that tell of a report, also of one that is noted and not checked."""


def tells_of_pause(payload: Mapping[str, Any]) -> bool:
    """Whether an event says that an item that pauses was reported, disputed or ruled on."""
    return payload.get("effect") == Effect.PAUSE
