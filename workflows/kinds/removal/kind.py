"""The removal as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.opening import Resume
from contracts.commands.removal import LiftSuspension, OpenRemoval, Suspend
from workflows.kinds.removal import conduct, stages
from workflows.kinds.removal.again import AGAIN
from workflows.kinds.removal.case import FOLDING, Removal
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Consequence, Kind

RESUMES: dict[Cause, Consequence[Removal]] = {Cause.OPINION_DEFERRED: stages.OPINION}

REMOVAL = Kind(
    name=CaseKind.REMOVAL,
    folding=FOLDING,
    signing={**stages.SIGNING, **common(RESUMES)},
    acts={Suspend: conduct.suspend, LiftSuspension: conduct.lift},
    reached=stages.STATEMENT.reached,
    resumes=RESUMES,
    again=AGAIN,
)


def blank(opening: OpenRemoval | Resume) -> Removal:
    """The removal before its first event."""
    return Removal(
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = of_kind(REMOVAL, blank, conduct.open_removal)
