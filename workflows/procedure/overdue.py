"""What is late waits for no absent person; five working days late it is an item of the joint conference (§8.8.11).

The conference decides nothing about the case by it: it takes note, or urges in writing, by its minutes. A silent
department has an item of another kind, which the passage of consulting brings about.
"""

from typing import Any

from contracts.commands.case import CompleteTask
from contracts.events.task import TaskReleased
from workflows.procedure.case import ITEM, Task, item_about
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone
from workflows.rules.forms import Minutes, read
from workflows.rules.verdict import Refused


def on_the_agenda(draft: Draft[Any], task: Task) -> None:
    """The late task comes before the joint conference, once as long as the item is open."""
    about = item_about(task)
    if not any(item.about == about for item in draft.case.open_tasks(ITEM)):
        draft.open(ITEM, unit=task.unit, about=about)


def free_late_claim(draft: Draft[Any], task: Task) -> None:
    """A task that is late waits no longer for the one person who claimed it: whoever else may act is free to.

    Nobody else may act on what the level above gave to somebody by name; that stays theirs.
    """
    if task.claimed_by is not None and not task.named:
        draft.emit(TaskReleased(task_id=task.id))


def in_writing(draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
    """Whatever the conference says stands in its minutes."""
    said = read(command.form, Minutes)
    return said if isinstance(said, Refused) else None


def told(draft: Draft[Any], task: Task) -> None:
    """What the conference said stands on the record; the late task stays as it is."""


OVERDUE: dict[str, Signing[Any]] = {ITEM: Alone({"NOTED": told, "URGED": told}, check=in_writing)}
