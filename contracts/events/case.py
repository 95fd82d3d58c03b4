"""What happens to a case as a whole."""

from typing import ClassVar

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Event
from contracts.nominee import Nominee
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Seat, Stage


class CaseOpened(Event):
    """A nomination was submitted. `nominator_id` is the natural person who recommends (SOD-01)."""

    type: ClassVar[str] = "case-opened"
    person_id: OpaqueId
    seat: Seat
    nominating_unit: str
    nominator_id: OpaqueId
    late: bool
    content_digest: Digest
    private: Nominee


class CaseAmended(Event):
    """The nominator repaired the dossier; whatever was seen under the old digest no longer counts."""

    type: ClassVar[str] = "case-amended"
    content_digest: Digest
    private: Nominee


class StageEntered(Event):
    """The case moved to a stage; `state` is what people see."""

    type: ClassVar[str] = "stage-entered"
    stage: Stage
    state: CaseState
    round: int


class CaseHeld(Event):
    """The case is on hold for `cause`; nothing is recorded as guilt (domain §8.2, P)."""

    type: ClassVar[str] = "case-held"
    cause: str
    since: Instant
    back_to: Stage


class CaseResumed(Event):
    """The hold ended and the case went back to where it stood."""

    type: ClassVar[str] = "case-resumed"
    cause: str


class CaseEnded(Event):
    """The case reached an end. `cause` is a rule's code, never a finding."""

    type: ClassVar[str] = "case-ended"
    state: CaseState
    cause: str


class CaseFiled(Event):
    """ST15 is done: letters served and the file closed under a retention class."""

    type: ClassVar[str] = "case-filed"
    retention: str


class Withdrawal(Contract):
    """Why somebody withdrew, in their words."""

    reason: str
    document_digest: Digest | None = None


class WithdrawalSigned(Event):
    """The nominee, or the nominating body for them, withdrew (any state before ST14)."""

    type: ClassVar[str] = "withdrawal-signed"
    private: Withdrawal


class CalendarLoaded(Event):
    """A newly published calendar year reached the case; provisional deadlines become real."""

    type: ClassVar[str] = "calendar-loaded"
    year: CalendarYear


class ElectionScheduled(Event):
    """The case learned when the election is held."""

    type: ClassVar[str] = "election-scheduled"
    election_at: Instant


EVENTS: tuple[type[Event], ...] = (
    CaseOpened,
    CaseAmended,
    StageEntered,
    CaseHeld,
    CaseResumed,
    CaseEnded,
    CaseFiled,
    WithdrawalSigned,
    CalendarLoaded,
    ElectionScheduled,
)
