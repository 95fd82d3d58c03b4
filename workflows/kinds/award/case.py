"""What an application for an award knows beyond what every case knows."""

from typing import ClassVar, TypeAlias, assert_never, cast

from pydantic import Field

from contracts.base import Instant
from contracts.events.award import (
    ApplicationReopened,
    AwardApplied,
    IndexNoted,
    LeaderQuestioned,
    Questioned,
    TitleRecognised,
    VetoFell,
    WithdrawalProposed,
)
from contracts.events.base import Event
from contracts.matter import Reading
from contracts.vocabulary import CaseState, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding

LOSS = ("award-loss", "award-loss-sign")
"""By which two people say whether an application has lost its eligibility."""
PROPOSAL = ("title-proposal", "title-proposal-sign")
"""By which two people propose to withdraw a title, or not."""

LOST, PROPOSED = "INELIGIBLE", "PROPOSED"
"""What they say of a veto that counts against the application, and against the title."""


class Award(Case):
    """One application of one organisation, and the title that came of it."""

    whose: ClassVar[str] = "leaders"
    stage: Stage = Stage.AWARD_CHECK
    title: str = ""
    leaders: tuple[str, ...] = ()
    """The natural persons who lead the organisation: none of them acts on the case."""
    questioned: tuple[Questioned, ...] = ()
    """Vetoes that were told, numbered from 1."""
    fallen: tuple[int, ...] = ()
    """Those of them that stand no more."""
    readings: dict[str, Reading] = Field(default_factory=dict)
    """The index on record, by leading person."""
    held_until: Instant | None = None
    """Until when the title is held; None before it is recognised."""

    @property
    def conflicted(self) -> frozenset[str]:
        """Whoever leads the organisation is kept from its case as after a declared conflict."""
        return super().conflicted | frozenset(self.leaders)

    def standing(self) -> dict[int, Questioned]:
        """The vetoes that stand, by number."""
        told = enumerate(self.questioned, start=1)
        return {number: one for number, one in told if number not in self.fallen}


Work: TypeAlias = Draft[Award]
"""A step of it in the making."""

OwnEvent: TypeAlias = (
    AwardApplied
    | LeaderQuestioned
    | VetoFell
    | ApplicationReopened
    | IndexNoted
    | TitleRecognised
    | WithdrawalProposed
)


def fold(case: Award, event: Event) -> Award:
    """What its own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case AwardApplied(title=title, leaders=leaders, content_digest=digest):
            return case.but(title=title, leaders=leaders, content_digest=digest)
        case LeaderQuestioned(private=questioned):
            return case.but(questioned=(*case.questioned, questioned))
        case VetoFell(mark=number):
            return case.but(fallen=(*case.fallen, number))
        case ApplicationReopened():
            return case.but(state=CaseState.APPLYING)
        case IndexNoted(private=noted):
            return case.but(readings={**case.readings, noted.person_id: noted.reading})
        case TitleRecognised(until=until):
            return case.but(held_until=until)
        case WithdrawalProposed():
            return case
        case _:
            assert_never(own)


def over(case: Award) -> CaseState | None:
    """A veto that nobody has decided on puts the application in question, at whatever stage."""
    return CaseState.IN_QUESTION if case.open_tasks(*LOSS, *PROPOSAL) else None


FOLDING = CaseFolding(Award, fold, over)
