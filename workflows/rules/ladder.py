"""When each rung of a task's ladder fires (domain §8.1, D7)."""

from datetime import datetime

from contracts.policy.model import Policy
from contracts.vocabulary import Rung
from workflows.rules import deadlines
from workflows.rules.case import Case, Task, calendar_of
from workflows.rules.deadlines import Due


def rungs_of(task: Task, case: Case, policy: Policy) -> tuple[tuple[Rung, datetime], ...]:
    """Instants at which the task's rungs fire, earliest first; those before its opening never fire.

    Empty while the deadline is provisional: nothing overdue may fire on an unpublished calendar (§8.0, rule 5).
    A deadline that the joint conference extended for the last time also expires.
    """
    kind = policy.task(task.kind)
    if task.due is None or task.provisional or kind.limit is None or kind.ladder is None:
        return ()
    due = Due(at=task.due, provisional=False, counted=(), skipped=())
    planned = deadlines.rungs(
        due, policy.limits[kind.limit], policy.ladders[kind.ladder], calendar_of(case, policy)
    )
    if task.final:
        planned = (*(step for step in planned if step[0] is not Rung.CONFERENCE), (Rung.EXPIRED, task.due))
    coming = (step for step in planned if step[1] >= task.opened)
    return tuple(sorted(coming, key=lambda step: step[1]))
