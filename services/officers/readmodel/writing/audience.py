"""Of which events somebody outside a case's team may know, and who in it: only they move the case for them."""

from contracts.case import CaseKind
from contracts.catalogue import EVENTS
from contracts.envelope import Envelope
from contracts.events.base import Audience
from contracts.policy.loader import released
from contracts.policy.model import TaskKind
from contracts.vocabulary import Stage
from services.officers.readmodel.writing.projection.change import Change, Target

OUTSIDE = frozenset({"self", "unit"})
"""Scopes of roles that are held by the person concerned, by who nominated, by a department."""


def moved(envelope: Envelope) -> list[Change]:
    """The places to which an event brings its case for those who must not know of all; none where they must not."""
    if envelope.kind == CaseKind.BATCH:
        return []
    places = {}
    if outside(envelope):
        places["shown_sequence"] = envelope.sequence
    if not of_report(envelope):
        places["team_sequence"] = envelope.sequence
    return [Change(Target.CASE, envelope.case_id, places)] if places else []


def of_report(envelope: Envelope) -> bool:
    """Whether the event tells that a report came or is being checked: by itself, or by the task that it names (T4)."""
    payload = envelope.payload
    if "report" in payload or "stage" in payload:
        return "report" in payload or payload["stage"] == Stage.REPORT_CHECK
    return bool(payload.get("task_id")) and _kind_of(envelope).stage is Stage.REPORT_CHECK


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
    return released(envelope.policy).role(_kind_of(envelope).role).scope


def _kind_of(envelope: Envelope) -> TaskKind:
    """The kind of the task that the event names. An id of a task names its kind behind the case's id."""
    named = str(envelope.payload["task_id"]).removeprefix(f"{envelope.case_id}.")
    return released(envelope.policy).task(named.partition(".")[0])
