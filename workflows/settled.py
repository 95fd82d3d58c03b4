"""A case as it stands on the record: a question is settled, and what comes back is folded, whoever's it is (D2)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.base import Instant
    from contracts.settling import Proposal, RecordedStep, Settled
    from workflows import options
    from workflows.procedure.case import S
    from workflows.procedure.fold import Folding
    from workflows.procedure.proposing import Proposing
    from workflows.shell import Asked, Shell


class SettledCase(Generic[S]):
    """The state that the recorded steps give, and the instant that was settled last. Belongs to a running workflow."""

    def __init__(
        self,
        state: S,
        folding: Folding[S],
        rules: Callable[[S], Proposing[S]],
        shell: Shell,
        wake_at: Instant | None,
    ) -> None:
        """Take up where an earlier run left off, or before the first step; `rules` are those of the state's policy."""
        self.state = state
        self.rules = rules(state)
        self._rules = rules
        self.shell = shell
        self.wake_at: datetime | None = wake_at
        self._folding = folding

    async def settle(
        self,
        asked: Callable[[], Asked],
        propose: Callable[[S, datetime], Proposal],
        *,
        known: Callable[[], bool] = lambda: False,
        look: bool = False,
    ) -> Settled | None:
        """Settle until there is an answer; None when what was asked turned out to be on the record already.

        Steps that stand there and that this case did not know are folded first, and the question is put anew. So it
        is when an answer came in part, or what stands there would have to be guessed.
        With `look`, the record is asked before anything is proposed.
        """
        settled: Settled | None = None
        moved, idle = False, 0
        while not known():
            proposal = None if look or workflow.unsafe.is_replaying() else propose(self.state, workflow.now())
            answer, place = await self.shell.settle(asked(), proposal, self.state.policy), self.shell.sequence
            whole = self._fold_all(answer.steps)
            if whole and not answer.again:
                settled = answer
                break
            look, moved, idle = not whole, True, 0 if self.shell.sequence > place else idle + 1
            if idle > 1:
                # The record says "again" and has nothing new: it is in trouble, and asking faster is no help.
                await asyncio.sleep(options.PAUSE_BETWEEN_ROUNDS.total_seconds())
        if settled is not None and settled.refused is None:
            self.wake_at = settled.wake_at
        elif moved:
            # Nobody has said yet when the case, as it stands now, next does something by itself.
            await self.settle(self.instant("look"), self.rules.nothing)
        return settled

    def _fold_all(self, steps: tuple[RecordedStep, ...]) -> bool:
        """Fold what goes on from here, each step once. False when one comes in part: then nothing of it is believed."""
        for step in steps:
            if step.until <= self.shell.sequence:
                continue
            if step.until != self.shell.sequence + len(step.events):
                return False
            self._fold(step)
        return True

    def _fold(self, step: RecordedStep) -> None:
        before, self.state = self.state.policy, self._folding.step(self.state, step)
        self.shell.take(step)
        if self.state.policy != before:
            self.rules = self._rules(self.state)

    def instant(self, act: str) -> Callable[[], Asked]:
        """Asked by time itself: the id names the place in the case, so that a repeat is the same."""
        return lambda: Asked(names.timer_id(self.shell.case_id, self.shell.sequence), act)

    def due(self) -> bool:
        """Whether the instant that was settled last has come."""
        return self.wake_at is not None and workflow.now() >= self.wake_at

    def delay(self) -> timedelta:
        """How long to sleep until then. Always a time, because a timer is always started (D15)."""
        if self.wake_at is None:
            return options.LONGEST_SLEEP
        return min(max(self.wake_at - workflow.now(), options.SHORTEST_SLEEP), options.LONGEST_SLEEP)
