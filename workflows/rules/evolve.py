"""The fold: what each event does to a case. It never refuses and never decides."""

from collections.abc import Callable
from typing import Any

from contracts.events import case as case_events
from contracts.events import review, task
from contracts.events.base import Event
from contracts.policy.model import Policy
from contracts.vocabulary import TaskState
from workflows.rules.case import Case, Hit, Hold, Report, Task
from workflows.rules.ladder import rungs_of


def evolve(case: Case, event: Event, policy: Policy, signer: tuple[str, str]) -> Case:
    """The case after the event; `signer` is the natural person and the role of whoever caused it.

    Raises KeyError for an event type that no fold names, so that none is forgotten.
    """
    return _FOLDS[type(event)](case, event, policy, signer)


Fold = Callable[[Case, Any, Policy, tuple[str, str]], Case]


def _with(case: Case, **changes: object) -> Case:
    return case.model_copy(update=changes)


def _task(case: Case, task_id: str, **changes: object) -> Case:
    tasks = dict(case.tasks)
    tasks[task_id] = tasks[task_id].model_copy(update=changes)
    return _with(case, tasks=tasks)


def _opened(case: Case, e: case_events.CaseOpened, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(
        case,
        person_id=e.person_id,
        nominator_id=e.nominator_id,
        nominating_unit=e.nominating_unit,
        seat=e.seat,
        nominee=e.private,
        content_digest=e.content_digest,
    )


def _amended(case: Case, e: case_events.CaseAmended, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, nominee=e.private, content_digest=e.content_digest)


def _stage(case: Case, e: case_events.StageEntered, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, stage=e.stage, state=e.state)


def _held(case: Case, e: case_events.CaseHeld, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, hold=Hold(cause=e.cause, since=e.since, back_to=e.back_to))


def _resumed(case: Case, e: case_events.CaseResumed, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, hold=None)


def _ended(case: Case, e: case_events.CaseEnded, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, state=e.state, hold=None)


def _filed(case: Case, e: case_events.CaseFiled, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, filed=True)


def _unchanged(case: Case, e: Event, policy: Policy, signer: tuple[str, str]) -> Case:
    return case


def _calendar(case: Case, e: case_events.CalendarLoaded, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, years=(*case.years, e.year))


def _election(case: Case, e: case_events.ElectionScheduled, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, election_at=e.election_at)


def _task_opened(case: Case, e: task.TaskOpened, policy: Policy, signer: tuple[str, str]) -> Case:
    fields = e.model_dump(exclude={"task_id"})
    opened = Task(id=e.task_id, **fields)
    opened = opened.model_copy(update={"rungs": rungs_of(opened, case, policy)})
    return _with(case, tasks={**case.tasks, opened.id: opened})


def _completed(case: Case, e: task.TaskCompleted, policy: Policy, signer: tuple[str, str]) -> Case:
    return _task(
        case,
        e.task_id,
        state=TaskState.DONE,
        outcome=e.outcome,
        form=e.private.form,
        reason=e.private.reason,
        signer=signer[0],
        signer_role=signer[1],
        answer_digest=e.answer_digest,
    )


def _extended(case: Case, e: task.TaskExtended, policy: Policy, signer: tuple[str, str]) -> Case:
    old = case.tasks[e.task_id]
    asked = 1 if e.cause == "asked" else 0
    new = old.model_copy(
        update={
            "due": e.due,
            "provisional": e.provisional,
            "counted": e.counted,
            "skipped": e.skipped,
            "final": old.final or e.final,
            "extensions": old.extensions + asked,
        }
    )
    new = new.model_copy(update={"rungs": rungs_of(new, case, policy)})
    return _with(case, tasks={**case.tasks, new.id: new})


def _cancelled(case: Case, e: task.TaskCancelled, policy: Policy, signer: tuple[str, str]) -> Case:
    changed = _task(case, e.task_id, state=TaskState.CANCELLED)
    if e.cause == "closed-no-reply":
        return _with(changed, unanswered=(*case.unanswered, e.unit))
    return changed


def _claimed(case: Case, e: task.TaskClaimed, policy: Policy, signer: tuple[str, str]) -> Case:
    return _task(case, e.task_id, claimed_by=e.person_id)


def _released(case: Case, e: task.TaskReleased, policy: Policy, signer: tuple[str, str]) -> Case:
    return _task(case, e.task_id, claimed_by=None)


def _conflict(case: Case, e: task.ConflictDeclared, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, conflicted=(*case.conflicted, e.person_id))


def _rung(case: Case, e: task.RungReached, policy: Policy, signer: tuple[str, str]) -> Case:
    return _task(case, e.task_id, fired=(*case.tasks[e.task_id].fired, e.rung))


def _hit(case: Case, e: review.HitFound, policy: Policy, signer: tuple[str, str]) -> Case:
    hit = Hit(number=e.hit, fact=e.private.fact, source=e.private.source, effect=e.effect)
    return _with(case, hits=(*case.hits, hit))


def _ruled(case: Case, e: review.HitRuled, policy: Policy, signer: tuple[str, str]) -> Case:
    hits = tuple(h.model_copy(update={"ruling": e.ruling}) if h.number == e.hit else h for h in case.hits)
    return _with(case, hits=hits)


def _graded(case: Case, e: review.CaseGraded, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, grade=e.grade)


def _posted(case: Case, e: review.NoticePosted, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, window=(e.start, e.end) if e.start and e.end else None)


def _report(case: Case, e: review.ReportReceived, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, reports=(*case.reports, Report(number=e.report, signed=e.signed)))


def _answered(case: Case, e: review.ReportAnswered, policy: Policy, signer: tuple[str, str]) -> Case:
    reports = tuple(
        r.model_copy(update={"ending": e.ending}) if r.number == e.report else r for r in case.reports
    )
    return _with(case, reports=reports)


def _counted(case: Case, e: review.VotesCounted, policy: Policy, signer: tuple[str, str]) -> Case:
    return _with(case, election_at=None) if e.outcome == "NOT_HELD" else case


_FOLDS: dict[type[Event], Fold] = {
    case_events.CaseOpened: _opened,
    case_events.CaseAmended: _amended,
    case_events.StageEntered: _stage,
    case_events.CaseHeld: _held,
    case_events.CaseResumed: _resumed,
    case_events.CaseEnded: _ended,
    case_events.CaseFiled: _filed,
    case_events.WithdrawalSigned: _unchanged,
    case_events.CalendarLoaded: _calendar,
    case_events.ElectionScheduled: _election,
    task.TaskOpened: _task_opened,
    task.TaskCompleted: _completed,
    task.TaskExtended: _extended,
    task.TaskCancelled: _cancelled,
    task.TaskClaimed: _claimed,
    task.TaskReleased: _released,
    task.TaskReassigned: _claimed,
    task.ConflictDeclared: _conflict,
    task.RungReached: _rung,
    review.HitFound: _hit,
    review.FactDismissed: _unchanged,
    review.HitRuled: _ruled,
    review.CaseGraded: _graded,
    review.OpinionGiven: _unchanged,
    review.NoticePosted: _posted,
    review.ReportReceived: _report,
    review.ReportAnswered: _answered,
    review.VotesCounted: _counted,
}
