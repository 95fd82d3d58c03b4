"""When the file of a removal is closed: as soon as nothing is owed any more."""

from workflows.kinds.removal.case import Work
from workflows.procedure.case import Task
from workflows.procedure.letters import SERVE_LETTER


def close(draft: Work, task: Task | None = None) -> None:
    """When nothing is owed any more the file is closed; it waits itself for letters that are served by hand."""
    owed = [task for task in draft.case.open_tasks() if task.kind != SERVE_LETTER]
    if not (owed or draft.case.reviewing):
        draft.open("file")


def close_if_over(draft: Work) -> None:
    """What was still asked after the end is answered."""
    if draft.case.ended and not draft.case.filed:
        close(draft)


def never_left(draft: Work) -> None:
    """A file is never left with nobody to close it: what was asked last may be no right or duty of the removal's own,
    such as whether somebody has a conflict."""
    if not draft.case.open_tasks():
        close_if_over(draft)
