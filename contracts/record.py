"""How a case speaks with the record: it sends a whole step, signed, and is told what stands on the record (D2, D4).

A message is lines of JSON: first the head, then one canonical envelope a line. Canonical JSON holds no line end.
"""

import hashlib
from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId
from contracts.claim import Signature

STEP_PURPOSE = b"qingxuan step v1\x00"
CLAIM_PURPOSE = b"qingxuan claim v1\x00"
ERRAND_PURPOSE = b"qingxuan errand v1\x00"
ENTRY_PURPOSE = b"qingxuan entries v1\x00"
JOURNAL_PURPOSE = b"qingxuan journal v1\x00"
"""What a signature is for stands before what it covers, so that none serves for anything else."""

_ENTRY = b"qingxuan entry v1\x00"


class StepHead(Contract):
    """The first line of a step: the maker's signature over its purpose and the digest of the step's last event. The
    worker makes the steps of cases (STEP_PURPOSE), the officers' service those of its journal (JOURNAL_PURPOSE).

    Each event names the digest of the one before, so this covers the whole step and the whole past of the case.
    """

    signature: Signature


class Place(Contract):
    """Where a step stands: its last event's sequence, index and digest."""

    until: int = Field(ge=1)
    index: int = Field(ge=0)
    digest: Digest


class Recorded(Contract):
    """The step is on the record, by this request or by an earlier one that was the same byte for byte."""

    answer: Literal["recorded"] = "recorded"
    place: Place


class Standing(Contract):
    """Other steps stand at the place: their envelopes follow, one a line, oldest first, whole steps only.

    `indexes` are their indexes. None follow when nothing stands there.
    """

    answer: Literal["standing"] = "standing"
    indexes: tuple[int, ...]


class Declined(Contract):
    """The record does not take the step, and keeps the attempt. `code` is one of RECORD_REFUSALS."""

    answer: Literal["declined"] = "declined"
    code: str
    detail: str


RecordAnswer: TypeAlias = Recorded | Standing | Declined


class Look(Contract):
    """What stands on the record of a case after this sequence?"""

    case_id: OpaqueId
    after: int = Field(ge=0)


class Attempt(Contract):
    """An act that a service refused because nobody proved to ask for it: who sent it, as far as it says, and why."""

    service: str
    target: OpaqueId
    command_id: OpaqueId
    act: str
    code: str
    detail: str


RECORD_REFUSALS = (
    "unreadable",
    "unknown-event",
    "payload-invalid",
    "broken-step",
    "unsigned-step",
    "claim-missing",
    "claim-invalid",
    "claim-elsewhere",
    "other-actor",
    "key-reused",
    "gap",
    "other-past",
    "not-owed",
)
"""Why the record declines a step. Each is an alarm but `key-reused`, which a person can bring about."""


def entry_hash(index: int, digest: Digest, previous_entry: Digest) -> Digest:
    """The hash that chains an entry of the record to the one before; before the first stands NO_DIGEST."""
    parts = _ENTRY + index.to_bytes(8, "big") + bytes.fromhex(digest) + bytes.fromhex(previous_entry)
    return hashlib.sha256(parts).hexdigest()
