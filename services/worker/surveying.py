"""Which cases are open on the record, and which ought to have begun: what has to run when Temporal was lost. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contracts.base import Digest, OpaqueId
from contracts.catalogue import build
from contracts.commands.every import AnyOpening
from contracts.commands.opening import Resume
from contracts.envelope import Envelope
from contracts.errand import Start
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseFiled
from contracts.events.errand import ErrandOwed
from contracts.events.policy import TransitionTaken
from contracts.names import JOURNAL
from services.kit.sealing import Keyring, open_sealed


@dataclass(frozen=True)
class Owed:
    """A case that another one owed, with the place of the errand."""

    owing_case: OpaqueId
    number: int
    opening: AnyOpening


@dataclass
class Survey:
    """Takes in the record from its first entry to its last; `keyring` opens what errands hold."""

    keyring: Keyring
    open: dict[OpaqueId, Envelope] = field(default_factory=dict)
    """The first envelope of each case that has not ended."""
    pinned: dict[tuple[OpaqueId, str], Digest] = field(default_factory=dict)
    """By batch and version the digest that the batch was opened under, or that a rule of transition named for it."""
    missing: dict[OpaqueId, Owed] = field(default_factory=dict)
    """Cases that another one owed and that are not on the record."""
    _begun: set[OpaqueId] = field(default_factory=set)

    def take_in(self, envelope: Envelope) -> None:
        """The next envelope of the record, in order."""
        case_id = envelope.case_id
        if envelope.kind == JOURNAL:
            # Nobody's case: the officers' service tells of its journal, and no workflow is to be taken up.
            return
        if envelope.sequence == 1:
            self.open[case_id] = envelope
            self._begun.add(case_id)
            self.missing.pop(case_id, None)
        if envelope.type == BatchOpened.type:
            self._pin(case_id, envelope.payload)
        if envelope.type == TransitionTaken.type:
            self._pin(case_id, TransitionTaken.model_validate(envelope.payload).applied.model_dump())
        if envelope.type == CaseFiled.type:
            self.open.pop(case_id, None)
        if envelope.type == ErrandOwed.type and envelope.sealed is not None:
            self._owed(envelope, open_sealed(envelope.sealed, envelope.id, self.keyring))

    def resumptions(self, digest: Callable[[str], Digest]) -> list[Resume]:
        """How each open case is taken up.

        `digest` gives that of a policy version here, and raises when there is none.
        """
        return [
            Resume(
                kind=first.kind,
                case_id=first.case_id,
                parent=first.parent,
                district=first.district,
                policy=first.policy,
                policy_digest=self.pinned.get((first.parent, first.policy)) or digest(first.policy),
            )
            for first in self.open.values()
        ]

    def _pin(self, batch_id: OpaqueId, said: Mapping[str, object]) -> None:
        self.pinned[(batch_id, str(said["policy"]))] = str(said["policy_digest"])

    def _owed(self, envelope: Envelope, private: dict[str, object]) -> None:
        event = build(envelope.type, envelope.version, envelope.payload, private)
        if isinstance(event, ErrandOwed) and isinstance(event.private.errand, Start):
            for opening in event.private.errand.openings:
                if opening.target not in self._begun:
                    self.missing[opening.target] = Owed(envelope.case_id, event.number, opening)
