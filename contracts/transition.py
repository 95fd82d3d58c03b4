"""A rule of transition (SC-11): a version that is to decide cases of batches that were opened under another."""

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId


class Transition(Contract):
    """Apply a version to the cases of these batches that are before ST10, and ask again for these items.

    Cases that the departments have been asked about are asked once more, of `items` alone: the items of the negative
    list that the version adds, or measures otherwise than the batch's own.
    """

    batches: tuple[OpaqueId, ...] = Field(min_length=1)
    items: tuple[str, ...]


class Applied(Contract):
    """A rule of transition as a batch and its cases know it; `transition` is the case that approved it."""

    policy: str
    policy_digest: Digest
    transition: OpaqueId
    items: tuple[str, ...]


class Announced(Contract):
    """A version by which sitting members are measured from their next annual re-evaluation on."""

    policy: str
    policy_digest: Digest
