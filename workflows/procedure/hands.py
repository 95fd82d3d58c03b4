"""What a case keeps of the people around it: who acted beside its tasks, who stands in, who may have a conflict."""

from contracts.base import Contract
from contracts.events.conflict import Conflict

CONFLICT = "conflict"
"""Stands in a task's `about` before the number of a conflict of interest."""


class Hand(Contract):
    """Somebody acted on the case beside its tasks: in this role, by what the event of this type says."""

    person: str
    role: str
    event: str
    matter: str = ""
    """What tells the act from others of its type."""
    void: bool = False
    """The person should not have acted: a conflict was found later (SOD-08)."""


class StandIn(Contract):
    """Whom the level above named to act in a role, of a unit or none, on this case (SOD-07)."""

    role: str
    unit: str
    person: str


class Doubt(Contract):
    """A conflict of interest that was declared, or reported of somebody, and what is known of it."""

    number: int
    person: str
    task_id: str = ""
    """The task from which the person stepped back; empty when somebody else reported it."""
    bars: bool
    """Whether the person is kept from the case, for the time being or for good."""
    settled: bool
    """Whether that is final, so that what rests on the person's acts is done again."""
    said: Conflict | None = None
    """What somebody else said of it: told on when whoever is above has decided that it is so."""
