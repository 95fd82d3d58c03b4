"""Of which events somebody outside a case's team may know: only they move the case for whoever stands there."""

from contracts.case import CaseKind
from contracts.catalogue import EVENTS
from contracts.envelope import Envelope
from contracts.events.base import Audience
from contracts.policy.loader import released
from services.officers.readmodel.writing.projection.change import Change, Target

OUTSIDE = frozenset({"self", "unit"})
"""Scopes of roles that are held by the person concerned, by who nominated, by a department."""


def moved_outside(envelope: Envelope) -> list[Change]:
    """The place to which an event brings its case for whoever stands outside the team; none when they must not know."""
    if envelope.kind == CaseKind.BATCH or not outside(envelope):
        return []
    return [Change(Target.CASE, envelope.case_id, {"shown_sequence": envelope.sequence})]


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
