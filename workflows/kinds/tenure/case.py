"""What a tenure knows beyond what every case knows. It lives for years: what no rule asks any more is let go."""

from datetime import date
from typing import TypeAlias

from pydantic import Field

from contracts.base import Contract, Digest, Instant
from contracts.causes import Cause
from contracts.events.review import FactEnded
from contracts.events.tenure import LeadKept
from contracts.matter import Attendance, OtherSeat
from contracts.nominee import Fact, Nominee
from contracts.transition import Announced
from contracts.vocabulary import CaseState, Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft

REMEMBERED = 12
"""Plenaries, and reported facts, that a tenure remembers: the latest."""


REVIEWED = frozenset({CaseState.REMOVED})
"""Ends that a review can still undo: such a case waits for the end of the term, whoever fills the seat."""


class Meeting(Contract):
    """A plenary, and whether the member was there."""

    meeting: str
    held_on: date
    attendance: Attendance


class HeldElsewhere(Contract):
    """Another seat of the member; `until` None while it is held."""

    other: OtherSeat
    since: date
    until: date | None


class Vacated(Contract):
    """Why and since when the seat is vacant; `removal` decided it, if any case did."""

    state: CaseState
    cause: Cause
    since: date
    removal: str | None


class Tenure(Case):
    """One seat of one person, for one term."""

    stage: Stage = Stage.IN_OFFICE
    seat: Seat = Seat.EXECUTIVE
    member: Nominee | None = None
    began: date = date.max
    ends: date = date.max
    measured: Instant | None = None
    """When the latest re-evaluation began, or this case."""
    due_for: Cause = Cause.YEAR_OVER
    """Why the latest re-evaluation was due."""
    cut_short: bool = False
    """The latest re-evaluation was not done when the seat was lost."""
    evaluated_until: Instant | None = None
    """Until when the evaluation is valid."""
    next_policy: Announced | None = None
    """The version announced last."""
    meetings: tuple[Meeting, ...] = ()
    """The latest, in the order of their days."""
    absent_until: date = date.min
    """The last meeting on which a lead of absence rests that does not say on which it does."""
    answered: tuple[str, ...] = ()
    """The meetings, of those that are remembered, on which a lead of absence rests."""
    facts: tuple[Digest, ...] = ()
    """Of the latest reported facts, so that none counts twice."""
    numbers: dict[Digest, int] = Field(default_factory=dict)
    """By reported fact, the number of the latest hit that it was."""
    grounds: dict[int, str] = Field(default_factory=dict)
    """By hit, the removal that rests on it."""
    standing: dict[int, Fact] = Field(default_factory=dict)
    """By hit, the latest reported facts that have not ended."""
    hits: int = 0
    others: tuple[HeldElsewhere, ...] = ()
    leads: int = 0
    """How many removals this tenure has raised."""
    removals: tuple[str, ...] = ()
    """Those that are under way, in the order in which they were raised or registered."""
    past: tuple[str, ...] = ()
    """Those that ended: terms may run in them still, such as the member's for a review."""
    suspended: dict[str, Cause] = Field(default_factory=dict)
    """Why the member is suspended from duty, by the removal that suspended."""
    investigated: dict[str, tuple[Cause, ...]] = Field(default_factory=dict)
    """Detention and investigation that last, by the removal in which they became known or that left them."""
    hearers: tuple[str, ...] = ()
    """Removals of other seats that hear from nobody else of calendar years."""
    vacated: Vacated | None = None
    death_paper: Digest | None = None
    """The paper that says that the member has died, or has lost the capacity to act."""
    named_by: str | None = None
    """The batch that fills the vacancy."""
    filled: bool = False

    kept: tuple[LeadKept, ...] = ()
    """Leads that came while the seat was vacant."""
    ended_of_kept: tuple[FactEnded, ...] = ()
    """The ends of facts on which one of those rests."""

    @property
    def occupied(self) -> bool:
        """Whether somebody has the seat."""
        return not (self.ended or self.vacated)

    @property
    def may_return(self) -> bool:
        """Whether the seat is vacant by what a review can still undo, whoever fills it (R11)."""
        return self.vacated is not None and self.vacated.state in REVIEWED and not self.ended

    @property
    def gone(self) -> bool:
        """The member has died, or has lost the capacity to act."""
        return self.vacated is not None and self.vacated.state is CaseState.DECEASED

    @property
    def announced(self) -> Announced | None:
        """The version that is to decide from the next annual re-evaluation on; None when it decides already."""
        following = self.next_policy
        return None if following is None or following.policy == self.policy else following


Work: TypeAlias = Draft[Tenure]
"""A step of a tenure in the making."""
