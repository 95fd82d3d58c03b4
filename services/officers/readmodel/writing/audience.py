"""Of which events somebody outside a case's team may know, and who in it: only they move the case for them."""

from collections.abc import Iterator

from contracts.case import CaseKind
from contracts.catalogue import EVENTS
from contracts.causes import Cause
from contracts.envelope import Envelope
from contracts.events.base import Audience
from contracts.policy.loader import released
from contracts.policy.model import TaskKind
from contracts.secret import CONFIRM_A_PAUSE, tells_of_pause
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
    places |= dict.fromkeys(_of_team(of_report(envelope), of_pause(envelope)), envelope.sequence)
    return [Change(Target.CASE, envelope.case_id, places)] if places else []


def of_report(envelope: Envelope) -> bool:
    """Whether the event tells that a report came or is being checked: by itself, or by the task that it names (T4)."""
    payload = envelope.payload
    if "report" in payload or "stage" in payload:
        return "report" in payload or payload["stage"] == Stage.REPORT_CHECK
    return bool(payload.get("task_id")) and _kind_of(envelope).stage is Stage.REPORT_CHECK


def of_pause(envelope: Envelope) -> bool:
    """Whether the event tells that somebody is investigated: by itself, or by the task that it names (T4).

    That a case waits is told to everybody, and so is that it goes on.
    """
    payload = envelope.payload
    if not payload.get("task_id"):
        return tells_of_pause(payload)
    waits = str(payload.get("about", "")).startswith(Cause.PAUSE_ITEM.value)
    return waits or _kind_of(envelope).code in CONFIRM_A_PAUSE


def _of_team(report: bool, pause: bool) -> Iterator[str]:
    """The places of those in the team who may know of such an event."""
    if not report:
        yield "pause_sequence"
    if not pause:
        yield "report_sequence"
    if not report and not pause:
        yield "team_sequence"


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
