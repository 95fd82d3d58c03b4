"""Events of made-up cases: sealed, numbered and chained in whole steps as the worker does it, for every rig."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contracts.actor import SYSTEM, Signer
from contracts.base import NO_DIGEST
from contracts.canonical import envelope_digest
from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.names import event_id, timer_id
from contracts.sealed import Sealed
from contracts.settling import EventDraft
from contracts.whose import owners
from services.kit.peoplekeys import PersonKeyMaker
from services.kit.sealing import Keyring, seal
from tests.peoplekeys import Everybody

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """What all events of a case say of it."""

    case_id: str
    kind: str = "nomination"
    parent: str = "b1"
    district: str = "d1"
    policy: str = "2026.1"


@dataclass(frozen=True)
class Asked:
    """Who asked for a step, and when. Without a command id it is what time brings about."""

    actor: Signer = SYSTEM
    command_id: str = ""
    claim: Claim | None = None
    at: datetime = AT


def draft(event: Event, person: str = "") -> EventDraft:
    """The event as a rule makes it, in a case that is about this person."""
    private = event.personal()
    whose = owners(event, (person,) if person else ()) if private else ()
    return EventDraft(
        type=event.type, version=event.version, payload=event.plain(), private=private, owners=whose
    )


def step(
    case: Case,
    drafts: Sequence[EventDraft],
    asked: Asked,
    keyring: Keyring | None = None,
    *,
    first: int = 1,
    previous: str = NO_DIGEST,
) -> list[Envelope]:
    """The envelopes of a whole step that begins at `first`, behind the event of that digest."""
    events: list[Envelope] = []
    for sequence, one in enumerate(drafts, start=first):
        ident = event_id(case.case_id, sequence)
        envelope = Envelope(
            id=ident,
            type=one.type,
            version=one.version,
            kind=case.kind,
            case_id=case.case_id,
            parent=case.parent,
            district=case.district,
            sequence=sequence,
            step=first,
            until=first + len(drafts) - 1,
            previous=previous,
            at=asked.at,
            actor=asked.actor,
            command_id=asked.command_id or timer_id(case.case_id, first - 1),
            claim=asked.claim if sequence == first else None,
            policy=case.policy,
            payload=one.payload,
            sealed=_sealed(one, ident, keyring),
        )
        previous = envelope_digest(envelope)
        events.append(envelope)
    return events


def _sealed(one: EventDraft, ident: str, keyring: Keyring | None) -> Sealed | None:
    if one.private is None:
        return None
    assert keyring is not None, "what is personal is sealed under some key"
    return seal(one.private, ident, keyring, one.owners)


class Story:
    """One case. `then` adds its next step; everything is kept in `events`, in order."""

    def __init__(
        self, case_id: str, keyring: Keyring, people: PersonKeyMaker | None = None, **about: str
    ) -> None:
        """`about`: what else the events say of the case, as in Case. `people`: who makes a key for everybody in it."""
        self._people = people or Everybody()
        self._person = ""
        self.case = Case(case_id, **about)
        self.events: list[Envelope] = []
        self._keyring = keyring

    def then(self, *events: Event, asked: Asked | None = None) -> list[Envelope]:
        """The envelopes of a step of these events; a minute after the one before unless it is told when."""
        self._person = self._person or getattr(events[0], "person_id", None) or ""
        return self._add([draft(event, self._person) for event in events], asked)

    def each(self, *events: Event) -> list[Envelope]:
        """The envelopes of these events, each a step of its own."""
        return [envelope for event in events for envelope in self.then(event)]

    def unreadable(self, event_type: str = "case-praised", version: int = 1) -> Envelope:
        """The next event, of a type that nobody here knows."""
        return self._add([EventDraft(type=event_type, version=version, payload={})], None)[0]

    def _add(self, drafts: list[EventDraft], asked: Asked | None) -> list[Envelope]:
        first = len(self.events) + 1
        self._people.make(owner for one in drafts for owner in one.owners)
        previous = envelope_digest(self.events[-1]) if self.events else NO_DIGEST
        by = asked or Asked(at=AT + timedelta(minutes=first))
        added = step(self.case, drafts, by, self._keyring, first=first, previous=previous)
        self.events += added
        return added
