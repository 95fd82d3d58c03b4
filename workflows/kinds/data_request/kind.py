"""The request about one's own data as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from workflows.kinds.data_request.answering import AGAIN, SIGNING, ask, calendar_came
from workflows.kinds.data_request.case import FOLDING
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind

DATA_REQUEST = Kind(
    name=CaseKind.DATA_REQUEST,
    folding=FOLDING,
    # Nothing holds a request: its term is the person's right.
    signing={**SIGNING, **common({}, may_lapse=False)},
    acts={},
    again=AGAIN,
    calendar_came=calendar_came,
)


DECIDER = of_kind(DATA_REQUEST, ask)
"""Answered within its term by two people; a correction is carried out by the means that there are, never by itself."""
