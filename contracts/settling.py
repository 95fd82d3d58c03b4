"""What a workflow hands to its one activity, and what it gets back: the step as it stands on the record (D2, D15)."""

from pydantic import Field

from contracts.actor import Signer
from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.case import KindName
from contracts.claim import Claim
from contracts.errand import Errand
from contracts.saying import Saying


class Refusal(Contract):
    """A rule's refusal: its code, and the sentence that says what would be right."""

    code: str
    said: Saying


class EventDraft(Contract):
    """An event as a rule made it: not yet numbered, sealed or chained. `private` is None when it has no such part.

    `owners` are those whose own keys the private part is to be sealed under besides.
    """

    type: str
    version: int = Field(ge=1)
    payload: dict[str, object]
    private: dict[str, object] | None = None
    owners: tuple[OpaqueId, ...] = ()


class Proposal(Contract):
    """What the rules make of a command: events, none when nothing changes, or a refusal.

    `wake_at` is when the case, after this proposal, next does something by itself.
    """

    events: tuple[EventDraft, ...] = ()
    signer: Signer
    at: Instant
    refused: Refusal | None = None
    wake_at: Instant | None = None


class SettleRequest(Contract):
    """Settle this proposal at this place of the case.

    `proposal` None asks only what stands on the record after the place: the workflow looks, or is replaying and
    has none to make. `claim` is that of the command; `content_digest` covers what the command asks and is held
    against the claim.
    """

    kind: KindName
    case_id: OpaqueId
    parent: OpaqueId
    district: OpaqueId
    policy: str
    sequence: int = Field(ge=0)
    previous: Digest
    command_id: OpaqueId
    act: str
    claim: Claim | None = None
    content_digest: Digest | None = None
    proposal: Proposal | None = None


class RecordedEvent(Contract):
    """An event as it stands on the record, opened."""

    type: str
    version: int
    actor: Signer
    payload: dict[str, object]
    private: dict[str, object] | None = None


class RecordedStep(Contract):
    """A step as it stands on the record: what was asked, and the events, with the place of the last."""

    command_id: OpaqueId
    body_digest: Digest | None
    """Of the claim; None for what time brought about."""
    events: tuple[RecordedEvent, ...]
    until: int
    index: int
    digest: Digest


class Settled(Contract):
    """What came of it. `steps` stand on the record after the request's place, oldest first: fold them.

    `again`: the proposal was not looked at, because steps stand there that the workflow did not know, or because
    it had none to make; propose again on the new state. Otherwise `refused` or the last of `steps` is the answer;
    with neither, nothing changed. `wake_at` is the proposal's, kept in history so that sleeping asks no rule (D15).
    """

    steps: tuple[RecordedStep, ...] = ()
    refused: Refusal | None = None
    again: bool = False
    wake_at: Instant | None = None


class CarryRequest(Contract):
    """Carry this errand of this case."""

    case_id: OpaqueId
    errand: Errand
