"""The rules of the record, pure: what may come next, how entries are chained, whether a chain holds.

Two chains run through the record. Each event carries the digest of the event before it in its case, so no
event of a case can be dropped or moved. Each entry's hash covers its index, its event's digest and the hash
of the entry before, over all cases, so no entry can be dropped or moved either. What no chain shows is that
its end was cut off: for that the head must be kept elsewhere and compared. An entry's digest is also what a
leaf of a Merkle tree over the record commits to.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from contracts.base import NO_DIGEST, Digest
from contracts.envelope import Envelope
from contracts.names import event_id

_ENTRY = b"qingxuan entry v1\x00"

COLUMNS = ("event_id", "case_id", "sequence", "type", "version", "at", "previous")
"""What a stored entry repeats of its event, to be searched by."""

_SAID = {"event_id": "id"}


class Tip(NamedTuple):
    """Where a case stands in the record: its last event's sequence and digest."""

    sequence: int
    digest: Digest


class Entry(NamedTuple):
    """One line of the record, its fields in the order of the table's columns."""

    entry_index: int
    event_id: str
    case_id: str
    sequence: int
    type: str
    version: int
    at: str
    previous: Digest
    digest: Digest
    entry_hash: Digest
    body: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The event is the case's next one."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The very same event is recorded already."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An earlier event of the case is missing; `expected` is the first one."""

    expected: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """The event contradicts what is recorded: somebody has two histories of the case."""

    code: str
    detail: str


Judgement = Accepted | Duplicate | Gap | Conflict

ACCEPTED = Accepted()
DUPLICATE = Duplicate()


def check_next(last: Tip | None, recorded: Digest | None, envelope: Envelope, digest: Digest) -> Judgement:
    """Whether `envelope` may be recorded now.

    `last` is the case's last recorded event, None before the first; `recorded` is the digest under which this
    event's id is in the record, None when it is not.
    """
    if envelope.id != event_id(envelope.case_id, envelope.sequence):
        return Conflict("wrong-event-id", "the event's id does not derive from its case and sequence")
    if recorded is not None:
        if recorded == digest:
            return DUPLICATE
        return Conflict("other-content", "this event is recorded with other content")
    expected = 1 if last is None else last.sequence + 1
    if envelope.sequence > expected:
        return Gap(expected)
    if envelope.sequence < expected:
        return Conflict("sequence-taken", f"the case stands at {expected - 1} already")
    if envelope.previous != (NO_DIGEST if last is None else last.digest):
        return Conflict("other-past", "the event does not follow the last recorded event of its case")
    return ACCEPTED


def digest_of_body(body: bytes) -> Digest:
    """The digest of an envelope in its canonical form."""
    return hashlib.sha256(body).hexdigest()


def entry_hash(index: int, digest: Digest, previous_entry: Digest) -> Digest:
    """The hash that chains an entry to the one before; before the first stands NO_DIGEST."""
    parts = _ENTRY + index.to_bytes(8, "big") + bytes.fromhex(digest) + bytes.fromhex(previous_entry)
    return hashlib.sha256(parts).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """Every entry was hashed again and holds; `head` is the last entry's hash."""

    count: int
    head: Digest


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why. `index` is where it stands or should stand."""

    index: int
    case_id: str
    reason: str


def verify(entries: Iterable[Entry]) -> Verified | Broken:
    """Walk the whole record in order of index and recompute everything that can be recomputed."""
    checker = Checker()
    for entry in entries:
        broken = checker.check(entry)
        if broken is not None:
            return broken
    return checker.verified()


class Checker:
    """Verification one entry at a time, for a record that is read in pages."""

    def __init__(self) -> None:
        self._count = 0
        self._head: Digest = NO_DIGEST
        self._tips: dict[str, Tip] = {}

    def verified(self) -> Verified:
        """The result so far."""
        return Verified(self._count, self._head)

    def check(self, entry: Entry) -> Broken | None:
        """None when the entry holds in its place; what is wrong otherwise."""
        reason = self._fault(entry)
        if reason is not None:
            index = min(self._count, entry.entry_index)
            return Broken(index, entry.case_id, reason)
        self._count += 1
        self._head = entry.entry_hash
        self._tips[entry.case_id] = Tip(entry.sequence, entry.digest)
        return None

    def _fault(self, entry: Entry) -> str | None:
        if entry.entry_index != self._count:
            return f"entry {self._count} is missing, entry {entry.entry_index} stands in its place"
        if digest_of_body(entry.body.encode()) != entry.digest:
            return "the stored event does not have the stored digest"
        if entry_hash(entry.entry_index, entry.digest, self._head) != entry.entry_hash:
            return "the entry's hash does not follow from its digest and the entry before"
        try:
            envelope = Envelope.model_validate_json(entry.body)
            said = json.loads(entry.body)
        except ValueError:
            return "the stored event cannot be read"
        for column in COLUMNS:
            stored = getattr(entry, column)
            if stored != said[_SAID.get(column, column)]:
                return f"column {column} says {stored!r}, the event says {said[_SAID.get(column, column)]!r}"
        judgement = check_next(self._tips.get(entry.case_id), None, envelope, entry.digest)
        match judgement:
            case Gap(expected):
                return f"event {expected} of the case is missing before {entry.sequence}"
            case Conflict(_, detail):
                return detail
        return None
