"""What happens to a case of any kind as a whole."""

from typing import ClassVar

from contracts.base import Contract, Digest, Instant
from contracts.case import HoldAbout
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage


class StageEntered(Event):
    """The case moved to a stage; `state` is what people see."""

    type: ClassVar[str] = "stage-entered"
    audience: ClassVar[Audience] = Audience.CONCERNED
    stage: Stage
    state: CaseState
    round: int


class CaseHeld(Event):
    """The case is on hold for `cause`, maybe beside other holds; nothing is recorded as guilt (domain §8.2, P).

    `about` names the hit, the report or the unit that it waits for. It lasts until `until` at most; None while the
    calendar does not say. `standing` are all causes that hold the case now, oldest first.
    """

    type: ClassVar[str] = "case-held"
    decides: ClassVar[bool] = True
    cause: Cause
    about: HoldAbout = ""
    since: Instant
    until: Instant | None
    back_to: Stage
    standing: tuple[Cause, ...]


class CaseResumed(Event):
    """One hold ended, and `why`. The case goes back to where it stood when `standing` names no other."""

    type: ClassVar[str] = "case-resumed"
    decides: ClassVar[bool] = True
    cause: Cause
    about: HoldAbout = ""
    until: Instant
    why: Cause
    standing: tuple[Cause, ...]


class CaseEnded(Event):
    """The case reached an end. `cause` is a rule's word, never a finding."""

    type: ClassVar[str] = "case-ended"
    audience: ClassVar[Audience] = Audience.CONSULTED
    decides: ClassVar[bool] = True
    state: CaseState
    cause: Cause
    right: bool = False
    """Whether the person may ask for one re-check (N03, N08)."""
    answer_by: Instant | None = None
    """Until when at the latest; None without the right, and while the calendar year is not published."""


class CaseFiled(Event):
    """Letters are served and the file is closed under a retention class."""

    type: ClassVar[str] = "case-filed"
    audience: ClassVar[Audience] = Audience.CONCERNED
    retention: str


class Correction(Contract):
    """Why a year that was known is another now."""

    reason: str


class CalendarLoaded(Event):
    """A calendar year reached the case, newly published or corrected: open deadlines are counted anew."""

    type: ClassVar[str] = "calendar-loaded"
    year: CalendarYear
    private: Correction | None = None


class PolicyAdopted(Event):
    """From the next step on the case is decided by this version. What was decided before stands as it was decided."""

    type: ClassVar[str] = "policy-adopted"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    policy: str
    policy_digest: Digest


EVENTS: tuple[type[Event], ...] = (
    StageEntered,
    CaseHeld,
    CaseResumed,
    CaseEnded,
    CaseFiled,
    CalendarLoaded,
    PolicyAdopted,
)
