"""Closed sets of words that appear on the wire (domain §8.1, §8.2)."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of every kind of case: one enum, so that `is` stays true. A hold may lie between any two."""

    # Batch and nomination, ST00 to ST15 (domain §8.1).
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
    CONFERENCE = "JC"
    RECUSAL = "RECUSAL"
    """Who decides on a conflict, and who is to act instead: beside the stage at which the case stands."""

    DELIVERY = "DELIVERY"
    """A letter that no mail brought is served by hand: beside the stage at which the case stands."""

    # The approval of a late roster, beside ST01 (domain §8.8.8).
    LATE_ROSTER = "LATE"

    # A version of the policy, or a rule of transition, before its second person (domain §8.8.8).
    POLICY_APPROVAL = "POLICY"

    # What is asked for accounts, before its second person.
    ACCESS_APPROVAL = "ACCESS"
    HANDING_OVER = "HANDING_OVER"
    """It is in force, and the parts of one-time codes are handed to the holders before a witness."""

    # Reading in an emergency while it lasts, and what the audit administrator looks at afterwards.
    EMERGENCY = "EMERGENCY"
    EMERGENCY_REVIEW = "EMERGENCY_REVIEW"

    # Removal, R01 to R12 (domain §8.4). No case stands at R03, R10 or R12: their tasks run beside the others.
    LEAD = "R01"
    FIRST_LOOK = "R02"
    SUSPENSION = "R03"
    STATEMENT = "R04"
    VERIFICATION = "R05"
    REMOVAL_OPINION = "R06"
    PERSUASION = "R07"
    PLAN = "R08"
    VOTE = "R09"
    SERVICE = "R10"
    RESTORATION = "R12"

    # Review of a removal (domain §8.4).
    REVIEW = "R11"

    # Enquiry: whether what an authority says means the person.
    ENQUIRY = "Q01"

    # Tenure: a seat that somebody holds, from election to end of term (domain §8.4, last block).
    IN_OFFICE = "T01"
    RE_EVALUATION = "T02"
    VACANCY = "T03"
    # Award: the application of a federation or chamber, and the title that it may lead to (domain §8.3, last rule).
    AWARD_CHECK = "A01"
    AWARD_QUESTION = "A02"
    AWARD_DECISION = "A03"
    TITLE = "A04"

    # What somebody asks about their own data (PIPL art. 44-50): the answer, and a correction while it is carried out.
    DATA_REQUEST = "D01"
    DATA_CORRECTION = "D02"


class CaseState(StrEnum):
    """Where a case stands as people say it; contracts/lifecycles.py names those that no case leaves."""

    # Nomination.
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

    # Removal.
    LEAD = "LEAD"
    LOOKED_AT = "LOOKED_AT"
    BEING_HEARD = "BEING_HEARD"
    VERIFYING = "VERIFYING"
    PERSUADING = "PERSUADING"
    PLANNED = "PLANNED"
    VOTING = "VOTING"
    RATIFYING = "RATIFYING"
    NO_CASE = "NO_CASE"
    RESIGNED = "RESIGNED"
    KEPT = "KEPT"
    REMOVED = "REMOVED"
    NOT_RATIFIED = "NOT_RATIFIED"

    # Review.
    REVIEWING = "REVIEWING"
    UPHELD = "UPHELD"
    CHANGED = "CHANGED"
    REVOKED = "REVOKED"

    # Screening and enquiry.
    WATCHING = "WATCHING"
    ENQUIRING = "ENQUIRING"
    MEANT = "MEANT"
    NOT_MEANT = "NOT_MEANT"

    # Tenure.
    IN_OFFICE = "IN_OFFICE"
    RE_EVALUATING = "RE_EVALUATING"
    VACANT = "VACANT"
    TERM_ENDED = "TERM_ENDED"
    DECEASED = "DECEASED"
    # The approval of a late roster.
    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    ADMITTED = "ADMITTED"
    TURNED_DOWN = "TURNED_DOWN"
    # Award; an application that lost its eligibility ends as INELIGIBLE.
    APPLYING = "APPLYING"
    IN_QUESTION = "IN_QUESTION"
    RECOGNISING = "RECOGNISING"
    TITLE_HELD = "TITLE_HELD"
    NOT_RECOGNISED = "NOT_RECOGNISED"
    TITLE_WITHDRAWN = "TITLE_WITHDRAWN"
    TITLE_EXPIRED = "TITLE_EXPIRED"

    # A version of the policy, or a rule of transition.
    IN_FORCE = "IN_FORCE"

    # It is in force, and holders come for their codes.
    AWAITING_HOLDERS = "AWAITING_HOLDERS"

    # Reading in an emergency.
    READING_IN_EMERGENCY = "READING_IN_EMERGENCY"
    LOOKED_BACK_ON = "LOOKED_BACK_ON"
    FOUND_PROPER = "FOUND_PROPER"
    FOUND_IMPROPER = "FOUND_IMPROPER"

    # What somebody asks about their own data.
    ANSWERING = "ANSWERING"
    CORRECTING = "CORRECTING"
    COMPLIED_WITH = "COMPLIED_WITH"
    DECLINED = "DECLINED"


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


class Standing(StrEnum):
    """How a report stands to the public notice (domain §8.8.7)."""

    LEAD = "lead"
    """It came before the notice."""
    OBJECTION = "objection"
    LATE = "late-lead"
    """It came after the window."""
    AFTER_END = "after-end"
    """It came after the end of the case."""


class Unchecked(StrEnum):
    """How a report ends whose check could not come to its end: the case ended otherwise, or had ended before."""

    CASE_ENDED = "CASE_ENDED"
    FORWARDED = "FORWARDED"


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
    VOID = "void"
    """It was done by, or rests on, somebody with a conflict: it stays in the file and counts for nothing (SOD-08)."""


class Seat(StrEnum):
    """The seat somebody is nominated for."""

    EXECUTIVE = "executive"
    STANDING = "standing"


class Subject(StrEnum):
    """Whose fact a negative fact is."""

    PERSON = "person"
    ENTERPRISE = "enterprise"


class FirmPart(StrEnum):
    """The part that somebody has in a firm. A firm's fact binds those who had one of the first four at the time."""

    LEGAL_REPRESENTATIVE = "legal-representative"
    ACTUAL_CONTROLLER = "actual-controller"
    MAIN_HEAD = "main-head"
    DIRECTLY_RESPONSIBLE = "directly-responsible"
    OTHER = "other"


class DeliveryChannel(StrEnum):
    """How a letter reaches its addressee."""

    SMTP = "smtp"
    INBOX = "inbox"
    PUBLIC = "public"
    HAND = "hand"
    """By the role that may read it, to somebody who has neither account nor mail."""


class DeliveryState(StrEnum):
    """How far a letter is on its channel. None of them says that anybody has read it: that is a receipt."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """It will be tried again."""
    DEAD = "dead"
    """It will not be tried again."""
    NOT_CONFIGURED = "not-configured"
    """It would be tried if there were a mail server."""
