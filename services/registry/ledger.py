"""The rules of the record, pure: how entries are chained, and whether a record holds.

Two chains run through the record. Each event carries the digest of the event before it in its case, so no event of a
case can be dropped or moved. Each entry's hash covers its index, its event's digest and the hash of the entry before,
over all cases, so no entry can be dropped or moved either. What no chain shows is that its end was cut off: for that
the head must be kept elsewhere and compared.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from contracts.base import NO_DIGEST, Digest
from contracts.claim import Signature
from contracts.envelope import Envelope
from contracts.record import Declined, entry_hash
from services.registry import owed
from services.registry.steps import shape_fault

COLUMNS = ("case_id", "sequence", "kind", "type", "version")
"""What a stored entry repeats of its event, to be searched by."""


class Entry(NamedTuple):
    """One line of the record, its fields in the order of the table's columns."""

    entry_index: int
    case_id: str
    sequence: int
    kind: str
    type: str
    version: int
    digest: Digest
    entry_hash: Digest
    body: str


class StepMark(NamedTuple):
    """Beside the entries of a step: from where to where it goes, and who signed it. In the order of the columns."""

    case_id: str
    until: int
    first: int
    command_id: str
    key_id: str
    signature: str


class Line(NamedTuple):
    """An entry as it is read; with the mark of the step that ends there, if one does."""

    entry: Entry
    mark: StepMark | None


@dataclass(frozen=True, slots=True)
class Verified:
    """Every entry was hashed again and holds; `head` is the last entry's hash; `proven`: signatures, too."""

    count: int
    head: Digest
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why. `index` is where it stands or should stand."""

    index: int
    case_id: str
    reason: str


class Proving(Protocol):
    """Who must have signed a step and asked for it."""

    def step_fault(self, first: Envelope, digest: str, signature: Signature) -> Declined | None:
        """Why the step from this event to the one with this digest is not signed by who makes such; None if it is."""

    def claim_fault(self, first: Envelope) -> Declined | None:
        """Why nobody asked for the step that begins with this event; None when somebody did."""


def verify(lines: Iterable[Line], proof: Proving | None = None) -> Verified | Broken:
    """Walk the whole record in order of index and recompute everything that can be recomputed."""
    checker = Checker(proof)
    for line in lines:
        broken = checker.check(line)
        if broken is not None:
            return broken
    return checker.result()


class Checker:
    """Verification one entry at a time, for a record that is read in pages."""

    def __init__(self, proof: Proving | None = None) -> None:
        """`proof`: hold signatures and claims against the public keys as well."""
        self._proof = proof
        self._count = 0
        self._head: Digest = NO_DIGEST
        self._tips: dict[str, tuple[int, Digest]] = {}
        self._commands: set[str] = set()
        self._owed: dict[owed.Errand, owed.Promised] = {}
        self._open: list[tuple[Envelope, Digest]] = []

    def result(self) -> Verified | Broken:
        """The result after the last entry."""
        if self._open:
            return Broken(self._count, self._open[0][0].case_id, "the last step is cut off")
        return Verified(self._count, self._head, self._proof is not None)

    def check(self, line: Line) -> Broken | None:
        """None when the entry holds in its place; what is wrong otherwise."""
        entry = line.entry
        reason = self._chain_fault(entry) or self._fault(line)
        if reason is not None:
            return Broken(min(self._count, entry.entry_index), entry.case_id, reason)
        self._count += 1
        self._head = entry.entry_hash
        self._tips[entry.case_id] = (entry.sequence, entry.digest)
        return None

    def _chain_fault(self, entry: Entry) -> str | None:
        if entry.entry_index != self._count:
            return f"entry {self._count} is missing, entry {entry.entry_index} stands in its place"
        if hashlib.sha256(entry.body.encode()).hexdigest() != entry.digest:
            return "the stored event does not have the stored digest"
        if entry_hash(entry.entry_index, entry.digest, self._head) != entry.entry_hash:
            return "the entry's hash does not follow from its digest and the entry before"
        return None

    def _fault(self, line: Line) -> str | None:
        entry = line.entry
        try:
            envelope = Envelope.model_validate_json(entry.body)
        except ValueError:
            return "the stored event cannot be read"
        for column in COLUMNS:
            stored, said = getattr(entry, column), getattr(envelope, column)
            if stored != said:
                return f"column {column} says {stored!r}, the event says {said!r}"
        last, digest = self._tips.get(entry.case_id, (0, NO_DIGEST))
        if envelope.sequence != last + 1:
            return f"event {last + 1} of the case is missing before {envelope.sequence}"
        if envelope.previous != digest:
            return "the event does not follow the last recorded event of its case"
        found = owed.owed(envelope)
        self._owed |= [] if found is None else [found]
        return self._step_fault(envelope, entry.digest, line.mark)

    def _step_fault(self, envelope: Envelope, digest: Digest, mark: StepMark | None) -> str | None:
        self._open.append((envelope, digest))
        first = self._open[0][0]
        if (envelope.case_id, envelope.step) != (first.case_id, first.sequence):
            return "a step is cut off before this entry"
        if envelope.sequence < first.until:
            return None if mark is None else "a step is marked as ending in the middle of another"
        step, self._open = self._open, []
        fault = shape_fault([one for one, _ in step], [one for _, one in step])
        if fault is not None:
            return fault
        told = (first.case_id, first.until, first.step, first.command_id)
        if mark is None or mark[:4] != told:
            return "the step is not marked as what its events say"
        if first.command_id in self._commands:
            return "the step's command id was used before"
        self._commands.add(first.command_id)
        return owed.fault(first.claim, self._owed) or self._proof_fault(first, digest, mark)

    def _proof_fault(self, first: Envelope, digest: Digest, mark: StepMark) -> str | None:
        if self._proof is None:
            return None
        signature = Signature(key_id=mark.key_id, value=mark.signature)
        declined = self._proof.step_fault(first, digest, signature) or self._proof.claim_fault(first)
        return None if declined is None else declined.detail
