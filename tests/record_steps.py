"""Steps as a worker sends them: numbered, chained, claimed and signed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from contracts.actor import Actor, Signer
from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.record import StepHead
from contracts.settling import EventDraft
from services.kit.claims import signed
from services.kit.signing import SigningKey
from tests import events
from tests.claims import KeySet
from tests.events import Asked, Case

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TYPE = "task-claimed"
OFFICER = Actor(account_id="a-1", person_id="p-1")

Step = list[Envelope]


def claim(
    command_id: str, target: str, key: SigningKey, actor: Actor = OFFICER, act: str = "claim-task"
) -> Claim:
    """A claim of an act, signed."""
    said = Claim(command_id=command_id, target=target, act=act, body_digest="a" * 64, actor=actor, at=AT)
    return signed(said, key)


def step(
    keys: KeySet | None,
    case_id: str,
    *,
    first: int = 1,
    count: int = 1,
    previous: str = NO_DIGEST,
    command_id: str | None = None,
    mark: str = "p-1",
    event_type: str = TYPE,
    payload: dict[str, object] | None = None,
) -> Step:
    """A step of some events from `first` on. Without keys it is what time brings about, and nobody claims it."""
    asked = Asked(command_id=command_id or "", at=AT)
    if keys is not None:
        command_id = command_id or f"k-{case_id}-{first}"
        signer = Signer(account_id="a-1", person_id="p-1", role="SCREENER")
        asked = Asked(signer, command_id, claim(command_id, case_id, keys.claim), AT)
    payload = payload or {"task_id": f"{case_id}.reply.1.police.1", "person_id": mark}
    drafts = [EventDraft(type=event_type, version=1, payload=payload)] * count
    return events.step(Case(case_id, district="d01"), drafts, asked, first=first, previous=previous)


def history(
    keys: KeySet | None, case_id: str, sizes: Sequence[int] = (1, 1, 1), mark: str = "p-1"
) -> list[Step]:
    """A case of as many steps as there are sizes, each following the one before."""
    steps: list[Step] = []
    first, previous = 1, NO_DIGEST
    for size in sizes:
        steps.append(step(keys, case_id, first=first, count=size, previous=previous, mark=mark))
        first, previous = first + size, envelope_digest(steps[-1][-1])
    return steps


def chained(step: Step) -> Step:
    """The same events, each naming the digest of the one before as it is now."""
    whole = [step[0]]
    for event in step[1:]:
        whole.append(event.model_copy(update={"previous": envelope_digest(whole[-1])}))
    return whole


def changed(step: Step, number: int, **fields: object) -> Step:
    """The step with one event changed, chained anew."""
    step = list(step)
    step[number] = step[number].model_copy(update=fields)
    return chained(step)


def message(step: Step, key: SigningKey) -> bytes:
    """The step as it travels, signed over the digest of its last event."""
    head = StepHead(signature=key.sign(envelope_digest(step[-1]).encode()))
    return b"\n".join((head.model_dump_json().encode(), *(canonical(event) for event in step)))
