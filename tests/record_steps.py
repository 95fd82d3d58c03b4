"""Steps as a worker sends them: numbered, chained, claimed and signed, with keys made for the test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contracts.actor import SYSTEM, Actor, Signer
from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.names import event_id, timer_id
from contracts.record import CLAIM_PURPOSE, ENTRY_PURPOSE, ERRAND_PURPOSE, STEP_PURPOSE, StepHead
from services.kit.claims import signed
from services.kit.signing import SigningKey, create_key

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TYPE = "task-claimed"
OFFICER = Actor(account_id="a-1", person_id="p-1")

Step = list[Envelope]


@dataclass(frozen=True)
class Keys:
    """One key of each purpose, and the directory with all their public halves."""

    public: Path
    entry_file: Path
    step: SigningKey
    claim: SigningKey
    errand: SigningKey
    entry: SigningKey

    @classmethod
    def make(cls, directory: Path) -> "Keys":
        """Draw them below this directory, unless they are there."""
        public = directory / "public"
        purposes = {
            "step": STEP_PURPOSE,
            "claim": CLAIM_PURPOSE,
            "errand": ERRAND_PURPOSE,
            "entry": ENTRY_PURPOSE,
        }
        made = {}
        for name, purpose in purposes.items():
            create_key(directory / f"{name}.key", public / name)
            made[name] = SigningKey.load(directory / f"{name}.key", purpose)
        return cls(public, directory / "entry.key", **made)


def claim(
    command_id: str, target: str, key: SigningKey, actor: Actor = OFFICER, act: str = "claim-task"
) -> Claim:
    """A claim of an act, signed."""
    said = Claim(command_id=command_id, target=target, act=act, body_digest="a" * 64, actor=actor, at=AT)
    return signed(said, key)


def step(
    keys: Keys | None,
    case_id: str,
    *,
    first: int = 1,
    count: int = 1,
    previous: str = NO_DIGEST,
    command_id: str | None = None,
    mark: str = "p-1",
    event_type: str = TYPE,
) -> Step:
    """A step of some events from `first` on. Without keys it is what time brings about, and nobody claims it."""
    command_id = command_id or (f"k-{case_id}-{first}" if keys else timer_id(case_id, first - 1))
    actor = Signer(account_id="a-1", person_id="p-1", role="SCREENER") if keys else SYSTEM
    events: Step = []
    for sequence in range(first, first + count):
        event = Envelope(
            id=event_id(case_id, sequence),
            type=event_type,
            version=1,
            kind="nomination",
            case_id=case_id,
            parent="b1",
            district="d01",
            sequence=sequence,
            step=first,
            until=first + count - 1,
            previous=previous,
            at=AT,
            actor=actor,
            command_id=command_id,
            claim=claim(command_id, case_id, keys.claim) if keys and sequence == first else None,
            policy="2026.1",
            payload={"task_id": f"{case_id}.reply.1.police.1", "person_id": mark},
        )
        previous = envelope_digest(event)
        events.append(event)
    return events


def history(
    keys: Keys | None, case_id: str, sizes: Sequence[int] = (1, 1, 1), mark: str = "p-1"
) -> list[Step]:
    """A case of as many steps as there are sizes, each following the one before."""
    steps: list[Step] = []
    first, previous = 1, NO_DIGEST
    for size in sizes:
        steps.append(step(keys, case_id, first=first, count=size, previous=previous, mark=mark))
        first, previous = first + size, envelope_digest(steps[-1][-1])
    return steps


def chained(events: Step) -> Step:
    """The same events, each naming the digest of the one before as it is now."""
    whole = [events[0]]
    for event in events[1:]:
        whole.append(event.model_copy(update={"previous": envelope_digest(whole[-1])}))
    return whole


def message(events: Step, key: SigningKey) -> bytes:
    """The step as it travels, signed over the digest of its last event."""
    head = StepHead(signature=key.sign(envelope_digest(events[-1]).encode()))
    return b"\n".join((head.model_dump_json().encode(), *(canonical(event) for event in events)))
