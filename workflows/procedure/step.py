"""A step, and a step in the making: events are added one by one and folded at once, so the next rule sees them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from contracts.actor import BY_ITSELF, Signer
from contracts.base import NO_DIGEST
from contracts.claim import UNSIGNED, Claim
from contracts.commands.base import Command
from contracts.commands.every import AnyCommand, AnyOpening
from contracts.errand import Errand, Start, Tell, promises
from contracts.events.base import Event
from contracts.events.errand import ErrandOwed, Owed
from contracts.names import errand_id
from contracts.policy.model import Policy
from workflows.procedure.case import S
from workflows.procedure.fold import Folding

CHUNK = 50
"""Cases per errand: bounds the event that owes it, and what one lost try of carrying repeats."""

T = TypeVar("T")
A = TypeVar("A", bound=Command)


@dataclass(frozen=True)
class Step(Generic[S]):
    """Events in order, the state after them, and who stands behind them. Not in effect until recorded (D2)."""

    events: tuple[Event, ...]
    state: S
    signer: Signer


class Making(Generic[S]):
    """Collects the events of one step. Not shared: each decision makes its own.

    `now` is the instant of the step; `signer` is who stands behind it.
    """

    def __init__(
        self,
        folding: Folding[S],
        state: S,
        policy: Policy,
        now: datetime,
        signer: Signer,
        claim: Claim | None = None,
    ) -> None:
        """Start from a state; nothing of it is changed. Without a claim it is time that asks."""
        self.folding = folding
        self.state = state
        self.policy = policy
        self.now = now
        self.signer = signer
        self.claim = claim or _time_asks(state.case_id, now)
        """Of the act from which the step follows: what the step owes is asked in the name of whoever did it."""
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Add an event and fold it."""
        self.state = self.folding.event(self.state, event, self.signer)
        self.events.append(event)

    def owe_start(self, openings: Mapping[str, AnyOpening]) -> None:
        """Owe the beginning of these cases, by id."""
        for chunk in _chunks(tuple(openings.items())):
            number = self.state.errands + 1
            asked = tuple(
                _asked(self.claim, errand_id(self.state.case_id, number, case_id), case_id, opening)
                for case_id, opening in chunk
            )
            self._owe(Start(number=number, openings=asked))

    def owe_tell(
        self, kind: str, cases: Sequence[str], command: AnyCommand, about: tuple[str, ...] = ()
    ) -> None:
        """Owe these cases of one kind a command; none when there is no case. `about` are people it does not name."""
        for chunk in _chunks(cases):
            number = self.state.errands + 1
            asked = _asked(self.claim, self.claim.command_id, self.claim.target, command)
            self._owe(Tell(number=number, kind=kind, case_ids=tuple(chunk), command=asked), about)

    def _owe(self, errand: Errand, about: tuple[str, ...] = ()) -> None:
        promised = promises(errand, self.state.case_id)
        private = Owed(errand=errand, about=about)
        self.emit(ErrandOwed(number=errand.number, promises=promised, private=private))

    def step(self) -> Step[S]:
        """What the step has come to."""
        return Step(tuple(self.events), self.state, self.signer)


def signer_of(command: Command, role: str = "", deputy_for: str | None = None) -> Signer:
    """Who signs what a command leads to, and in whose place; without a role by the first grant that the actor has."""
    actor = command.actor
    first = next(iter(actor.grants), None)
    if not role and first is not None:
        role, deputy_for = first.role, first.deputy_for
    return Signer(account_id=actor.account_id, person_id=actor.person_id, role=role, deputy_for=deputy_for)


def _time_asks(case_id: str, now: datetime) -> Claim:
    """What time owes is asked in the system's name. It is claimed when it is carried, as every errand is."""
    return Claim(
        command_id=BY_ITSELF.account_id,
        target=case_id,
        act="wake",
        body_digest=NO_DIGEST,
        actor=BY_ITSELF,
        at=now,
    )


def _asked(claim: Claim, command_id: str, target: str, command: A) -> A:
    """The command as it follows from an act: asked by the same person at the same instant, not signed yet."""
    own = {"command_id": command_id, "target": target, "signature": UNSIGNED}
    return command.claimed_as(claim.model_copy(update=own))


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
