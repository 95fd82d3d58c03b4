"""What must be nought after a storm. Pure: what people were told, the record and what workflows know go in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from contracts.events.task import TaskCompleted
from contracts.policy import loader
from services.kit.recordreader import Entry
from tests.chaos.acts import Fate, Told
from tests.chaos.known import Known
from tests.chaos.truth import Folded
from tests.deciders import DECIDERS


@dataclass(frozen=True)
class Findings:
    """Sentences, by what they are about; each should be empty."""

    lost: Sequence[str] = ()
    doubled: Sequence[str] = ()
    stuck: Sequence[str] = ()
    forked: Sequence[str] = ()
    letters_doubled: Sequence[str] = ()

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {one.name: len(getattr(self, one.name)) for one in fields(self)}

    def sentences(self) -> list[str]:
        """All of them, each with what it is about."""
        return [f"{one.name}: {said}" for one in fields(self) for said in getattr(self, one.name)]


def lost(told: Iterable[Told], entries: Sequence[Entry]) -> list[str]:
    """Acts that were answered as accepted and do not stand on the record where the answer says."""
    found = []
    for one in told:
        if one.fate is not Fate.ACCEPTED or one.answer is None:
            continue
        index, command = int(one.answer["index"]), one.answer["command_id"]
        said = entries[index].envelope if 0 <= index < len(entries) else None
        stands = None if said is None else (said.case_id, said.command_id)
        if stands != (one.answer["case_id"], command):
            found.append(f"{one.act.path} under {command} was accepted at {index}, where {stands} stands")
    return found


def doubled(entries: Iterable[Entry]) -> list[str]:
    """Commands with more than one step, and tasks that were completed more than once."""
    steps: dict[str, set[tuple[str, int]]] = {}
    completed: Counter[object] = Counter()
    for entry in entries:
        said = entry.envelope
        steps.setdefault(said.command_id, set()).add((said.case_id, said.step))
        if said.type == TaskCompleted.type:
            completed[said.payload["task_id"]] += 1
    found = [f"{command} has the steps {sorted(ends)}" for command, ends in steps.items() if len(ends) > 1]
    return found + [f"task {task} was completed {n} times" for task, n in completed.items() if n > 1]


def stuck(case_id: str, folded: Folded, known: Known, now: datetime) -> list[str]:
    """Why a case does not go on by itself, though nobody's act is awaited. `folded` is the whole of its record."""
    decider, state = DECIDERS[folded.kind], folded.state
    if known.ledger is None:
        return [f"{case_id} does not answer: {known.silence}"]
    found = []
    if known.ledger.sequence < folded.ledger.sequence:
        found.append(f"{case_id} knows {known.ledger.sequence} of {folded.ledger.sequence} events")
    if decider.closed(state) is not None:
        return found
    due = decider.next_instant(state, loader.released(state.policy), now)
    if due is not None and due < now:
        found.append(
            f"{case_id} should have done something by itself at {due:%H:%M:%S}, and it is {now:%H:%M:%S}"
        )
    if state.owed:
        found.append(f"{case_id} owes {len(state.owed)} errands that nobody carries")
    return found


def forked(case_id: str, folded: Folded, known: Known) -> list[str]:
    """Where what a workflow knows is not what the record says. `folded` goes as far as the workflow does."""
    if known.ledger is None or known.state is None:
        return []
    found = []
    ours, theirs = folded.ledger, known.ledger
    if (ours.sequence, ours.previous, ours.index) != (theirs.sequence, theirs.previous, theirs.index):
        found.append(
            f"{case_id} stands at {theirs.sequence} ({theirs.previous[:8]}), its record at {ours.sequence}"
        )
    forgotten = [key for key, done in ours.done.items() if theirs.done.get(key) != done]
    if forgotten:
        found.append(f"{case_id} remembers {len(forgotten)} keys otherwise: {forgotten[:3]}")
    differing = _differing(folded.state.model_dump(mode="json"), known.state)
    if differing:
        found.append(f"{case_id} has another state than its record: {', '.join(differing)}")
    return found


def _differing(ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
