"""The envelope in which every event travels, and the receipt that the record answers with."""

from pydantic import Field

from contracts.actor import Signer
from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.sealed import Sealed


class Envelope(Contract):
    """One event of one case. Plain fields hold no personal data; `sealed` holds all of it.

    `sequence` runs 1, 2, 3 ... per case without a gap; `previous` is the digest of the event before (D4).
    """

    id: OpaqueId
    type: str
    version: int = Field(ge=1)
    case_id: OpaqueId
    batch_id: OpaqueId
    district: OpaqueId
    sequence: int = Field(ge=1)
    previous: Digest
    at: Instant
    actor: Signer
    command_id: OpaqueId
    policy: str
    payload: dict[str, object]
    sealed: Sealed | None = None


class Receipt(Contract):
    """The record's answer: the entry's index (from 0, over all cases) and the digest of the envelope."""

    event_id: OpaqueId
    index: int = Field(ge=0)
    digest: Digest


class Refusal(Contract):
    """The record's answer to an envelope that it does not take, with the reason."""

    event_id: OpaqueId
    code: str
    detail: str
    expected_sequence: int | None = None


class EventDraft(Contract):
    """An event as the workflow hands it to the `record` activity: numbered, not yet sealed or chained."""

    sequence: int = Field(ge=1)
    type: str
    version: int = Field(ge=1)
    at: Instant
    actor: Signer
    command_id: OpaqueId
    payload: dict[str, object]
    private: dict[str, object] | None = None


class RecordRequest(Contract):
    """Events of one step of one case, in order, and the digest of the event before the first."""

    case_id: OpaqueId
    batch_id: OpaqueId
    district: OpaqueId
    policy: str
    previous: Digest
    events: tuple[EventDraft, ...] = Field(min_length=1)


class RecordResult(Contract):
    """Receipts in the order of the request's events."""

    receipts: tuple[Receipt, ...]
