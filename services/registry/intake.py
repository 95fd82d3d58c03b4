"""Judge a batch of events against the record, pure: which are recorded, which are answered with a refusal."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from contracts.base import Digest
from contracts.envelope import Envelope, Refusal
from contracts.names import event_id
from services.registry.ledger import ACCEPTED, DUPLICATE, Conflict, Entry, Gap, Tip, check_next, entry_hash

UNREADABLE = "unreadable"
UNKNOWN = "unknown-event"
GAP = "gap"
"""Code of the refusal for an event whose predecessor is not recorded: to be published again, in order."""


# Tuples, because they are made for every event: a frozen dataclass costs three times as much.
class Parcel(NamedTuple):
    """An event as it came, and as it is recorded: its canonical body and the digest over it."""

    subject: str
    raw: bytes
    arrived: datetime
    envelope: Envelope
    at: str
    digest: Digest
    body: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the record stands: how many entries, and the last one's hash."""

    count: int
    entry_hash: Digest


class Recorded(NamedTuple):
    """Where an event is in the record: what its receipt says."""

    event_id: str
    entry_index: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that the record does not take. `mark` is the same for the same message refused again."""

    mark: str
    code: str
    detail: str
    event_id: str | None
    subject: str
    body: bytes
    parked_at: datetime


def unreadable(subject: str, raw: bytes, arrived: datetime, refusal: Refusal | None, detail: str) -> Parked:
    """What is kept of a message that is no event we know; `refusal` when it at least names its event."""
    code = UNREADABLE if refusal is None else refusal.code
    event = None if refusal is None else refusal.event_id
    return Parked(_mark(code, raw), code, detail, event, subject, raw, arrived)


def parked(parcel: Parcel, refusal: Refusal) -> Parked:
    """What is kept of an event that was refused."""
    mark = _mark(refusal.code, parcel.raw)
    return Parked(
        mark, refusal.code, refusal.detail, refusal.event_id, parcel.subject, parcel.raw, parcel.arrived
    )


def _mark(code: str, raw: bytes) -> str:
    return hashlib.sha256(code.encode() + b"\x00" + raw).hexdigest()


def needed(parcels: Iterable[Parcel]) -> list[tuple[str, int]]:
    """The cases and sequences whose entries decide: each event's own, and that of the one before it."""
    places: dict[tuple[str, int], None] = {}
    for parcel in parcels:
        case, sequence = parcel.envelope.case_id, parcel.envelope.sequence
        places[case, sequence] = None
        if sequence > 1:
            places[case, sequence - 1] = None
    return list(places)


class Intake:
    """One batch. `recorded` holds, by event id, what `needed` asked for; `entries` grows by what is accepted."""

    def __init__(self, head: Head, recorded: Mapping[str, Recorded]) -> None:
        self._count, self._hash = head.count, head.entry_hash
        self._recorded = dict(recorded)
        self.entries: list[Entry] = []

    def judge_all(self, parcels: list[Parcel]) -> list[Recorded | Refusal]:
        """An answer per parcel, in their order. A refusal for a gap names no expected sequence yet.

        A hole that a later message of the same batch fills is none: redelivery may swap neighbours.
        """
        answers = [self._judge(parcel) for parcel in parcels]
        waiting = [place for place, answer in enumerate(answers) if _is_gap(answer)]
        while waiting:
            for place in waiting:
                answers[place] = self._judge(parcels[place])
            still = [place for place in waiting if _is_gap(answers[place])]
            if len(still) == len(waiting):
                break
            waiting = still
        return answers

    def _judge(self, parcel: Parcel) -> Recorded | Refusal:
        envelope = parcel.envelope
        known = self._recorded.get(envelope.id)
        judgement = check_next(
            self._last(envelope), None if known is None else known.digest, envelope, parcel.digest
        )
        if judgement is ACCEPTED:
            return self._add(parcel, envelope)
        if judgement is DUPLICATE and known is not None:
            return known
        if isinstance(judgement, Gap):
            detail = "an earlier event of the case is not recorded"
            return Refusal(event_id=envelope.id, code=GAP, detail=detail)
        if isinstance(judgement, Conflict):
            return Refusal(event_id=envelope.id, code=judgement.code, detail=judgement.detail)
        raise AssertionError(judgement)

    def _last(self, envelope: Envelope) -> Tip | None:
        before = self._recorded.get(event_id(envelope.case_id, envelope.sequence - 1))
        return None if before is None else Tip(envelope.sequence - 1, before.digest)

    def _add(self, parcel: Parcel, envelope: Envelope) -> Recorded:
        index, digest = self._count, parcel.digest
        self._hash = entry_hash(index, digest, self._hash)
        self._count += 1
        self.entries.append(
            Entry(
                index,
                envelope.id,
                envelope.case_id,
                envelope.sequence,
                envelope.type,
                envelope.version,
                parcel.at,
                envelope.previous,
                digest,
                self._hash,
                parcel.body,
            )
        )
        recorded = self._recorded[envelope.id] = Recorded(envelope.id, index, digest)
        return recorded


def _is_gap(answer: Recorded | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.code == GAP
