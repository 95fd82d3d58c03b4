"""Every kind of case, for those who ask all of them: the worker when it starts, the operator, the tests."""

from typing import Any

from contracts.policy.model import Policy
from workflows.kinds import batch
from workflows.kinds.nomination.kind import NOMINATION
from workflows.kinds.removal.kind import REMOVAL
from workflows.procedure import agreement
from workflows.procedure.kind import Kind

KINDS: tuple[Kind[Any], ...] = (NOMINATION, REMOVAL)
"""Those with tasks."""


def faults(policy: Policy) -> list[str]:
    """Where the policy and the code disagree, one sentence each; a worker with any does not start (D8)."""
    return [fault for kind in KINDS for fault in agreement.faults(kind, policy)] + batch.faults(policy)
