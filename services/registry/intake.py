"""Judge steps against what stands on the record, pure: which are recorded, what is answered to the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from contracts.base import NO_DIGEST, Digest
from contracts.record import Declined, Place, Recorded, entry_hash
from services.registry import owed
from services.registry.ledger import Entry, StepMark
from services.registry.steps import Submission


class Head(NamedTuple):
    """Where the record stands: how many entries, and the last one's hash."""

    length: int
    entry_hash: Digest


class Tip(NamedTuple):
    """Where a case stands: its last event's sequence and digest."""

    sequence: int
    digest: Digest


class Used(NamedTuple):
    """The step under a command id, and where its last event stands."""

    case_id: str
    first: int
    until: int
    place: int
    """Index of its last event."""
    digest: Digest


@dataclass
class Known:
    """What decides about a batch of steps. A case, a command id or an errand that is absent is not on the record."""

    head: Head
    tips: dict[str, Tip]
    used: dict[str, Used]
    promised: dict[owed.Errand, owed.Promised] = field(default_factory=dict)
    """Of the errands that the steps answer to, what was promised before any of them came."""


class Stands(NamedTuple):
    """Other steps stand at the place: to be shown from this sequence on, up to `until` if it is not None.

    `reused`: the sender knew of the step under this key and made another one.
    """

    case_id: str
    first: int
    until: int | None = None
    reused: bool = False


Judgement = Recorded | Declined | Stands

_NOTHING = Tip(0, NO_DIGEST)


@dataclass
class Intake:
    """One batch of steps. `entries` and `steps` grow by what is recorded."""

    known: Known
    entries: list[Entry] = field(default_factory=list)
    steps: list[StepMark] = field(default_factory=list)

    def judge_all(self, submissions: Iterable[Submission]) -> list[Judgement]:
        """A judgement per step, in their order; each sees what those before it added."""
        return [self._judge(one) for one in submissions]

    def _judge(self, step: Submission) -> Judgement:
        first = step.first
        used = self.known.used.get(first.command_id)
        if used is not None:
            return _under(used, step)
        tip = self.known.tips.get(first.case_id, _NOTHING)
        if tip.sequence >= first.sequence:
            return Stands(first.case_id, first.sequence)
        if tip.sequence < first.sequence - 1:
            return Declined(
                code="gap", detail=f"the case stands at {tip.sequence}, the step at {first.sequence}"
            )
        if tip.digest != first.previous:
            detail = "the step does not follow the last recorded event of its case"
            return Declined(code="other-past", detail=detail)
        fault = owed.fault(first.claim, self.known.promised)
        if fault is not None:
            return Declined(code="not-owed", detail=fault)
        return self._add(step)

    def _add(self, step: Submission) -> Recorded:
        count, last_hash = self.known.head
        first, digest = step.first, step.digest
        for index, (envelope, of_event, body) in enumerate(step.events, start=count):
            last_hash = entry_hash(index, of_event, last_hash)
            self.entries.append(
                Entry(
                    index,
                    envelope.case_id,
                    envelope.sequence,
                    envelope.kind,
                    envelope.type,
                    envelope.version,
                    of_event,
                    last_hash,
                    body,
                )
            )
        self.steps.append(
            StepMark(
                first.case_id,
                first.until,
                first.step,
                first.command_id,
                step.signature.key_id,
                step.signature.value,
            )
        )
        index = count + len(step.events) - 1
        self.known.head = Head(index + 1, last_hash)
        self.known.tips[first.case_id] = Tip(first.until, digest)
        self.known.used[first.command_id] = Used(first.case_id, first.step, first.until, index, digest)
        return Recorded(place=Place(until=first.until, index=index, digest=digest))


def _under(used: Used, step: Submission) -> Judgement:
    first = step.first
    if used.digest == step.digest:
        return Recorded(place=Place(until=used.until, index=used.place, digest=used.digest))
    if used.case_id != first.case_id:
        return Declined(code="key-reused", detail="the key was used for another case")
    if used.first < first.sequence:
        return Stands(used.case_id, used.first, used.until, reused=True)
    return Stands(first.case_id, first.sequence)
