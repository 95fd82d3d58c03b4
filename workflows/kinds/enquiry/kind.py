"""The enquiry as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from workflows.kinds.enquiry.case import FOLDING
from workflows.kinds.enquiry.looking import SIGNING, open_enquiry
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind

ENQUIRY = Kind(
    name=CaseKind.ENQUIRY,
    folding=FOLDING,
    signing={**SIGNING, **common({})},
    acts={},
)


DECIDER = of_kind(ENQUIRY, open_enquiry)
