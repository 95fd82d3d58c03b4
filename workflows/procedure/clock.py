"""The clock of a case's tasks: what deadlines count from, when they stand still, how they are counted anew."""

from datetime import datetime

from contracts.case import hold_name
from contracts.policy.model import Limit, Policy, TaskKind
from contracts.term import Extended, Move, Stood, Term
from workflows.procedure.case import RESUMPTION, Case, Task, calendar_of
from workflows.procedure.ladder import Rungs, rungs_of
from workflows.procedure.ladder import recounted as recounted_rungs
from workflows.procedure.letters import unserved
from workflows.rules import deadlines, terms
from workflows.rules.calendar import end_of, local_day
from workflows.rules.deadlines import Due

NO_DUE = Due(at=None, provisional=False, counted=(), skipped=())
"""Of a task without a limit."""


def begun(kind: TaskKind, start: datetime, after: str | None = None) -> Term | None:
    """The term of a task whose limit begins at this event, or once `after` has run from it; None without a limit."""
    return None if kind.limit is None else Term(start=start, limit=kind.limit, after=after)


def term_of(task: Task) -> Term:
    """The task's term. Raises for one without a limit, whose deadline nobody can move."""
    if task.term is None:
        raise ValueError(f"{task.id} has no limit")
    return task.term


def due_of(task: Task) -> Due:
    """The deadline as people were shown it."""
    return Due(at=task.due, provisional=task.provisional, counted=task.counted, skipped=task.skipped)


def counted(case: Case, policy: Policy, term: Term | None) -> Due:
    """The deadline that a term gives by the calendar that the case knows."""
    return NO_DUE if term is None else terms.counted(term, policy.limits, calendar_of(case, policy))


def has_begun(case: Case, policy: Policy, task: Task, now: datetime) -> bool:
    """Whether the task's own limit runs: not before its letter counts as served, nor while nobody knows when."""
    begins = None if task.term is None else terms.begins(task.term, policy.limits, calendar_of(case, policy))
    return begins is not None and begins <= now


def moved(case: Case, policy: Policy, task: Task, move: Move) -> Due:
    """The task's deadline after one more move, from what people were shown."""
    term = term_of(task)
    if task.due is None:
        return counted(case, policy, term.moved(move))
    unit = policy.limits[term.limit].unit
    return terms.moved(due_of(task), term, move, unit, calendar_of(case, policy))


def recounted(case: Case, policy: Policy, task: Task, now: datetime) -> tuple[Due, Rungs]:
    """Deadline and ladder by a calendar that came or was corrected just now: never earlier than was shown.

    A hold that the deadline ends by itself goes on until the next working day is over: nothing expires on the day of
    loading (§8.8.10).
    """
    calendar = calendar_of(case, policy)
    due = counted(case, policy, task.term)
    if task.due is not None and (due.at is None or due.at < task.due):
        due = due_of(task)
    tonight = end_of(local_day(now, calendar), calendar)
    if due.at is not None and due.at != task.due and due.at <= tonight and _runs_out(case, policy, task):
        another = deadlines.due(now, Limit(n=1, unit="WD"), calendar)
        due = due if another.at is None else another
    rungs = rungs_of(task.kind, due, task.opened, task.final, policy, calendar)
    return due, recounted_rungs(rungs, task.rungs, task.fired, task.kind, policy, calendar, now)


def _runs_out(case: Case, policy: Policy, task: Task) -> bool:
    """Whether a hold that time ends is over with this task's deadline."""
    deferred = {hold.name for hold in case.holds if hold.cause in policy.deferrals}
    return task.kind in RESUMPTION and task.about in deferred


def from_service(case: Case, policy: Policy, task: Task, served: datetime) -> tuple[Due, Term] | None:
    """Deadline and term of a task that run from the service of its letter; None where that is no later than was shown.

    What was granted on top stays; the time before the service counts against nobody, so no pause of it is given back.
    """
    if task.term is None:
        return None
    granted = tuple(move for move in task.term.moves if isinstance(move, Extended))
    term = task.term.model_copy(update={"start": served, "after": None, "moves": granted})
    due = counted(case, policy, term)
    shown = task.due is not None and due.at is not None and due.at <= task.due
    return None if shown else (due, term)


def stands(case: Case, task: Task, policy: Policy) -> bool:
    """Whether the task's clock stands still: by a hold, or because the letter that asks waits to be served."""
    return held_up(case, task, policy) or bool(unserved(case, [task]))


def held_up(case: Case, task: Task, policy: Policy) -> bool:
    """Whether a hold stops the task's clock.

    It does when the deadline began before the hold, even if people may act meanwhile, and at a stage that does not
    go on. What is asked during a hold at a stage that goes on has its own time; so have the tasks that end it.
    """
    if case.held_since is None or task.kind in RESUMPTION:
        return False
    began = task.term.start if task.term else task.opened
    return began <= case.held_since or task.stage not in policy.stages_while_held


def pause_of(task: Task, since: datetime, now: datetime) -> Stood | None:
    """How long a task's clock stood in a hold; None when that moves nothing: it has no term, or was over before."""
    if task.term is None:
        return None
    began = max(since, task.term.start)
    if began >= now or (task.due is not None and began >= task.due):
        return None
    return Stood(since=began, until=now)


def offered(case: Case, kind: TaskKind, about: str) -> tuple[str, ...]:
    """The outcomes that a new task offers: what ran out for this matter cannot be put off again."""
    return tuple(
        outcome
        for outcome in kind.outcomes
        if outcome not in kind.defers or hold_name(kind.defers[outcome], about) not in case.spent
    )
