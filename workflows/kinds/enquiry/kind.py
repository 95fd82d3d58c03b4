"""The enquiry as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.opening import Resume
from workflows.kinds.enquiry.case import FOLDING, Enquiry
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


def blank(opening: OpenEnquiry | Resume) -> Enquiry:
    """The enquiry before its first event."""
    return Enquiry(
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = of_kind(ENQUIRY, blank, open_enquiry)
