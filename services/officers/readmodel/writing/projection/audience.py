"""Of which events somebody outside a case's team may know: only they move the case for whoever stands there."""

from contracts.catalogue import EVENTS
from contracts.envelope import Envelope
from contracts.events.base import Audience
from contracts.policy.loader import released

OUTSIDE = frozenset({"self", "unit"})
"""Scopes of roles that are held by the person concerned, by who nominated, by a department."""


def outside(envelope: Envelope) -> bool:
    """Whether the person concerned, the nominating unit or a department may know that this happened."""
    match EVENTS[(envelope.type, envelope.version)].audience:
        case Audience.CONCERNED | Audience.CONSULTED:
            return True
        case Audience.TASK:
            return _role_scope(envelope) in OUTSIDE
        case Audience.TEAM:
            return False


def _role_scope(envelope: Envelope) -> str:
    """The scope of the role that the task asks. An id of a task names its kind behind the case's id."""
    named = str(envelope.payload["task_id"]).removeprefix(f"{envelope.case_id}.")
    policy = released(envelope.policy)
    return policy.role(policy.task(named.partition(".")[0]).role).scope
