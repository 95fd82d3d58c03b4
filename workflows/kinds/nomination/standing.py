"""What must stand clear of a nomination before a later stage can finish (domain §8.1, §8.2 rule 4)."""

from contracts.commands.case import CompleteTask
from contracts.refusals import RefusalCode
from workflows.kinds.nomination.case import Work
from workflows.procedure.case import Task
from workflows.rules.forms import read
from workflows.rules.readings import Readings, all_clear
from workflows.rules.verdict import Refused


def nothing_open(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """No hit waits for its ruling: until then no later stage finishes."""
    if draft.case.open_hits():
        return Refused(RefusalCode.HIT_OPEN, "a negative fact is being ruled on; this waits for the ruling")
    return None


def states_read(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Every state of the negative list was read again since this was asked, and is clear."""
    form = read(command.form, Readings)
    if isinstance(form, Refused):
        return form
    return all_clear(form.readings, draft.policy.negative_list, task.opened, draft.now)
