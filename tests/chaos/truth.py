"""The record, read through the registry, and what a case must know when all of it is folded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.base import NO_DIGEST
from contracts.commands.base import Accepted
from contracts.commands.opening import Resume
from contracts.names import JOURNAL
from contracts.policy import loader
from services.kit.recordreader import Entry, RecordReader
from services.kit.sealing import Keyring
from services.worker import steps
from services.worker.surveying import Survey
from tests.deciders import DECIDERS
from workflows.procedure.case import State
from workflows.shell import Done, Ledger


@dataclass(frozen=True)
class Folded:
    """A case as the record says it is."""

    kind: str
    state: State
    ledger: Ledger


class Truth:
    """All that stands on the record, as far as it was read."""

    def __init__(self, record: RecordReader, keyring: Keyring) -> None:
        """`keyring` opens what is personal in events."""
        self._record = record
        self._keyring = keyring
        self.entries: list[Entry] = []
        self._cases: dict[str, list[Entry]] = defaultdict(list)
        self._survey = Survey(keyring)

    async def read(self) -> None:
        """Read what has come since."""
        while page := await self._record.after(len(self.entries) - 1):
            self.entries += page
            for entry in page:
                if entry.case_id != JOURNAL:
                    self._cases[entry.case_id].append(entry)
                self._survey.take_in(entry.envelope)

    def cases(self) -> list[str]:
        """Every case that stands there."""
        return list(self._cases)

    def kind(self, case_id: str) -> str:
        """Of which kind a case is."""
        return self._cases[case_id][0].envelope.kind

    def sequence(self, case_id: str) -> int:
        """How far a case is."""
        return len(self._cases[case_id])

    def unbegun(self) -> list[str]:
        """Cases that another one owed and that are not on the record."""
        return list(self._survey.missing)

    def folded(self, case_id: str, until: int | None = None) -> Folded:
        """The case after its events, or after those up to this sequence, which ends a step."""
        return folded(self._cases[case_id][:until], self._keyring)


def folded(entries: Sequence[Entry], keyring: Keyring) -> Folded:
    """The case whose first entries these are. Raises when they are not whole steps that follow one another."""
    first = entries[0].envelope
    read = steps.read(
        first.case_id, 0, NO_DIGEST, [one.body for one in entries], [one.index for one in entries], keyring
    )
    decider = DECIDERS[first.kind]
    state = decider.blank(
        Resume(
            kind=first.kind,
            case_id=first.case_id,
            parent=first.parent,
            district=first.district,
            policy=first.policy,
            policy_digest=loader.digest(first.policy),
        )
    )
    done = {}
    for step in read:
        state = decider.folding.step(state, step)
        if step.body_digest is not None:
            accepted = Accepted(case_id=first.case_id, sequence=step.until, index=step.index)
            done[step.command_id] = Done(body_digest=step.body_digest, accepted=accepted)
    last = read[-1]
    return Folded(
        first.kind, state, Ledger(sequence=last.until, previous=last.digest, index=last.index, done=done)
    )
