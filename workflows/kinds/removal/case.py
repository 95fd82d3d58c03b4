"""What a removal knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.causes import Cause
from contracts.events import removal, review
from contracts.events.base import Event
from contracts.events.conflict import PapersVoided
from contracts.vocabulary import Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Removal(Case):
    """The removal of one sitting member from one seat."""

    stage: Stage = Stage.LEAD
    seat: Seat = Seat.EXECUTIVE
    suspended: Cause | None = None
    """Why the member is suspended from duty; None when not."""
    finding: str = ""
    """What the verifiers found (R05)."""
    opinion: str = ""
    """The integrity opinion (R06): the plan follows whatever it says, and names it."""


Work: TypeAlias = Draft[Removal]
"""A step of a removal in the making."""

OwnEvent: TypeAlias = (
    removal.RemovalOpened
    | removal.DutySuspended
    | removal.SuspensionLifted
    | removal.LeadVerified
    | review.OpinionGiven
    | review.VotesCounted
)


def fold(case: Removal, event: Event) -> Removal:
    """What a removal's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case removal.RemovalOpened():
            return case.but(person_id=own.person_id, seat=own.seat, content_digest=own.content_digest)
        case removal.DutySuspended(cause=cause):
            return case.but(suspended=cause)
        case removal.SuspensionLifted():
            return case.but(suspended=None)
        case removal.LeadVerified(finding=finding):
            return case.but(finding=finding)
        case review.OpinionGiven(opinion=opinion):
            return case.but(opinion=opinion)
        case review.VotesCounted():
            return case
        case _:
            assert_never(own)


def voided(case: Removal, event: PapersVoided) -> Removal:
    """Without its papers there is no finding and no opinion."""
    stages = {case.tasks[one].stage for one in event.tasks}
    return case.but(
        finding="" if Stage.VERIFICATION in stages else case.finding,
        opinion="" if Stage.REMOVAL_OPINION in stages else case.opinion,
    )


FOLDING = CaseFolding(Removal, fold, voided=voided)
