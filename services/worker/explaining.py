"""What the rules say about time and about what follows, for those who print a policy and decide nothing."""

from datetime import date, datetime
from typing import NamedTuple

from contracts.policy.model import Calendar, Ladder, Limit
from contracts.vocabulary import Rung
from workflows.kinds.every import KINDS
from workflows.procedure.agreement import Follows, follows
from workflows.rules import deadlines
from workflows.rules.calendar import at_hour, same_date

__all__ = ["Follows", "Plan", "counts_until", "plan", "what_follows"]

HOUR = 9


class Plan(NamedTuple):
    """When a limit ends and when each rung of its ladder fires; no `due` while a year is not published."""

    begins: datetime
    due: datetime | None
    rungs: tuple[tuple[Rung, datetime], ...]


def plan(day: date, limit: Limit, ladder: Ladder | None, calendar: Calendar) -> Plan:
    """How a limit with its ladder runs that begins with an event on the morning of this day."""
    begins = at_hour(day, HOUR, calendar)
    due = deadlines.due(begins, limit, calendar)
    return Plan(begins, due.at, deadlines.rungs(due, limit, ladder, calendar) if ladder else ())


def counts_until(anchor: date, years: int) -> date:
    """The day from which a fact with this anchor and so many years of look-back counts no more."""
    return same_date(anchor, 12 * years)


def what_follows() -> dict[str, dict[str, tuple[Follows, ...]]]:
    """By task and outcome what the code lets follow, over all kinds of case: the codes of tasks are unique."""
    return {task: then for kind in KINDS for task, then in follows(kind).items()}
