"""What reviewing a case establishes: silence, hits, rulings, grade, opinion, notice, reports, votes."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.listed import FactEnd
from contracts.matter import Channel, ReportContent
from contracts.nominee import Fact
from contracts.vocabulary import Effect, Grade, Ruling, Standing


class DepartmentClosed(Event):
    """The joint conference closed a silent department in writing; a grade is then capped (domain §8.1).

    `question` says what it was closed on, where it is asked more than the first letter.
    """

    type: ClassVar[str] = "department-closed"
    decides: ClassVar[bool] = True
    unit: str
    minutes_digest: Digest
    question: str = Field(default="", exclude_if=unsaid)


class HitFacts(Contract):
    """What was found, and which unit and which person reported it."""

    fact: Fact
    source: str
    reported_by: OpaqueId


class HitFound(Event):
    """A reported fact counts under the negative list. What it says is sealed; a hit is not yet a ruling."""

    type: ClassVar[str] = "hit-found"
    hit: int
    effect: Effect
    until: date | None = None
    """The day from which its look-back is over; None for life, and for a state while it lasts."""
    private: HitFacts


class FactDismissed(Event):
    """A reported fact does not count (look-back over, not liable, item off); `cause` is the rule's code."""

    type: ClassVar[str] = "fact-dismissed"
    cause: Cause
    private: HitFacts


class FactUnmatched(Event):
    """A reported fact is another's: the screening desk looks at it, and it is no hit (domain §8.8.4).

    `namesake`: whoever it is about has the nominee's name (or the firm's) and another number, which is a warning.
    """

    type: ClassVar[str] = "fact-unmatched"
    namesake: bool
    private: HitFacts


class FactEnded(Event):
    """A fact stands no more where it came from, or never meant the person. What follows says the event after it."""

    type: ClassVar[str] = "fact-ended"
    cause: FactEnd
    of: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """The removal whose lead rests on it, where that was a duplicate of this one."""
    private: HitFacts


class HitRuled(Event):
    """A hit was ruled on by two people (hard) or a panel (judgement)."""

    type: ClassVar[str] = "hit-ruled"
    decides: ClassVar[bool] = True
    hit: int
    effect: Effect
    ruling: Ruling


class Dispute(Contract):
    """Why a fact is said to be another's."""

    reason: str


class Correction(Contract):
    """What the check of a wrong match found, and the two people who answer for it."""

    reason: str
    checked_by: OpaqueId
    confirmed_by: OpaqueId


class HitDisputed(Event):
    """Somebody says that a hit is another's fact; nothing rests on it until that is checked (SC-19)."""

    type: ClassVar[str] = "hit-disputed"
    hit: int
    effect: Effect
    private: Dispute


class HitCancelled(Event):
    """A hit was another's fact: it is cancelled for good, with the record of its correction (SC-19)."""

    type: ClassVar[str] = "hit-cancelled"
    decides: ClassVar[bool] = True
    hit: int
    effect: Effect
    private: Correction


class Scores(Contract):
    """Scores in tenths of a point and the raw integrity index, with the conditions that decided the grade."""

    scores: dict[str, int]
    index: int
    index_source: str = ""
    """Who measured the index on record, and when, or the case whose evaluation is used again; empty for one that was
    entered with the scores."""
    total: int
    reasons: tuple[str, ...]
    minor: bool = False
    """A judgement item was ruled minor."""
    unheard: bool = False
    """A department was closed without a reply."""


class CaseGraded(Event):
    """ST06: the comprehensive evaluation's grade, valid until `valid_until`."""

    type: ClassVar[str] = "case-graded"
    decides: ClassVar[bool] = True
    grade: Grade
    veto: bool
    valid_until: Instant | None
    private: Scores


class OpinionGiven(Event):
    """ST08: the integrity opinion after both signatures; of two, the stricter."""

    type: ClassVar[str] = "opinion-given"
    decides: ClassVar[bool] = True
    opinion: str


class NoticePosted(Event):
    """ST11: the names are shown publicly from `start` to `end`; both instants are stored.

    They are counted again, from the same posting and never to an earlier end, when a year of the calendar comes or is
    corrected while the names are shown.
    """

    type: ClassVar[str] = "notice-posted"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    posted: Instant
    start: Instant | None
    end: Instant | None
    provisional: bool


class ReportReceived(Event):
    """A report was registered. `checked`: somebody checks it; one that is unsigned and vague is only noted.

    `checking`: after this some report of the case is being checked. `reporter` stands for whoever signed it.
    """

    whose: ClassVar[str] = "reporter"
    type: ClassVar[str] = "report-received"
    acted: ClassVar[bool] = True
    report: int
    signed: bool
    channel: Channel
    standing: Standing
    registered_by: OpaqueId
    reporter: OpaqueId
    checked: bool
    checking: bool
    vague: bool = Field(default=False, exclude_if=unsaid)
    """It is only noted, also where a re-check reopens a case that had ended."""
    private: ReportContent


class ReportAnswered(Event):
    """ST12: how the check of a report ended, and when. `checking`: another one of the case is still being checked."""

    type: ClassVar[str] = "report-answered"
    decides: ClassVar[bool] = True
    report: int
    signed: bool
    ending: str
    checking: bool
    answered: Instant | None = Field(default=None, exclude_if=unsaid)


class VotesCounted(Event):
    """ST14, R09: the count as recorded, beside the quorum and pass mark that the policy gives.

    `held_at` is when the vote was held, where the form asks it.
    """

    type: ClassVar[str] = "votes-counted"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    outcome: str
    members: int
    present: int
    votes_for: int
    quorum: int
    pass_mark: int
    held_at: Instant | None = None


EVENTS: tuple[type[Event], ...] = (
    DepartmentClosed,
    HitFound,
    FactDismissed,
    FactEnded,
    FactUnmatched,
    HitRuled,
    HitDisputed,
    HitCancelled,
    CaseGraded,
    OpinionGiven,
    NoticePosted,
    ReportReceived,
    ReportAnswered,
    VotesCounted,
)
