"""The application for an award as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.commands.award import LeaderCleared, LeaderMarked, LeaderMeasured
from workflows.kinds.award import conduct, stages
from workflows.kinds.award.again import AGAIN
from workflows.kinds.award.case import FOLDING
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
    again=AGAIN,
    may_leave=stages.may_leave,
)


DECIDER = of_kind(AWARD, conduct.apply)
