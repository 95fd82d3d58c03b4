"""The application for an award as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.commands.award import LeaderCleared, LeaderMarked, LeaderMeasured, OpenAward
from contracts.commands.opening import Resume
from workflows.kinds.award import conduct, stages
from workflows.kinds.award.case import FOLDING, Award
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind

AWARD = Kind(
    name=CaseKind.AWARD,
    folding=FOLDING,
    # Nothing holds an application: a veto is decided on within its own term.
    signing={**stages.SIGNING, **common({}, may_lapse=False)},
    acts={
        LeaderMarked: conduct.marked,
        LeaderCleared: conduct.cleared,
        LeaderMeasured: conduct.measured,
    },
    awaited=(stages.TERM_END,),
    may_leave=stages.may_leave,
)


def blank(opening: OpenAward | Resume) -> Award:
    """The application before its first event."""
    return Award(
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = of_kind(AWARD, blank, conduct.apply)
