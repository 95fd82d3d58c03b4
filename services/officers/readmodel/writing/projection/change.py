"""What a change of the read model is, and the few words in which every rule says its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage

LAST = "9999-12-31T00:00:00"
"""Sorts after every real deadline: tasks without one stand at the end of a list."""


class Target(Enum):
    """The table that a change is for."""

    BATCH = "batch"
    CASE = "case"
    TASK = "task"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Change:
    """Set `values` in the row `key`, and `facts` beside the case's other facts; `new`: the row begins with them."""

    target: Target
    key: str
    values: dict[str, Any]
    facts: dict[str, Any] = field(default_factory=dict)
    new: bool = False


Rule = Callable[[Envelope], Iterable[Change]]


def nothing(_envelope: Envelope) -> list[Change]:
    """The event stands in the timeline and changes no row of its own."""
    return []


def case(envelope: Envelope, **values: Any) -> list[Change]:
    """These values in the case's row."""
    return [Change(Target.CASE, envelope.case_id, values)]


def opened(envelope: Envelope, stage: Stage, state: CaseState, *said: str, **values: Any) -> list[Change]:
    """A case that begins with a content of its own; `said` names what else of the event is a fact of it."""
    p = envelope.payload
    held = {
        **values,
        "stage": stage.value,
        "state": state.value,
        "content_digest": p["content_digest"],
        "dossier": sealed(envelope),
        "dossier_event": envelope.id,
    }
    return [Change(Target.CASE, envelope.case_id, held, {name: p[name] for name in said})]


def facts(envelope: Envelope, **said: Any) -> list[Change]:
    """These facts, as JSON values, instead of what the case said under the same names."""
    return [Change(Target.CASE, envelope.case_id, {}, said)]


def task(envelope: Envelope, **values: Any) -> list[Change]:
    """These values in the row of the task that the event names."""
    touched = {**values, "version": envelope.sequence}
    return [Change(Target.TASK, str(envelope.payload["task_id"]), touched)]


def instant(value: Any) -> datetime | None:
    """The instant in a payload's field."""
    return None if value is None else datetime.fromisoformat(value)


def sealed(envelope: Envelope) -> dict[str, Any] | None:
    """The sealed part as a column holds it; it opens with the event's id."""
    return None if envelope.sealed is None else envelope.sealed.model_dump()


def due_key(due: datetime | None) -> str:
    """The sort key of a deadline: equal text order and time order, on both databases."""
    return LAST if due is None else due.isoformat(timespec="microseconds")
