"""The envelope in which every recorded event travels."""

from pydantic import Field

from contracts.actor import Signer
from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.case import KindName
from contracts.claim import Claim
from contracts.sealed import Sealed


class Envelope(Contract):
    """One event of one case. Plain fields hold no personal data; `sealed` holds all of it.

    `sequence` runs 1, 2, 3 ... per case without a gap; `previous` is the digest of the event before. The events
    of one step stand side by side: `step` is the sequence of its first and `until` that of its last. The first
    carries the claim of whoever asked for the step; time asks by itself and has none.
    """

    id: OpaqueId
    type: str
    version: int = Field(ge=1)
    kind: KindName
    case_id: OpaqueId
    parent: OpaqueId
    """The case to which this one belongs: the batch of a nomination; of a batch, and of a case on its own, itself."""
    district: OpaqueId
    sequence: int = Field(ge=1)
    step: int = Field(ge=1)
    until: int = Field(ge=1)
    previous: Digest
    at: Instant
    actor: Signer
    command_id: OpaqueId
    claim: Claim | None = None
    policy: str
    payload: dict[str, object]
    sealed: Sealed | None = None
