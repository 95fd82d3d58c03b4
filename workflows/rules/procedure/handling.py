"""What every stage's module offers: handlers by kind of task."""

from collections.abc import Callable

from contracts.commands.case import CompleteTask
from contracts.events.task import Answer
from contracts.refusals import RefusalCode
from workflows.rules import deadlines
from workflows.rules.case import Task, calendar_of
from workflows.rules.draft import Draft
from workflows.rules.verdict import Refused

Handler = Callable[[Draft, Task, CompleteTask], Refused | None]
"""Draws the consequences of a completed task, or refuses the whole act."""


def confirmed(draft: Draft, task: Task, first: str) -> Task | None:
    """The first signer's task that this second signature confirmed; on SEND_BACK it is opened again and None."""
    answered = [t for t in draft.case.acted() if t.kind == first and t.answer_digest == task.content_digest]
    signed = answered[-1]
    if task.outcome == "CONFIRM":
        return signed
    draft.open(first, unit=task.unit, like=task, digest=signed.content_digest, hit=task.hit)
    return None


def ask_second(draft: Draft, task: Task, kind: str) -> None:
    """Open the second signature over exactly what the first signer answered, under the same deadline."""
    draft.open(kind, unit=task.unit, like=task, digest=task.answer_digest, hit=task.hit)


def ask_extension(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """Grant the one extension that the limit allows, counted from the old deadline; a further one is refused."""
    limit = draft.policy.limits[draft.policy.task(task.kind).limit or ""]
    if task.extensions >= limit.extensions:
        return Refused(
            RefusalCode.EXTENSION_EXHAUSTED,
            f"at most {limit.extensions} extension(s); none is left for this task",
        )
    if task.due is None:
        return Refused(RefusalCode.EXTENSION_EXHAUSTED, "a provisional deadline cannot be extended yet")
    calendar = calendar_of(draft.case, draft.policy)
    due = deadlines.extend(task.due, limit.extension, limit.unit, calendar)
    draft.extend(task, due, "asked", why=Answer(form=command.form, reason=command.reason))
    return None
