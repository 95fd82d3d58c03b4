"""Where nobody is left to act the level above names somebody: which task waits for that."""

from contracts.case import number_in, waited_for
from workflows.procedure.case import NAMING, Case, Task
from workflows.procedure.hands import CONFLICT


def waiting_for(case: Case, deciding: Task) -> str:
    """The name of the task that somebody decides on or is named for; empty where it is about none."""
    return waited_for(deciding.about) or case.doubt(number_in(CONFLICT, deciding.about)).task_id


def named_for(case: Case, tasks: list[Task]) -> list[Task]:
    """The tasks in which somebody is to be named for one of these."""
    ids = {task.id for task in tasks}
    return [one for one in case.open_tasks(NAMING) if waiting_for(case, one) in ids]
