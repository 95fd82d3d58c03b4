"""One command, one decision: a pure function from a case and a command to events or a refusal."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from contracts.actor import Actor
from contracts.canonical import digest_of
from contracts.commands.base import Command
from contracts.commands.case import (
    ClaimTask,
    CompleteTask,
    DeclareConflict,
    LoadCaseCalendar,
    ReassignTask,
    RegisterReport,
    ReleaseTask,
    ScheduleElection,
    Withdraw,
)
from contracts.events.task import Answer, TaskCompleted
from contracts.policy.model import Policy
from workflows.rules import agenda, conduct
from workflows.rules.acts import find, may_complete
from workflows.rules.case import Case, Task
from workflows.rules.draft import Draft
from workflows.rules.procedure import approval, assessment, ballot, consultation, entry, ruling
from workflows.rules.procedure.handling import Handler, ask_extension
from workflows.rules.procedure.progress import progress
from workflows.rules.step import Step
from workflows.rules.verdict import Refused

HANDLERS: dict[str, Handler] = {
    **entry.HANDLERS,
    **consultation.HANDLERS,
    **ruling.HANDLERS,
    **assessment.HANDLERS,
    **approval.HANDLERS,
    **ballot.HANDLERS,
}


def decide(case: Case, command: Command, policy: Policy, now: datetime) -> Step | Refused:
    """The step that the command leads to, or why it is refused. A refused command changes nothing."""
    draft = Draft(case, policy, now, (command.actor.person_id, _role(case, command)))
    refused = _DECISIONS[type(command)](draft, command)
    if refused is not None:
        return refused
    return finish(draft)


def finish(draft: Draft) -> Step:
    """Let the case go on by itself as far as it can, and close the step."""
    progress(draft)
    return Step(events=draft.finish(), case=draft.case, signer=draft.signer)


def wake(case: Case, policy: Policy, now: datetime) -> Step:
    """The step that time alone leads to; without events when nothing is due."""
    draft = Draft(case, policy, now, ("system", "SYSTEM"))
    agenda.fire(draft)
    return finish(draft)


def complete_task(draft: Draft, command: CompleteTask) -> Refused | None:
    """Check the act, record it, and draw its consequences; an extension leaves the task open."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    verdict = may_complete(draft.case, task, command, draft.policy, draft.now)
    if isinstance(verdict, Refused):
        return verdict
    if command.outcome == "EXTENDED" and task.kind != "conference":
        return ask_extension(draft, task, command)
    draft.emit(completion(task, command))
    return HANDLERS[task.kind](draft, draft.case.tasks[task.id], command)


def completion(task: Task, command: CompleteTask) -> TaskCompleted:
    """The event of a completed task; its digest covers what was answered, so that a second signer names it."""
    answer = {"task": task.id, "outcome": command.outcome, "form": command.form, "reason": command.reason}
    return TaskCompleted(
        task_id=task.id,
        kind=task.kind,
        stage=task.stage,
        unit=task.unit,
        outcome=command.outcome,
        answer_digest=digest_of(answer),
        private=Answer(form=command.form, reason=command.reason),
    )


def _role(case: Case, command: Command) -> str:
    """In which role the actor acts: the task's, else the first that the command asks for."""
    task = case.tasks.get(getattr(command, "task_id", ""))
    if task is not None:
        return task.role
    return _first_role(command.actor)


def _first_role(actor: Actor) -> str:
    return actor.grants[0].role if actor.grants else "SYSTEM"


_DECISIONS: dict[type[Command], Callable[[Draft, Any], Refused | None]] = {
    CompleteTask: complete_task,
    ClaimTask: conduct.claim,
    ReleaseTask: conduct.release,
    ReassignTask: conduct.reassign,
    DeclareConflict: conduct.declare_conflict,
    Withdraw: conduct.withdraw,
    RegisterReport: conduct.register_report,
    ScheduleElection: conduct.schedule_election,
    LoadCaseCalendar: conduct.load_calendar,
}
