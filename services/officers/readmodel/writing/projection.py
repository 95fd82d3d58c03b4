"""What an event changes in the read model. Pure: an envelope in, changes out; every event type is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage, TaskState

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
    """Set `values` in the row `key`; `new` says that the row begins with them."""

    target: Target
    key: str
    values: dict[str, Any]
    new: bool = False


def changes(envelope: Envelope) -> list[Change]:
    """The changes of one event, the case's or batch's own sequence included. KeyError for an unknown type."""
    made = list(RULES[envelope.type](envelope))
    is_batch = envelope.case_id == envelope.batch_id
    if not any(change.new and change.key == envelope.case_id for change in made):
        target = Target.BATCH if is_batch else Target.CASE
        made.append(Change(target, envelope.case_id, {"sequence": envelope.sequence}))
    return made


def due_key(due: datetime | None) -> str:
    """The sort key of a deadline: equal text order and time order, on both databases."""
    return LAST if due is None else due.isoformat(timespec="microseconds")


def _instant(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _sealed(envelope: Envelope) -> dict[str, Any] | None:
    return None if envelope.sealed is None else envelope.sealed.model_dump()


def _case(envelope: Envelope, **values: Any) -> list[Change]:
    return [Change(Target.CASE, envelope.case_id, values)]


def _batch(envelope: Envelope, **values: Any) -> list[Change]:
    return [Change(Target.BATCH, envelope.batch_id, values)]


def _task(envelope: Envelope, **values: Any) -> list[Change]:
    version = {"version": envelope.sequence}
    return [Change(Target.TASK, str(envelope.payload["task_id"]), {**values, **version})]


def _nothing(_envelope: Envelope) -> list[Change]:
    return []


def _batch_opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "title": p["title"],
        "districts": p["districts"],
        "policy": p["policy"],
        "policy_digest": p["policy_digest"],
        "opened_at": e.at,
        "nomination_closes": _instant(p["nomination_closes"]),
        "cut_off": p["cut_off"],
        "election_at": None,
        "sequence": e.sequence,
    }
    return [Change(Target.BATCH, e.batch_id, values, new=True)]


def _case_opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "batch_id": e.batch_id,
        "district": e.district,
        "policy": e.policy,
        "person_id": p["person_id"],
        "seat": p["seat"],
        "nominating_unit": p["nominating_unit"],
        "nominator_id": p["nominator_id"],
        "late": p["late"],
        "state": CaseState.DRAFT.value,
        "stage": Stage.NOMINATION.value,
        "round": 1,
        "content_digest": p["content_digest"],
        "nominee": _sealed(e),
        "nominee_event": e.id,
        "opened_at": e.at,
        "veto": False,
        "notice_provisional": False,
        "sequence": e.sequence,
    }
    return [Change(Target.CASE, e.case_id, values, new=True)]


def _task_opened(e: Envelope) -> list[Change]:
    p = e.payload
    plain = (
        "kind",
        "stage",
        "role",
        "unit",
        "signature",
        "round",
        "outcomes",
        "provisional",
        "counted",
        "skipped",
    )
    due = _instant(p["due"])
    values = {
        **{name: p[name] for name in (*plain, "content_digest")},
        "case_id": e.case_id,
        "batch_id": e.batch_id,
        "district": e.district,
        "policy": e.policy,
        "opened": _instant(p["opened"]),
        "due": due,
        "due_key": due_key(due),
        "hit": p.get("hit"),
        "report": p.get("report"),
        "state": TaskState.OPEN.value,
        "answer_event": "",
        "version": e.sequence,
    }
    return [Change(Target.TASK, str(p["task_id"]), values, new=True)]


def _task_completed(e: Envelope) -> list[Change]:
    return _task(
        e,
        state=TaskState.DONE.value,
        outcome=e.payload["outcome"],
        answer_digest=e.payload["answer_digest"],
        answer=_sealed(e),
        answer_event=e.id,
        signed_by=e.actor.person_id,
        closed_at=e.at,
    )


def _task_extended(e: Envelope) -> list[Change]:
    p = e.payload
    due = _instant(p["due"])
    moved = {name: p[name] for name in ("provisional", "counted", "skipped")}
    return _task(e, due=due, due_key=due_key(due), **moved)


def _task_cancelled(e: Envelope) -> list[Change]:
    return _task(e, state=TaskState.CANCELLED.value, closed_at=e.at)


def _claimed(e: Envelope) -> list[Change]:
    return _task(e, claimed_by=e.payload["person_id"])


def _conflict(e: Envelope) -> list[Change]:
    person = str(e.payload["person_id"])
    return [
        Change(
            Target.CONFLICT, f"{e.case_id}/{person}", {"case_id": e.case_id, "person_id": person}, new=True
        )
    ]


def _notice_posted(e: Envelope) -> list[Change]:
    p = e.payload
    window = {"notice_start": _instant(p["start"]), "notice_end": _instant(p["end"])}
    return _case(e, notice_provisional=p["provisional"], **window)


RULES: dict[str, Callable[[Envelope], Iterable[Change]]] = {
    "batch-opened": _batch_opened,
    "roster-accepted": _nothing,
    "election-called": lambda e: _batch(e, election_at=_instant(e.payload["election_at"])),
    "batch-calendar-loaded": _nothing,
    "case-opened": _case_opened,
    "case-amended": lambda e: _case(
        e, content_digest=e.payload["content_digest"], nominee=_sealed(e), nominee_event=e.id
    ),
    "stage-entered": lambda e: _case(e, **{name: e.payload[name] for name in ("stage", "state", "round")}),
    "case-held": lambda e: _case(e, held_cause=e.payload["cause"]),
    "case-resumed": lambda e: _case(e, held_cause=None),
    "case-ended": lambda e: _case(
        e, state=e.payload["state"], ended_cause=e.payload["cause"], ended_at=e.at, held_cause=None
    ),
    "case-filed": lambda e: _case(e, filed_at=e.at),
    "withdrawal-signed": _nothing,
    "calendar-loaded": _nothing,
    "election-scheduled": lambda e: _case(e, election_at=_instant(e.payload["election_at"])),
    "task-opened": _task_opened,
    "task-completed": _task_completed,
    "task-extended": _task_extended,
    "task-cancelled": _task_cancelled,
    "task-claimed": _claimed,
    "task-released": lambda e: _task(e, claimed_by=None),
    "task-reassigned": _claimed,
    "conflict-declared": _conflict,
    "rung-reached": _nothing,
    "hit-found": _nothing,
    "fact-dismissed": _nothing,
    "hit-ruled": _nothing,
    "case-graded": lambda e: _case(e, grade=e.payload["grade"], veto=e.payload["veto"]),
    "opinion-given": lambda e: _case(e, opinion=e.payload["opinion"]),
    "notice-posted": _notice_posted,
    "report-received": _nothing,
    "report-answered": _nothing,
    "votes-counted": _nothing,
}
"""Every event of the catalogue; an agreement test compares the two."""
