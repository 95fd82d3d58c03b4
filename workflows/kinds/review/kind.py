"""The review as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.commands.tenure import RecordDeath
from workflows.kinds.review import body
from workflows.kinds.review.case import FOLDING
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind

REVIEW = Kind(
    name=CaseKind.REVIEW,
    folding=FOLDING,
    signing={**common({}), **body.SIGNING},
    acts={RecordDeath: body.died},
    again=body.VOTES_AGAIN,
)


DECIDER = of_kind(REVIEW, body.open_review)
"""Opened by a removal, voted on, served, filed."""
