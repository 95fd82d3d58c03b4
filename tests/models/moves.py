"""Who answers a task, and how, so that the answer can be taken."""

from typing import Any

from contracts.actor import Actor, Ties
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask, DeclareConflict
from contracts.policy.model import Policy
from tests.asking import asks, somebody
from tests.models.forms import Form
from workflows.procedure.case import Case, Task


def answered(case: Case, task: Task, outcome: str, form: Form, who: Actor) -> CompleteTask:
    """The answer, by somebody who has read what is to be decided."""
    return asks(
        CompleteTask,
        who,
        case.case_id,
        task_id=task.id,
        outcome=outcome,
        form=form,
        reason="reason given",
        seen=task.content_digest,
    )


def signer(case: Any, task: Task, policy: Policy) -> Actor:
    """Whoever may sign: a person for every task, or who was given it."""
    unit = task.unit if policy.role(task.role).scope == "unit" else ""
    if task.role in policy.self_roles:
        return somebody(task.role, case.person_id)
    own = f"p-{task.kind}-{task.unit or 'x'}-{task.signature}-{task.round}".replace("_", "-")
    return somebody(task.role, task.claimed_by or own, unit)


def steps_back(case: Case, task: Task, policy: Policy) -> DeclareConflict:
    """Whoever may sign says that they may not, and nobody else is known who might."""
    who = signer(case, task, policy)
    command = asks(DeclareConflict, who, case.case_id, task_id=task.id, ground="kin", reason="cousins")
    nobody: tuple[Ties, ...] = ()
    return command.model_copy(update={"claim": command.claim.model_copy(update={"others": nobody})})


def people_asking(act: type[Command], policy: Policy) -> tuple[str, ...]:
    """The roles that may ask for it beside tasks."""
    word = act.model_fields["act"].default
    return next((spec.roles for spec in policy.acts if spec.code == word), ())
