"""What a decider says, as it is proposed to the record: numbered nowhere, in effect nowhere (D2)."""

from datetime import datetime, timedelta
from typing import Generic

from contracts.actor import SYSTEM
from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.errand import Errand
from contracts.events.base import Event
from contracts.policy.model import Policy
from contracts.settling import EventDraft, Proposal, Refusal
from contracts.whose import named_by, owners
from workflows.procedure.case import S, State
from workflows.procedure.decider import Decider
from workflows.procedure.step import Step, signer_of
from workflows.rules.verdict import Refused

NEXT_WAKE = timedelta(seconds=1)
"""After a wake that brought nothing, the earliest next one: an agenda at odds with its rules must not spin."""


class Proposing(Generic[S]):
    """Asks one decider under one policy. Each proposal says when the case, after it, next does something by itself."""

    def __init__(self, decider: Decider[S], policy: Policy) -> None:
        """Nothing is asked yet."""
        self._decider = decider
        self._policy = policy
        self._last: tuple[Command, S, datetime, Step[S] | Refused] | None = None

    def decided(self, state: S, command: Command, now: datetime) -> Step[S] | Refused:
        """What the rules say to a command; asked twice of the same state at the same instant they answer once."""
        if self._last is not None:
            asked, on, at, answer = self._last
            if on is state and at == now and asked == command:
                return answer
        answer = self._decider.decide(state, command, self._policy, now)
        self._last = (command, state, now, answer)
        return answer

    def act(self, state: S, command: Command, now: datetime) -> Proposal:
        """What a command leads to, or its refusal."""
        return self._answered(command, self.decided(state, command, now), now)

    def beginning(self, state: S, opening: Opening, now: datetime) -> Proposal:
        """The first step, or why there is none: then the case never begins."""
        return self._answered(opening, self._decider.begin(state, opening, self._policy, now), now)

    def carried(self, state: S, errand: Errand, now: datetime) -> Proposal:
        """That an errand was carried."""
        return self._of(self._decider.carried(state, errand, self._policy, now), now)

    def woken(self, state: S, now: datetime) -> Proposal:
        """What time brings."""
        proposal = self._of(self._decider.wake(state, self._policy, now), now)
        if proposal.events or proposal.wake_at is None:
            return proposal
        return proposal.model_copy(update={"wake_at": max(proposal.wake_at, now + NEXT_WAKE)})

    def nothing(self, state: S, now: datetime) -> Proposal:
        """That nothing changes; only the next instant is said."""
        return self._of(Step((), state, SYSTEM), now)

    def _answered(self, command: Command, answer: Step[S] | Refused, now: datetime) -> Proposal:
        if isinstance(answer, Refused):
            said = Refusal(code=answer.code, said=answer.said)
            return Proposal(signer=signer_of(command), at=now, refused=said)
        return self._of(answer, now)

    def _of(self, step: Step[S], now: datetime) -> Proposal:
        events = tuple(draft(event, step.state) for event in step.events)
        # Under a version that the case adopts in this step another instant may hold: it is asked there, at once.
        adopts = step.state.policy != self._policy.version
        wake_at = now if adopts else self._decider.next_instant(step.state, self._policy, now)
        return Proposal(events=events, signer=step.signer, at=now, wake_at=wake_at)


def draft(event: Event, state: State) -> EventDraft:
    """The event of a case as it is proposed: with those whose own keys seal what is personal in it."""
    private = event.personal()
    return EventDraft(
        type=event.type,
        version=event.version,
        payload=event.plain(),
        private=private,
        owners=() if private is None else owners(event, named_by(state)),
    )
