"""How a case begins: the input of its workflow is the command that opens it."""

from contracts.base import Digest, OpaqueId
from contracts.commands.base import Command
from contracts.policy.model import CalendarYear


class Opening(Command):
    """The input of a workflow. The claim's target is the id of the case that begins."""

    district: OpaqueId = "all"
    policy: str
    policy_digest: Digest
    """The version that decides the case for its whole life, and its bytes: a worker with others does not start it."""


class CaseOpening(Opening):
    """What a case with people and deadlines needs besides: where it belongs, and the calendar years loaded so far."""

    parent: OpaqueId
    """The batch of a nomination; for a removal the case from which it came, or the case itself."""
    calendar_years: tuple[CalendarYear, ...] = ()
