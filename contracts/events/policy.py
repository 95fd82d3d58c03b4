"""What happens to what is proposed for the policy, and to batches and cases to which a rule of transition applies."""

from typing import ClassVar

from contracts.base import Digest, OpaqueId
from contracts.events.base import Audience, Event
from contracts.transition import Applied, Transition


class PolicyProposed(Event):
    """A version is laid before another person under the digest of its bytes, or a rule of transition with its own."""

    type: ClassVar[str] = "policy-proposed"
    policy_version: str
    version_digest: Digest
    author: OpaqueId
    transition: Transition | None = None
    content_digest: Digest


class PolicyReleased(Event):
    """Two people stand behind the version: batches may be opened under it, as long as its bytes are these."""

    type: ClassVar[str] = "policy-released"
    decides: ClassVar[bool] = True
    policy_version: str
    version_digest: Digest


class TransitionApproved(Event):
    """Two people stand behind the rule of transition: the batches are told."""

    type: ClassVar[str] = "transition-approved"
    decides: ClassVar[bool] = True
    policy_version: str
    version_digest: Digest
    transition: Transition


class TransitionTaken(Event):
    """The batch keeps its version, and its cases before ST10, and those that come, are decided by another."""

    type: ClassVar[str] = "transition-taken"
    applied: Applied


class TransitionApplied(Event):
    """The rule of transition reached a case that the departments were asked about: some are asked once more.

    One that had ended, and that a granted re-check may reopen, takes it up then.
    """

    type: ClassVar[str] = "transition-applied"
    audience: ClassVar[Audience] = Audience.TEAM
    applied: Applied


EVENTS: tuple[type[Event], ...] = (
    PolicyProposed,
    PolicyReleased,
    TransitionApproved,
    TransitionTaken,
    TransitionApplied,
)
