"""ST04: fourteen departments answer in parallel, two people each. Silence is never "no issue" (D8)."""

from contracts.case import waited_for
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.conflict import Conflict
from contracts.events.nomination import DepartmentClosed
from contracts.refusals import RefusalCode
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.ruling import find_hits, findings_hold
from workflows.procedure import recusal
from workflows.procedure.case import Task
from workflows.procedure.consequences import Holds, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import CONFIRM, Alone, two
from workflows.rules.verdict import Refused

LAST_EXTENSION = "conference_extension"
"""The limit by which the joint conference extends, once."""


def ask_departments(draft: Work, task: Task) -> None:
    """Every department of the policy is asked."""
    for department in draft.policy.departments:
        draft.open("reply", unit=department.code)


CONSULT = Then(enters(Stage.CONSULTATION), ask_departments)


def names_facts(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """An ISSUE must name facts of items on the list."""
    return findings_hold(draft, task, command) if command.outcome == "ISSUE" else None


def reply_counts(draft: Work, task: Task) -> None:
    """The reply counts: what the department's silence brought about is over."""
    draft.cancel([t for t in draft.case.open_tasks("conference") if t.unit == task.unit], Cause.ANSWERED)
    draft.lift(Cause.DEPARTMENT_SILENT, task.unit, Cause.ANSWERED)


def find_issues(draft: Work, task: Task) -> None:
    """The reported facts are looked at, one by one."""
    find_hits(draft, draft.case.signed_by_first(task).form, task.unit)


def step_back(draft: Work, task: Task) -> None:
    """Whoever steps back from the reply steps back from the case (SOD-06)."""
    recusal.step_back(draft, task, task.signer, Conflict(ground="other", reason=task.reason))


def another_answers(draft: Work, task: Task) -> None:
    """Another officer of the department is asked to answer."""
    draft.open("reply", unit=task.unit, like=task)


def open_conference(draft: Work, task: Task) -> None:
    """A silent department comes before the joint conference, once."""
    _before_the_conference(draft, task.unit)


def hold_if_silent(draft: Work, task: Task) -> None:
    """After its last extension a silent department holds the case: expiry never reads as an answer."""
    draft.hold(Cause.DEPARTMENT_SILENT, task.unit)


def before_the_conference_again(draft: Work, task: Task) -> None:
    """The hold ended without the answer: the silent department comes before the joint conference again."""
    _before_the_conference(draft, waited_for(task.about))


def conference_may(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """One last extension, and a key source is never closed unheard (§8.1, forced close)."""
    waiting = silent(draft, task.unit)
    if not waiting:
        return Refused(RefusalCode.TASK_CLOSED, "the department has answered meanwhile")
    if command.outcome == "EXTENDED" and any(t.final for t in waiting):
        detail = "the conference has already given its one extension"
        return Refused(RefusalCode.EXTENSION_EXHAUSTED, detail)
    if command.outcome == "CLOSED_NO_REPLY" and draft.policy.department(task.unit).key_source:
        detail = "a key source cannot be closed without a reply; choose EXTENDED or HELD"
        return Refused(RefusalCode.KEY_SOURCE, detail)
    return None


def extend_for_the_last_time(draft: Work, task: Task) -> None:
    """The department gets its one last extension, counted from now."""
    limit = draft.policy.limits[LAST_EXTENSION]
    for waiting in silent(draft, task.unit):
        draft.extend(waiting, draft.due(draft.now, limit), Cause.CONFERENCE, final=True)


def close_unheard(draft: Work, task: Task) -> None:
    """The department is closed in writing without a reply; the grade is then capped."""
    draft.cancel(silent(draft, task.unit), Cause.CLOSED_WITHOUT_REPLY)
    draft.emit(DepartmentClosed(unit=task.unit))


def silent(draft: Work, unit: str) -> list[Task]:
    """The unit's open consultation tasks."""
    return [t for t in draft.case.open_tasks("reply", "reply-sign") if t.unit == unit]


def _before_the_conference(draft: Work, unit: str) -> None:
    if silent(draft, unit) and not any(t.unit == unit for t in draft.case.open_tasks("conference")):
        draft.open("conference", unit=unit)


def complete(case: Nomination) -> bool:
    """Whether every department's reply was signed or closed in writing by the conference."""
    asked = {t.unit for t in case.tasks.values() if t.kind == "reply"}
    waiting = {t.unit for t in case.open_tasks("reply", "reply-sign")}
    signed = {t.unit for t in case.acted("reply-sign") if t.outcome == CONFIRM}
    return bool(asked) and not waiting and asked <= signed | set(case.unanswered)


SIGNING: dict[str, Signing[Nomination]] = {
    **two(
        "reply",
        "reply-sign",
        {
            "NO_ISSUE": reply_counts,
            "NO_RECORD": reply_counts,
            "ISSUE": Then(find_issues, reply_counts),
            "RECUSED": another_answers,
        },
        check=names_facts,
        at_once={"RECUSED": step_back},
    ),
    "conference": Alone(
        {
            "EXTENDED": extend_for_the_last_time,
            "HELD": Holds(Cause.DEPARTMENT_SILENT),
            "CLOSED_NO_REPLY": close_unheard,
        },
        check=conference_may,
    ),
}
