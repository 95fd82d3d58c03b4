"""A step as the record takes it: sealed, numbered, chained, signed; and steps as it gives them back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from contracts import names
from contracts.base import Digest
from contracts.canonical import canonical, read_envelope
from contracts.envelope import Envelope
from contracts.record import Place, StepHead
from contracts.sealed import Sealed
from contracts.settling import EventDraft, Proposal, RecordedEvent, RecordedStep, SettleRequest
from services.kit.sealing import Keyring, open_sealed, seal
from services.kit.signing import SigningKey


class BrokenRecordError(RuntimeError):
    """What the record gave back is not what can stand there; the message says where. It is an alarm."""


@dataclass(frozen=True)
class Step:
    """A step ready to be sent, and how it reads once it is recorded."""

    message: bytes
    until: int
    digest: Digest
    _request: SettleRequest
    _events: tuple[RecordedEvent, ...]

    def recorded(self, place: Place) -> RecordedStep:
        """The step at its place. Raises BrokenRecordError when the record names other bytes than were sent."""
        if (place.until, place.digest) != (self.until, self.digest):
            raise BrokenRecordError(f"the record names another step of {self._request.case_id}")
        claim = self._request.claim
        return RecordedStep(
            command_id=self._request.command_id,
            body_digest=None if claim is None else claim.body_digest,
            events=self._events,
            until=place.until,
            index=place.index,
            digest=place.digest,
        )


def make(request: SettleRequest, proposal: Proposal, keyring: Keyring, key: SigningKey) -> Step:
    """The proposed step. The same request gives the same bytes, so that a repeat is known as one."""
    first, until = request.sequence + 1, request.sequence + len(proposal.events)
    bodies: list[bytes] = []
    previous = request.previous
    for sequence, draft in enumerate(proposal.events, start=first):
        claim = request.claim if sequence == first else None
        event_id = names.event_id(request.case_id, sequence)
        envelope = Envelope(
            id=event_id,
            type=draft.type,
            version=draft.version,
            kind=request.kind,
            case_id=request.case_id,
            parent=request.parent,
            district=request.district,
            sequence=sequence,
            step=first,
            until=until,
            previous=previous,
            at=proposal.at,
            actor=proposal.signer,
            command_id=request.command_id,
            claim=claim,
            policy=request.policy,
            payload=draft.payload,
            sealed=_sealed(draft, event_id, keyring),
        )
        body = canonical(envelope)
        previous = sha256(body).hexdigest()
        bodies.append(body)
    head = StepHead(signature=key.sign(previous.encode()))
    message = b"\n".join([head.model_dump_json().encode(), *bodies])
    return Step(
        message, until, previous, request, tuple(_as_recorded(draft, proposal) for draft in proposal.events)
    )


def read(
    case_id: str,
    after: int,
    previous: Digest | None,
    bodies: Sequence[bytes],
    indexes: Sequence[int],
    keyring: Keyring,
) -> tuple[RecordedStep, ...]:
    """The steps in these envelopes, opened; they stand after this sequence, whose event has the digest `previous`.

    `previous` None leaves the first link unchecked. Raises BrokenRecordError when they are not whole steps that
    follow one another, and SealError for what was not sealed for its place.
    """
    if len(bodies) != len(indexes):
        raise BrokenRecordError(
            f"the record gives {len(bodies)} events of {case_id} and {len(indexes)} indexes"
        )
    steps: list[RecordedStep] = []
    group: list[Envelope] = []
    for body, index in zip(bodies, indexes, strict=True):
        envelope, _, canonical_body = read_envelope(body)
        after += 1
        first = group[0] if group else envelope
        fits = (envelope.case_id, envelope.sequence) == (case_id, after)
        fits &= (first.sequence, first.until, first.command_id) == (
            envelope.step,
            envelope.until,
            envelope.command_id,
        )
        if not fits or envelope.previous != (previous or envelope.previous):
            raise BrokenRecordError(f"what the record gives after {case_id}.{after - 1} does not follow it")
        previous = sha256(canonical_body).hexdigest()
        group.append(envelope)
        if envelope.sequence == envelope.until:
            steps.append(_step(group, index, previous, keyring))
            group = []
    if group:
        raise BrokenRecordError(f"the record gives half a step of {case_id}")
    return tuple(steps)


def begins(bodies: Sequence[bytes]) -> int:
    """The sequence of the first of these envelopes. Raises BrokenRecordError when there is none."""
    if not bodies:
        raise BrokenRecordError("the record says that other steps stand there, and gives none")
    return read_envelope(bodies[0])[0].sequence


def _step(group: Sequence[Envelope], index: int, digest: Digest, keyring: Keyring) -> RecordedStep:
    claim = group[0].claim
    return RecordedStep(
        command_id=group[0].command_id,
        body_digest=None if claim is None else claim.body_digest,
        events=tuple(_opened(envelope, keyring) for envelope in group),
        until=group[-1].until,
        index=index,
        digest=digest,
    )


def _opened(envelope: Envelope, keyring: Keyring) -> RecordedEvent:
    sealed = envelope.sealed
    return RecordedEvent(
        type=envelope.type,
        version=envelope.version,
        actor=envelope.actor,
        payload=envelope.payload,
        private=None if sealed is None else open_sealed(sealed, envelope.id, keyring),
    )


def _sealed(draft: EventDraft, event_id: str, keyring: Keyring) -> Sealed | None:
    return None if draft.private is None else seal(draft.private, event_id, keyring, draft.owners)


def _as_recorded(draft: EventDraft, proposal: Proposal) -> RecordedEvent:
    return RecordedEvent(
        type=draft.type,
        version=draft.version,
        actor=proposal.signer,
        payload=draft.payload,
        private=draft.private,
    )
