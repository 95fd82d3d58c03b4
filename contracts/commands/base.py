"""The base of every command: a wire name, who asks, and what of it the claim covers."""

from typing import Any, TypeVar

from contracts.actor import Actor
from contracts.base import Contract, Digest, OpaqueId
from contracts.canonical import digest_of
from contracts.claim import Claim

C = TypeVar("C", bound="Command")


class Command(Contract):
    """One thing that is asked of one case.

    Each class fixes `act`, by which a reader tells it from the others. `place` is how far the case was on the
    record when the asker looked at it; it is no part of what is asked.
    """

    act: str
    claim: Claim
    place: int = 0

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.claim.actor

    @property
    def command_id(self) -> OpaqueId:
        """The idempotency key, as the record knows it."""
        return self.claim.command_id

    @property
    def body_digest(self) -> Digest:
        """Tells a repeat from another body under the same key."""
        return self.claim.body_digest

    @property
    def target(self) -> OpaqueId:
        """The case that is to decide."""
        return self.claim.target

    @property
    def sender(self) -> OpaqueId | None:
        """The case that asks it, where the command names that case: nobody else's errand may say it (D17)."""
        return None

    def asked(self) -> dict[str, Any]:
        """What is asked, without who asks it."""
        return self.model_dump(mode="json", exclude={"claim", "place"})

    def claimed_as(self: C, claim: Claim) -> C:
        """The same command under this claim, with the digest of what it asks; still to be signed."""
        covered = {"act": self.act, "body_digest": digest_of(self.asked())}
        filled = claim.model_copy(update=covered)
        return self.model_copy(update={"claim": filled})

    def fits_its_claim(self) -> bool:
        """Whether the claim covers what the command asks. Whether the claim is genuine only its signature says."""
        return self.claim.act == self.act and digest_of(self.asked()) == self.claim.body_digest


class Accepted(Contract):
    """What every accepted command answers: the case's sequence after it, and the record's index of its last event.

    It is answered only after the record holds all its events (D2).
    """

    case_id: OpaqueId
    sequence: int
    index: int
