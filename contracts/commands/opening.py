"""How a case begins: the input of its workflow is the command that opens it."""

from typing import Any, Literal

from pydantic import Field

from contracts.base import NO_DIGEST, Contract, Digest, OpaqueId, unsaid
from contracts.case import KindName
from contracts.commands.base import Command
from contracts.policy.model import CalendarYear

AS_RELEASED: Digest = NO_DIGEST
"""Stands for the bytes of a version until they are known (`Opening.as_released`)."""


class Opening(Command):
    """The input of a workflow. The claim's target is the id of the case that begins."""

    district: OpaqueId = "all"
    policy: str
    policy_digest: Digest
    """The version that decides the case for its whole life, and its bytes: a worker with others does not start it."""
    as_released: bool = Field(default=False, exclude_if=unsaid)
    """The version is only named, as by a case that owes an opening under another one than its own: which bytes were
    released says whoever carries the errand, and the claim covers all but these."""

    def asked(self) -> dict[str, Any]:
        """What is asked, without who asks it, and without bytes that nobody named."""
        said = super().asked()
        return {name: one for name, one in said.items() if not (self.as_released and name == "policy_digest")}


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
