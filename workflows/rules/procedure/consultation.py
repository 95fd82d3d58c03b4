"""ST04: fourteen departments answer in parallel, two people each. Silence is never "no issue" (D8)."""

from contracts.commands.case import CompleteTask
from contracts.events.task import Conflict, ConflictDeclared, TaskCancelled
from contracts.refusals import RefusalCode
from contracts.vocabulary import Stage, TaskState
from workflows.rules.case import Case, Task
from workflows.rules.draft import Draft
from workflows.rules.procedure.handling import Handler, ask_second, confirmed
from workflows.rules.procedure.ruling import find_hits, read_findings
from workflows.rules.verdict import Refused

SILENCE = "department-silent"
"""Cause of the hold when a key source stays silent after its last extension (SC-03)."""


def consult(draft: Draft) -> None:
    """Ask every department of the policy."""
    draft.enter(Stage.CONSULTATION)
    for department in draft.policy.departments:
        draft.open("reply", unit=department.code)


def reply(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """A department's officer answered: the head signs. An ISSUE must name facts of items on the list."""
    if task.outcome == "ISSUE":
        form = read_findings(draft, command.form)
        if isinstance(form, Refused):
            return form
    if task.outcome == "RECUSED":
        # Whoever steps back from the reply steps back from the case: another officer answers (SOD-06).
        draft.emit(
            ConflictDeclared(
                task_id=task.id,
                person_id=task.signer,
                ground="other",
                private=Conflict(reason=command.reason),
            )
        )
    ask_second(draft, task, "reply-sign")
    return None


def reply_sign(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The head signed: the reply counts. A recused officer's reply does not; another one answers."""
    first = confirmed(draft, task, "reply")
    if first is None:
        return None
    if first.outcome == "RECUSED":
        draft.open("reply", unit=task.unit, like=task)
        return None
    draft.cancel([t for t in draft.case.open_tasks("conference") if t.unit == task.unit], "answered")
    if first.outcome == "ISSUE":
        form = read_findings(draft, first.form)
        if isinstance(form, Refused):
            return form
        find_hits(draft, form.findings, task.unit)
    hold = draft.case.hold
    if hold and hold.cause == SILENCE and not overdue(draft):
        draft.resume("answered")
    return None


def conference(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The joint conference on a silent department: one last extension, a hold, or a close in writing.

    A key source is never closed unheard (§8.1, forced close).
    """
    waiting = silent(draft.case, task.unit)
    if not waiting:
        return Refused(RefusalCode.TASK_CLOSED, "the department has answered meanwhile")
    if task.outcome == "HELD":
        draft.hold(SILENCE, Stage.CONSULTATION)
    elif task.outcome == "EXTENDED":
        if any(t.final for t in waiting):
            return Refused(
                RefusalCode.EXTENSION_EXHAUSTED, "the conference has already given its one extension"
            )
        limit = draft.policy.limits["conference_extension"]
        for open_task in waiting:
            draft.extend(open_task, draft.due(draft.now, limit), "conference", final=True)
    elif draft.policy.department(task.unit).key_source:
        return Refused(
            RefusalCode.KEY_SOURCE, "a key source cannot be closed without a reply; choose EXTENDED or HELD"
        )
    else:
        for open_task in waiting:
            draft.emit(
                TaskCancelled(
                    task_id=open_task.id, kind=open_task.kind, unit=open_task.unit, cause="closed-no-reply"
                )
            )
    return None


def silent(case: Case, unit: str) -> list[Task]:
    """The unit's open consultation tasks."""
    return [t for t in case.open_tasks("reply", "reply-sign") if t.unit == unit]


def overdue(draft: Draft) -> bool:
    """Whether a department is past its last extension."""
    late = (t for t in draft.case.open_tasks("reply", "reply-sign") if t.final and t.due)
    return any(t.due is not None and draft.now >= t.due for t in late)


def complete(case: Case) -> bool:
    """Whether every department's reply was signed or closed in writing by the conference."""
    asked = [t for t in case.tasks.values() if t.kind == "reply"]
    open_units = {t.unit for t in case.open_tasks("reply", "reply-sign")}
    signed = {
        t.unit
        for t in case.tasks.values()
        if t.kind == "reply-sign" and t.state is TaskState.DONE and t.outcome == "CONFIRM"
    }
    return bool(asked) and not open_units and {t.unit for t in asked} <= signed | set(case.unanswered)


HANDLERS: dict[str, Handler] = {"reply": reply, "reply-sign": reply_sign, "conference": conference}
