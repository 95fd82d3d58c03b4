"""Every kind of case, for those who ask all of them: the worker when it starts, the operator, the tests."""

from typing import Any

from contracts.case import CaseKind
from contracts.policy.model import EVERY, Policy
from workflows.kinds.access.kind import ACCESS
from workflows.kinds.award import under as award_under
from workflows.kinds.award.kind import AWARD
from workflows.kinds.batch import kind as batch
from workflows.kinds.data_request.kind import DATA_REQUEST
from workflows.kinds.enquiry.kind import ENQUIRY
from workflows.kinds.late_roster.kind import LATE_ROSTER
from workflows.kinds.nomination import under as nomination_under
from workflows.kinds.nomination.kind import NOMINATION
from workflows.kinds.policy.kind import POLICY
from workflows.kinds.removal import under as removal_under
from workflows.kinds.removal.kind import REMOVAL
from workflows.kinds.review.kind import REVIEW
from workflows.kinds.screening import kind as screening
from workflows.kinds.tenure import under as tenure_under
from workflows.kinds.tenure.kind import TENURE
from workflows.procedure import agreement
from workflows.procedure.kind import Kind
from workflows.procedure.under import Comparison

KINDS: tuple[Kind[Any], ...] = (
    NOMINATION,
    REMOVAL,
    REVIEW,
    LATE_ROSTER,
    TENURE,
    ENQUIRY,
    AWARD,
    POLICY,
    ACCESS,
    DATA_REQUEST,
)
"""Those with tasks."""


COMPARISONS: dict[str, Comparison[Any]] = {
    CaseKind.NOMINATION: nomination_under.COMPARISON,
    CaseKind.REMOVAL: removal_under.COMPARISON,
    CaseKind.TENURE: tenure_under.COMPARISON,
    CaseKind.AWARD: award_under.COMPARISON,
}
"""Those whose outcome rests on numbers and lists of the policy, and what each says of itself for a what-if."""


def faults(policy: Policy) -> list[str]:
    """Where the policy and the code disagree, one sentence each; a worker with any does not start (D8).

    A version that was released before a kind has none of its cases, and that is no disagreement: it is never edited.
    """
    named = policy.procedures.keys() - {EVERY}
    decided = {CaseKind.BATCH, CaseKind.SCREENING, CaseKind.INTEGRITY, *(kind.name for kind in KINDS)}
    return [
        *(
            f"{name}: the policy has such a procedure, and nothing decides it"
            for name in sorted(named - decided)
        ),
        *(fault for kind in KINDS if kind.name in named for fault in agreement.faults(kind, policy)),
        *batch.faults(policy),
        *screening.faults(policy),
    ]
