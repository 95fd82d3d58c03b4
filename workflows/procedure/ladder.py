"""When each rung of a task's ladder fires (domain §8.1, D7)."""

from datetime import datetime
from typing import TypeAlias

from contracts.policy.model import Calendar, Policy
from contracts.vocabulary import Rung
from workflows.rules import deadlines
from workflows.rules.deadlines import Due

Rungs: TypeAlias = tuple[tuple[Rung, datetime], ...]


def rungs_of(code: str, due: Due, opened: datetime, final: bool, policy: Policy, calendar: Calendar) -> Rungs:
    """Instants at which the rungs of a task of this code fire, earliest first; none before its opening.

    Empty while the deadline is provisional: nothing overdue may fire on an unpublished calendar (§8.0, rule 5).
    A deadline that the joint conference extended for the last time (`final`) also expires.
    """
    kind = policy.task(code)
    if due.at is None or due.provisional or kind.limit is None or kind.ladder is None:
        return ()
    planned = deadlines.rungs(due, policy.limits[kind.limit], policy.ladders[kind.ladder], calendar)
    if final:
        planned = (*(step for step in planned if step[0] is not Rung.CONFERENCE), (Rung.EXPIRED, due.at))
    return tuple(sorted((step for step in planned if step[1] >= opened), key=lambda step: step[1]))
