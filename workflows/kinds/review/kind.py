"""The review as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.commands.opening import Resume
from contracts.commands.review import OpenReview
from workflows.kinds.review import body
from workflows.kinds.review.case import FOLDING, Review
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind

REVIEW = Kind(
    name=CaseKind.REVIEW,
    folding=FOLDING,
    signing={**common({}), **body.SIGNING},
    acts={},
)


def blank(opening: OpenReview | Resume) -> Review:
    """The review before its first event."""
    return Review(
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = of_kind(REVIEW, blank, body.open_review)
"""Opened by a removal, voted on, served, filed."""
