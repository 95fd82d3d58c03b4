"""Where people of a test send their commands: here the rules alone, without an engine and without a record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from contracts.base import NO_DIGEST
from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.events.base import Event
from contracts.policy.model import Policy
from contracts.settling import RecordedEvent, RecordedStep
from contracts.words.telling import told
from workflows.procedure.case import Case, State
from workflows.procedure.decider import Decider
from workflows.procedure.step import Step
from workflows.rules.verdict import Refused

S = TypeVar("S", bound=State)
K = TypeVar("K", bound=Case, covariant=True)


class RefusedError(Exception):
    """A command was refused, with its code and the sentence; LookupError when that has no words."""

    def __init__(self, refused: Refused) -> None:
        self.code = refused.code
        self.said = refused.said
        self.text = told(refused.said)
        super().__init__(": ".join(filter(None, (self.code, self.said.field, self.text.en))))


class Desk(Protocol[K]):
    """Where commands go and where a case can be read."""

    policy: Policy

    @property
    def case_id(self) -> str:
        """The case that is asked."""

    async def send(self, command: Command) -> None:
        """Deliver a command; raises RefusedError."""

    async def case(self) -> K:
        """The case now."""

    async def until(self, instant: datetime) -> None:
        """Let time pass until an instant."""


@dataclass
class PureDesk(Generic[S]):
    """The rules alone: no engine, no clock but the one that the test moves.

    Each step is also folded from its events as the record would hand them out, and must give the same state.
    """

    decider: Decider[S]
    policy: Policy
    now: datetime
    current: S = field(init=False)
    events: list[tuple[datetime, Event]] = field(default_factory=list)

    @property
    def case_id(self) -> str:
        """The case that is asked."""
        return self.current.case_id

    def open(self, opening: Opening) -> None:
        """Open the case as the workflow does."""
        self.current = self.decider.blank(opening)
        answer = self.decider.begin(self.current, opening, self.policy, self.now)
        if isinstance(answer, Refused):
            raise RefusedError(answer)
        self._take(answer)

    async def send(self, command: Command) -> None:
        """Decide and apply."""
        answer = self.decider.decide(self.current, command, self.policy, self.now)
        if isinstance(answer, Refused):
            raise RefusedError(answer)
        self._take(answer)

    async def case(self) -> S:
        """The case now."""
        return self.current

    async def until(self, instant: datetime) -> None:
        """Fire everything that falls due on the way, each at its own instant."""
        while (
            due := self.decider.next_instant(self.current, self.policy, self.now)
        ) is not None and due <= instant:
            self.now = max(self.now, due)
            step = self.decider.wake(self.current, self.policy, self.now)
            assert step.events, f"the agenda names {due} and nothing fires"
            self._take(step)
        self.now = max(self.now, instant)

    async def away(self, until: datetime) -> None:
        """Nothing wakes the case before this instant, whatever falls due: the workers are away."""
        self.now = until
        self._take(self.decider.wake(self.current, self.policy, self.now))

    def carry(self) -> None:
        """Carry the errand that is owed next."""
        self._take(self.decider.carried(self.current, self.current.owed[0], self.policy, self.now))

    def carry_all(self) -> None:
        """Carry whatever is owed."""
        while self.current.owed:
            self.carry()

    def of(self, kind: type[Event]) -> list[Event]:
        """Events of one class so far."""
        return [event for _, event in self.events if isinstance(event, kind)]

    def _take(self, step: Step[S]) -> None:
        folded = self.decider.folding.step(self.current, recorded(step))
        assert folded == step.state, "the record gives another state than the step"
        self.current = step.state
        self.events.extend((self.now, event) for event in step.events)


def recorded(step: Step[S], command_id: str = "k", until: int = 1) -> RecordedStep:
    """The step as the record hands it out."""
    events = tuple(
        RecordedEvent(
            type=e.type, version=e.version, actor=step.signer, payload=e.plain(), private=e.personal()
        )
        for e in step.events
    )
    return RecordedStep(
        command_id=command_id, body_digest=None, events=events, until=until, index=until, digest=NO_DIGEST
    )
