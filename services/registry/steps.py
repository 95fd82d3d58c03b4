"""Read a step as it came: whole, known, fitting, chained, signed and claimed, or else why not. Pure; never raises."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import ValidationError

from contracts import catalogue
from contracts.base import Digest
from contracts.canonical import read_envelope
from contracts.claim import Signature
from contracts.envelope import Envelope
from contracts.names import event_id
from contracts.record import Declined, StepHead
from services.registry.proof import Proof

LARGEST_STEP = 4 * 1024 * 1024
"""Bytes: what was recorded must also fit into an answer that shows it. A roster of a thousand, which is one step with
all that it owes, takes 1.3 million."""

ALIKE = ("kind", "case_id", "parent", "district", "step", "until", "at", "actor", "command_id", "policy")
"""What all events of a step have in common."""


class Event(NamedTuple):
    """An event and what is recorded of it: the digest of its canonical bytes, and these."""

    envelope: Envelope
    digest: Digest
    body: str


class Sender(NamedTuple):
    """Who sent something, as far as it says; None for what it does not say. Nothing of this is proven."""

    key_id: str | None = None
    account_id: str | None = None
    case_id: str | None = None
    command_id: str | None = None


class Submission(NamedTuple):
    """A step that may be recorded if it follows what stands there."""

    sender: Sender
    raw: bytes
    signature: Signature
    events: tuple[Event, ...]

    @property
    def first(self) -> Envelope:
        """The event that carries the claim."""
        return self.events[0].envelope

    @property
    def digest(self) -> Digest:
        """Of the last event: it covers the whole step, and the case's whole past."""
        return self.events[-1].digest


class Unfit(NamedTuple):
    """What is no step that may be recorded, whatever stands there."""

    sender: Sender
    raw: bytes
    declined: Declined


def read(raw: bytes, proof: Proof) -> Submission | Unfit:
    """The step in a message, or why there is none."""
    sender = Sender()
    try:
        if len(raw) > LARGEST_STEP:
            raise ValueError(f"a step may have {LARGEST_STEP} bytes")
        head, *lines = raw.split(b"\n")
        signature = StepHead.model_validate_json(head).signature
        sender = Sender(key_id=signature.key_id)
        if not lines:
            raise ValueError("a step has at least one event")
        events = tuple(_event(line) for line in lines)
    except Exception as error:
        return Unfit(sender, raw, Declined(code="unreadable", detail=_reason(error)))
    first = events[0].envelope
    account = first.actor.account_id if first.claim is None else first.claim.actor.account_id
    sender = Sender(signature.key_id, account, first.case_id, first.command_id)
    declined = (
        _stranger(events)
        or _misshapen(events)
        or proof.step_fault(first, events[-1].digest, signature)
        or proof.claim_fault(first)
    )
    if declined is not None:
        return Unfit(sender, raw, declined)
    return Submission(sender, raw, signature, events)


def _event(line: bytes) -> Event:
    envelope, _, body = read_envelope(line)
    if body != line:
        raise ValueError("an event is not in its canonical form")
    return Event(envelope, hashlib.sha256(body).hexdigest(), body.decode())


def _stranger(events: Sequence[Event]) -> Declined | None:
    for envelope, _, _ in events:
        kind, version = envelope.type, envelope.version
        event = catalogue.of_kind(envelope.kind).get((kind, version))
        if event is None:
            return Declined(
                code="unknown-event", detail=f"no event is called {kind[:60]!r} version {version}"
            )
        fault = catalogue.plain_fault(event, envelope.payload, sealed=envelope.sealed is not None)
        if fault is not None:
            return Declined(code="payload-invalid", detail=f"{kind} v{version}: {fault}")
    return None


def _misshapen(events: Sequence[Event]) -> Declined | None:
    detail = shape_fault([event.envelope for event in events], [event.digest for event in events])
    return None if detail is None else Declined(code="broken-step", detail=detail)


def shape_fault(events: Sequence[Envelope], digests: Sequence[Digest]) -> str | None:
    """What is wrong with events that are to be one whole step; None when nothing is."""
    first = events[0]
    if (first.step, first.until) != (first.sequence, first.sequence + len(events) - 1):
        return "the events are not the whole of their step"
    for number, event in enumerate(events):
        if event.sequence != first.sequence + number:
            return "the events' sequences have a gap or a double"
        if event.id != event_id(event.case_id, event.sequence):
            return "an event's id does not derive from its case and sequence"
        differs = [name for name in ALIKE if getattr(event, name) != getattr(first, name)]
        if differs:
            return f"the events differ in {', '.join(differs)}"
        if number and event.claim is not None:
            return "only the first event of a step carries the claim"
        if number and event.previous != digests[number - 1]:
            return "an event does not follow the one before it"
    return None


def _reason(error: Exception) -> str:
    # Where and why, never what: the offending value may be personal data.
    if isinstance(error, ValidationError):
        faults = error.errors(include_input=False, include_url=False)
        return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in faults[:5])
    return str(error)[:200] if type(error) is ValueError else type(error).__name__
