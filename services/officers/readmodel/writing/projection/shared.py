"""What the events change that every kind of case has: stages, holds, ends, tasks, reviews."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from contracts.base import NO_DIGEST
from contracts.catalogue import EVENTS
from contracts.envelope import Envelope
from contracts.events.base import Audience
from contracts.secret import CHECK_A_REPORT
from contracts.vocabulary import Rung, Stage, TaskState
from services.officers.readmodel.writing.projection.change import (
    Change,
    Rule,
    Target,
    case,
    due_key,
    facts,
    instant,
    nothing,
    sealed,
    task,
)

CONCERNED = frozenset({Audience.CONCERNED, Audience.CONSULTED})
"""Audiences to which the person concerned belongs."""


def begun(e: Envelope) -> Change:
    """The row with which a case of any kind begins, from what its first envelope says of itself."""
    values = {
        "kind": e.kind,
        "parent": e.parent,
        "district": e.district,
        "policy": e.policy,
        "person_id": "",
        # Whoever may know that the case was opened knows of it from now on; others when they are given a task.
        "told": EVENTS[(e.type, e.version)].audience in CONCERNED,
        "unit": "",
        "firms": [],
        "brought_by": e.actor.person_id,
        "stage": "",
        "state": "",
        "round": 1,
        "content_digest": NO_DIGEST,
        "dossier": None,
        "dossier_event": "",
        "checking": False,
        "hangs_on": "",
        "opened_at": e.at,
    }
    return Change(Target.CASE, e.case_id, values, new=True)


def _task_opened(e: Envelope) -> list[Change]:
    p = e.payload
    said = (
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
    due = instant(p["due"])
    values = {
        **{name: p[name] for name in (*said, "content_digest", "about")},
        "case_id": e.case_id,
        "parent": e.parent,
        "district": e.district,
        "policy": e.policy,
        "opened": instant(p["opened"]),
        "due": due,
        "due_key": due_key(due),
        "state": TaskState.OPEN.value,
        "named": False,
        "unserved": False,
        "answer_event": "",
        "version": e.sequence,
    }
    # A report whose answer is void, or ended with the case, is checked again: until it is answered anew one is.
    checking = case(e, checking=True) if p["kind"] in CHECK_A_REPORT else []
    return [Change(Target.TASK, str(p["task_id"]), values, new=True), *checking]


def _task_completed(e: Envelope) -> list[Change]:
    return task(
        e,
        state=TaskState.DONE.value,
        outcome=e.payload["outcome"],
        answer_digest=e.payload["answer_digest"],
        answer=sealed(e),
        answer_event=e.id,
        signed_by=e.actor.person_id,
        closed_at=e.at,
        unserved=False,
    )


def _task_extended(e: Envelope) -> list[Change]:
    due = instant(e.payload["due"])
    moved = {name: e.payload[name] for name in ("provisional", "counted", "skipped")}
    return task(e, due=due, due_key=due_key(due), **moved)


def _holding(e: Envelope) -> list[Change]:
    """Of several holds the oldest is shown."""
    standing = cast(Sequence[str], e.payload["standing"])
    return case(e, held_cause=next(iter(standing), None))


def _held_by(e: Envelope) -> list[Change]:
    return task(e, claimed_by=e.payload["person_id"])


def _given(e: Envelope) -> list[Change]:
    return task(e, claimed_by=e.payload["person_id"], named=e.payload["named"])


def _conflict(e: Envelope, *, stands: bool) -> list[Change]:
    values = {"case_id": e.case_id, "person_id": str(e.payload["person_id"]), "stands": stands}
    return [Change(Target.CONFLICT, _conflict_id(e), values, new=True)]


def _settled(e: Envelope) -> list[Change]:
    return [Change(Target.CONFLICT, _conflict_id(e), {"stands": e.payload["outcome"] == "RECUSED"})]


def _conflict_id(e: Envelope) -> str:
    return f"{e.case_id}/{e.payload['conflict']}"


def _barred(e: Envelope) -> list[Change]:
    # They are shown what a recused person is shown, and act as little.
    persons = e.payload["persons"]
    rows = [
        {"case_id": e.case_id, "person_id": one, "stands": True}
        for one in (persons if isinstance(persons, list) else ())
    ]
    return [Change(Target.CONFLICT, f"{e.case_id}/{row['person_id']}", row, new=True) for row in rows]


def _voided(e: Envelope) -> list[Change]:
    void = {"state": TaskState.VOID.value, "version": e.sequence}
    return [
        Change(Target.TASK, str(task_id), dict(void)) for task_id in cast(Sequence[str], e.payload["tasks"])
    ]


def _rung(e: Envelope) -> list[Change]:
    """That a task is late changes nothing of it: whoever is about to answer it has seen all that there is."""
    if e.payload["rung"] != Rung.CONFERENCE:
        return []
    return [Change(Target.TASK, str(e.payload["task_id"]), {"conference_since": e.at})]


def _unserved(e: Envelope, *, unserved: bool) -> list[Change]:
    """What is asked stays as it was seen: only the term of the person's own task stands still, or begins."""
    own = e.payload["task_id"]
    return [] if own is None else [Change(Target.TASK, str(own), {"unserved": unserved})]


def _checking(e: Envelope) -> list[Change]:
    return case(e, checking=e.payload["checking"])


def _notice_posted(e: Envelope) -> list[Change]:
    return facts(e, notice={name: e.payload[name] for name in ("start", "end", "provisional")})


def lost(e: Envelope, rests: Mapping[str, Stage]) -> list[Change]:
    """What a case knew by papers that this event makes void, and knows no longer."""
    if e.type != "papers-voided" or e.payload["stage"] is None:
        return []
    return facts(e, **{name: None for name, stage in rests.items() if str(e.payload["stage"]) <= stage.value})


RULES: Mapping[str, Rule] = {
    "stage-entered": lambda e: case(e, **{name: e.payload[name] for name in ("stage", "state", "round")}),
    "case-held": _holding,
    "case-resumed": _holding,
    "case-ended": lambda e: case(
        e, state=e.payload["state"], ended_cause=e.payload["cause"], ended_at=e.at, held_cause=None
    ),
    "case-filed": lambda e: case(e, filed_at=e.at),
    "calendar-loaded": nothing,
    "policy-adopted": lambda e: case(e, policy=e.payload["policy"]),
    "task-opened": _task_opened,
    "task-completed": _task_completed,
    "task-extended": _task_extended,
    "task-cancelled": lambda e: task(e, state=TaskState.CANCELLED.value, closed_at=e.at, unserved=False),
    "task-claimed": _held_by,
    "task-released": lambda e: task(e, claimed_by=None, named=False),
    "task-reassigned": _given,
    "conflict-declared": partial(_conflict, stands=True),
    "conflict-reported": partial(_conflict, stands=False),
    "conflict-settled": _settled,
    "persons-barred": _barred,
    "papers-voided": _voided,
    "rung-reached": _rung,
    "letter-unserved": partial(_unserved, unserved=True),
    "letter-served": partial(_unserved, unserved=False),
    "death-recorded": nothing,
    "investigation-ended": nothing,
    "investigation-reported": nothing,
    "seat-recorded": nothing,
    "errand-owed": nothing,
    "errand-carried": nothing,
    "hit-found": nothing,
    "fact-dismissed": nothing,
    "fact-ended": nothing,
    "fact-unmatched": nothing,
    "hit-ruled": nothing,
    "hit-disputed": nothing,
    "hit-cancelled": nothing,
    "case-graded": lambda e: facts(e, grade=e.payload["grade"], veto=e.payload["veto"]),
    "opinion-given": lambda e: facts(e, opinion=e.payload["opinion"]),
    "notice-posted": _notice_posted,
    "report-received": _checking,
    "report-answered": _checking,
    "votes-counted": nothing,
}
