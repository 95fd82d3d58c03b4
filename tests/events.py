"""Made-up cases told step by step: events sealed, numbered and chained as the worker does it, for every rig."""

from datetime import UTC, datetime, timedelta

from contracts.actor import SYSTEM, Signer
from contracts.base import NO_DIGEST
from contracts.canonical import envelope_digest
from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.names import event_id, timer_id
from contracts.settling import EventDraft
from services.kit.sealing import Keyring, seal

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Story:
    """One case. `then` adds its next step; everything is kept in `events`, in order."""

    def __init__(
        self,
        case_id: str,
        keyring: Keyring,
        *,
        kind: str = "nomination",
        parent: str = "b1",
        district: str = "d1",
        policy: str = "2026.1",
    ) -> None:
        self.case_id = case_id
        self.kind = kind
        self.parent = parent
        self.district = district
        self.policy = policy
        self.events: list[Envelope] = []
        self._keyring = keyring

    def then(
        self,
        *events: Event,
        actor: Signer = SYSTEM,
        command_id: str | None = None,
        claim: Claim | None = None,
    ) -> list[Envelope]:
        """The envelopes of a step of these events. Without a claim it is what time brought about."""
        return self._step([draft(event) for event in events], actor, command_id, claim)

    def each(self, *events: Event) -> list[Envelope]:
        """The envelopes of these events, each a step of its own."""
        return [envelope for event in events for envelope in self.then(event)]

    def unreadable(self, event_type: str = "case-praised", version: int = 1) -> Envelope:
        """The next event, of a type that nobody here knows."""
        unknown = EventDraft(type=event_type, version=version, payload={})
        return self._step([unknown], SYSTEM, None, None)[0]

    def _step(
        self, drafts: list[EventDraft], actor: Signer, command_id: str | None, claim: Claim | None
    ) -> list[Envelope]:
        first, until = len(self.events) + 1, len(self.events) + len(drafts)
        asked = claim.command_id if claim else timer_id(self.case_id, first - 1)
        for sequence, one in enumerate(drafts, start=first):
            ident = event_id(self.case_id, sequence)
            envelope = Envelope(
                id=ident,
                type=one.type,
                version=one.version,
                kind=self.kind,
                case_id=self.case_id,
                parent=self.parent,
                district=self.district,
                sequence=sequence,
                step=first,
                until=until,
                previous=envelope_digest(self.events[-1]) if self.events else NO_DIGEST,
                at=AT + timedelta(minutes=first),
                actor=actor,
                command_id=command_id or asked,
                claim=claim if sequence == first else None,
                policy=self.policy,
                payload=one.payload,
                sealed=None if one.private is None else seal(one.private, ident, self._keyring),
            )
            self.events.append(envelope)
        return self.events[first - 1 :]


def draft(event: Event) -> EventDraft:
    """The event as a rule makes it."""
    return EventDraft(type=event.type, version=event.version, payload=event.plain(), private=event.personal())
