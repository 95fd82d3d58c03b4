"""Closed sets of words that appear on the wire (domain §8.1, §8.2)."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of a nomination, ST00 to ST15, and the hold that may lie between them."""

    OPENING = "ST00"
    NOMINATION = "ST01"
    SCREENING = "ST02"
    DECLARATION = "ST03"
    CONSULTATION = "ST04"
    RULING = "ST05"
    GRADING = "ST06"
    INSPECTION = "ST07"
    INTEGRITY = "ST08"
    PROPOSAL = "ST09"
    DECISION = "ST10"
    NOTICE = "ST11"
    REPORT_CHECK = "ST12"
    RECHECK = "ST13"
    ELECTION = "ST14"
    FILING = "ST15"
    HOLD = "HOLD"


class CaseState(StrEnum):
    """Where a case stands as people say it; the last nine are ends that no case leaves."""

    DRAFT = "DRAFT"
    SCREENING = "SCREENING"
    AWAITING_CONSENT = "AWAITING_CONSENT"
    CONSULTING = "CONSULTING"
    RULING = "RULING"
    GRADED = "GRADED"
    INSPECTING = "INSPECTING"
    INTEGRITY = "INTEGRITY"
    DECIDING = "DECIDING"
    ON_NOTICE = "ON_NOTICE"
    CHECKING_REPORT = "CHECKING_REPORT"
    HELD = "HELD"
    READY = "READY"
    ELECTED = "ELECTED"
    VETOED = "VETOED"
    INELIGIBLE = "INELIGIBLE"
    RENOUNCED = "RENOUNCED"
    WITHDRAWN = "WITHDRAWN"
    REJECTED = "REJECTED"
    MERGED = "MERGED"
    NOT_ELECTED = "NOT_ELECTED"
    LAPSED = "LAPSED"


ENDS = frozenset(
    {
        CaseState.ELECTED,
        CaseState.VETOED,
        CaseState.INELIGIBLE,
        CaseState.RENOUNCED,
        CaseState.WITHDRAWN,
        CaseState.REJECTED,
        CaseState.MERGED,
        CaseState.NOT_ELECTED,
        CaseState.LAPSED,
    }
)
"""States in which a case has its outcome; only serving letters and filing remain."""


class Effect(StrEnum):
    """What an item of the negative list does: hard veto, judgement by a panel, or pause."""

    HARD = "H"
    JUDGEMENT = "J"
    PAUSE = "P"


class Ruling(StrEnum):
    """How a hit on the negative list ended."""

    CLEARED = "CLEARED"
    MINOR = "MINOR"
    VETO = "VETO"
    PAUSE = "PAUSE"


class Grade(StrEnum):
    """Result of the comprehensive evaluation. There is no D (domain §12.1)."""

    A = "A"
    B = "B"
    C = "C"


class Rung(StrEnum):
    """Steps of the ladder that makes delay visible, and the expiry that some tasks have."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    CONFERENCE = "conference"
    EXPIRED = "expired"


class TaskState(StrEnum):
    """Life of a task."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Seat(StrEnum):
    """The seat somebody is nominated for."""

    EXECUTIVE = "executive"
    STANDING = "standing"


class Subject(StrEnum):
    """Whose fact a negative fact is."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
