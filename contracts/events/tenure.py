"""What happens to a seat that somebody holds, beside its tasks (domain §8.4, last block)."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.matter import Attendance, Investigation, LeadSource, OtherSeat, Recommender
from contracts.nominee import Nominee
from contracts.vocabulary import CaseState, Seat


class TenureOpened(Event):
    """Somebody holds a seat from `began` to the end of the day `ends`.

    `nomination` is the case that ended in the election; None for whoever was elected before this system.
    """

    type: ClassVar[str] = "tenure-opened"
    audience: ClassVar[Audience] = Audience.CONCERNED
    person_id: OpaqueId
    seat: Seat
    began: date
    ends: date
    evaluated_until: Instant | None
    nomination: OpaqueId | None = None
    opened: Instant
    content_digest: Digest
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the member (SOD-01)."""
    private: Nominee


class AttendanceRecorded(Event):
    """Whether the member was at a plenary. Of one meeting the latest record counts."""

    type: ClassVar[str] = "attendance-recorded"
    audience: ClassVar[Audience] = Audience.CONCERNED
    meeting: OpaqueId
    held_on: date
    attendance: Attendance


class SeatRecorded(Event):
    """Another seat of the member, held since a day, and since `until` no longer. It changes nothing here."""

    type: ClassVar[str] = "seat-recorded"
    other: OtherSeat
    since: date
    until: date | None


class RemovalRaised(Event):
    """A lead against the member opens a removal: the member learns of it there, when heard."""

    type: ClassVar[str] = "removal-raised"
    removal: OpaqueId
    source: LeadSource
    until: date | None = None
    """Of an absence: the last of the meetings on which the lead rests."""
    meetings: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Of an absence: the meetings on which the lead rests; none serves twice."""
    hit: int | None = Field(default=None, exclude_if=unsaid)
    """The hit on which the lead rests; where a hit raised it and none is named, it is the latest."""


class RemovalNoted(Event):
    """A removal of the seat was registered elsewhere: it counts from now on as one that is open."""

    type: ClassVar[str] = "removal-noted"
    removal: OpaqueId


class Kept(Contract):
    """What a lead says, and who brought it; `fact` is that on which it rests, by `Fact.key`."""

    found: str
    item: str | None = None
    investigation: Investigation | None = None
    fact: Digest | None = None
    brought_by: OpaqueId


class LeadKept(Event):
    """A lead against whoever held a seat that is vacant: it opens a removal if the member has the seat again."""

    type: ClassVar[str] = "lead-kept"
    source: LeadSource
    private: Kept


class YearsWanted(Event):
    """A removal that nobody else hands its calendar years asked for them: it hears of every year from now on."""

    type: ClassVar[str] = "years-wanted"
    case: OpaqueId


class PolicyAnnounced(Event):
    """From the next annual re-evaluation on another version decides (SC-11)."""

    type: ClassVar[str] = "policy-announced"
    policy: str
    policy_digest: Digest


class ReEvaluationBegun(Event):
    """The member is re-evaluated, because a year is over or the evaluation has expired."""

    type: ClassVar[str] = "re-evaluation-begun"
    audience: ClassVar[Audience] = Audience.CONCERNED
    cause: Cause
    at: Instant


class ReEvaluationScores(Contract):
    """Scores in tenths of a point and the raw integrity index, with every condition that was not met."""

    scores: dict[str, int]
    index: int
    reasons: tuple[str, ...]


class MemberReEvaluated(Event):
    """The re-evaluation is done. `passed` False opens a removal; `evaluated_until` is when a fresh one is due."""

    type: ClassVar[str] = "member-re-evaluated"
    decides: ClassVar[bool] = True
    passed: bool
    evaluated_until: Instant | None
    private: ReEvaluationScores


class SeatRested(Event):
    """A removal suspended the member from duty."""

    type: ClassVar[str] = "seat-rested"
    audience: ClassVar[Audience] = Audience.CONCERNED
    removal: OpaqueId
    cause: Cause


class SeatResumed(Event):
    """The suspension is over."""

    type: ClassVar[str] = "seat-resumed"
    audience: ClassVar[Audience] = Audience.CONCERNED
    removal: OpaqueId


class RemovalClosed(Event):
    """A removal has ended and the member keeps the seat."""

    type: ClassVar[str] = "removal-closed"
    removal: OpaqueId
    suspended: Cause | None = None
    """For what the duties rest all the same."""
    investigated: tuple[Cause, ...] = Field(default=(), exclude_if=unsaid)
    """Detention and investigation that last."""


class SeatVacated(Event):
    """The member holds the seat no longer, since this day; `removal` is the case that decided it, if any did."""

    type: ClassVar[str] = "seat-vacated"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    state: CaseState
    cause: Cause
    since: date
    removal: OpaqueId | None = None


class MemberReinstated(Event):
    """The member holds the seat again, since this day. `filled` says that somebody was co-opted meanwhile."""

    type: ClassVar[str] = "member-reinstated"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    removal: OpaqueId
    since: date
    filled: bool
    suspended: Cause | None = None
    """For what the duties rest all the same."""
    investigated: tuple[Cause, ...] = Field(default=(), exclude_if=unsaid)
    """Detention and investigation that last."""


class VacancyNamed(Event):
    """A batch of co-option fills the vacancy of this seat."""

    type: ClassVar[str] = "vacancy-named"
    batch: OpaqueId


class VacancyClosed(Event):
    """The vacancy is filled by whoever was elected in this case; None leaves the seat vacant to the end of the term."""

    type: ClassVar[str] = "vacancy-closed"
    nomination: OpaqueId | None


class Wish(Contract):
    """Why the member asks to resign, in their words."""

    reason: str


class ResignationAsked(Event):
    """The member asks to resign; a removal at their own wish decides."""

    type: ClassVar[str] = "resignation-asked"
    audience: ClassVar[Audience] = Audience.CONCERNED
    private: Wish


class DeathRecorded(Event):
    """The member has died, or has lost the capacity to act."""

    type: ClassVar[str] = "death-recorded"
    died_on: date
    document_digest: Digest


EVENTS: tuple[type[Event], ...] = (
    TenureOpened,
    AttendanceRecorded,
    SeatRecorded,
    RemovalRaised,
    RemovalNoted,
    LeadKept,
    YearsWanted,
    PolicyAnnounced,
    ReEvaluationBegun,
    MemberReEvaluated,
    SeatRested,
    SeatResumed,
    RemovalClosed,
    SeatVacated,
    MemberReinstated,
    VacancyNamed,
    VacancyClosed,
    ResignationAsked,
    DeathRecorded,
)
