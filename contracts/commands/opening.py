"""How a case begins: the input of its workflow is the command that opens it."""

from typing import Literal

from contracts.base import NO_DIGEST, Contract, Digest, OpaqueId
from contracts.case import KindName
from contracts.commands.base import Command
from contracts.policy.model import CalendarYear

AS_RELEASED: Digest = NO_DIGEST
"""Stands for the bytes of a version that a case can only name when it owes an opening under it: whoever carries the
errand says which bytes were released.
"""


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


class Resume(Contract):
    """The other input of a workflow: the case has begun, and stands on the record. Take it up from there (D2).

    Nobody asks for it and nothing is decided by it: all that it says stands in every envelope of the case.
    """

    act: Literal["resume"] = "resume"
    kind: KindName
    case_id: OpaqueId
    parent: OpaqueId
    district: OpaqueId
    policy: str
    policy_digest: Digest

    @property
    def target(self) -> OpaqueId:
        """The case, as an opening names it."""
        return self.case_id
