"""One case of any kind: waits, asks its decider, settles what it says, folds what stands on the record (D2, D15).

What a handler asks of Temporal depends on the command, the ledger and recorded results, never on what a rule says:
a replay decides nothing. Only this module, the shell and the fold are bound by what histories hold.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.actor import SYSTEM
    from contracts.base import Contract, Instant
    from contracts.canonical import digest_of
    from contracts.commands.base import Accepted, Command
    from contracts.commands.every import AnyCommand, AnyOpening
    from contracts.commands.opening import Opening, Resume
    from contracts.errand import Errand
    from contracts.policy import loader
    from contracts.refusals import RefusalCode
    from contracts.settling import EventDraft, Proposal, Refusal, Settled
    from workflows import options
    from workflows.procedure.case import S
    from workflows.procedure.decider import Decider, errand
    from workflows.procedure.step import Step, signer_of
    from workflows.rules.verdict import Refused
    from workflows.shell import Asked, Ledger, Shell, refusal


class Carried(Contract):
    """What an earlier run of the workflow carried over: then it is the input, in the opening's place."""

    opening: AnyOpening | Resume
    state: dict[str, Any]
    ledger: Ledger
    wake_at: Instant | None


class CaseWorkflow(Generic[S]):
    """Decides one case, one step at a time. A workflow type names its decider, and what Temporal wants of a class."""

    decider: Decider[S]

    def take_up(self, given: Opening | Resume | Carried) -> None:
        """Take up the case before the main coroutine runs, so that an update may arrive first."""
        carried = given if isinstance(given, Carried) else None
        self.opening: Opening | Resume = given.opening if isinstance(given, Carried) else given
        if loader.digest(self.opening.policy) != self.opening.policy_digest:
            raise RuntimeError(
                f"policy {self.opening.policy} on this worker is not the one that the case pinned"
            )
        self.policy = loader.released(self.opening.policy)
        state = self.decider.folding.state
        self.state = state.model_validate(carried.state) if carried else self.decider.blank(self.opening)
        self.wake_at: datetime | None = carried.wake_at if carried else None
        self.shell = Shell(self.state, workflow.info().workflow_type, carried.ledger if carried else Ledger())

    async def live(self) -> str:
        """Live until the file is closed; the result is the case's end."""
        if not self.shell.begun:
            async with self.shell.lock:
                await (self._resume() if isinstance(self.opening, Resume) else self._begin(self.opening))
        while (end := self.decider.closed(self.state)) is None:
            owed = errand(self.state)
            if owed is not None:
                await self._carry(owed)
            else:
                await self._sleep()
            if self._due():
                async with self.shell.lock:
                    await self._wake()
            if self._long():
                await self._continue_as_new()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return end

    @workflow.update(name=names.ACT_UPDATE)
    async def act(self, command: AnyCommand) -> Accepted:
        """Take a command, once per key. It waits for the case's own first step and for the step under way."""
        await workflow.wait_condition(lambda: self.shell.begun)
        async with self.shell.lock:
            return await self._act(command)

    @act.validator
    def _check(self, command: AnyCommand) -> None:
        """Refuse before anything is written."""
        if self.shell.draining:
            raise refusal(Refused(RefusalCode.TRY_AGAIN, "the case is being carried over; try again"))
        if not self.shell.begun or self.shell.repeated(command) is not None:
            return
        # What is claimed for another case is refused where claims are checked: an attempt is kept, and told.
        if command.target != self.shell.case_id:
            return
        # While a step is being settled, or the asker has seen more of the record than this case, what is refused
        # now may be allowed a moment later: then the question is asked under the lock.
        if self.shell.lock.locked() or command.place > self.shell.sequence:
            return
        answer = self.decider.decide(self.state, command, self.policy, workflow.now())
        if isinstance(answer, Refused):
            raise refusal(answer)

    @workflow.update(name=names.CATCH_UP_UPDATE)
    async def catch_up(self, sequence: int) -> int:
        """Look at the record, which may have gone further than this case knows; the answer is how far it knows."""
        await workflow.wait_condition(lambda: self.shell.begun)
        async with self.shell.lock:
            if self.shell.sequence < sequence:
                await self._settle(self._instant(names.CATCH_UP_UPDATE), self._nothing, look=True)
            return self.shell.sequence

    @catch_up.validator
    def _check_catch_up(self, sequence: int) -> None:
        """No history is written for what is known already."""
        if self.shell.draining:
            raise refusal(Refused(RefusalCode.TRY_AGAIN, "the case is being carried over; try again"))
        if self.shell.sequence >= sequence:
            raise ApplicationError("the case is there already", type="known", non_retryable=True)

    async def _begin(self, opening: Opening) -> None:
        """Settle the first step. A case that is on the record already goes on from there."""

        def propose() -> Proposal:
            return self._step(self.decider.begin(self.state, opening, self.policy, workflow.now()))

        settled = await self._settle(lambda: _asked(opening), propose, known=lambda: self.shell.begun)
        if settled is not None and settled.refused is not None:
            raise refusal(Refused(settled.refused.code, settled.refused.detail))

    async def _resume(self) -> None:
        """Take the case up from the record, whatever stands there; a long past comes in parts."""
        known = -1
        while self.shell.sequence > known:
            known = self.shell.sequence
            await self._settle(self._instant("resume"), self._nothing, look=True)
        if not self.shell.begun:
            raise ApplicationError(
                "nothing stands on the record of this case", type="unrecorded", non_retryable=True
            )

    async def _act(self, command: Command) -> Accepted:
        """Settle a command's step, unless the command is known by then; a refusal ends the update."""

        def propose() -> Proposal:
            answer = self.decider.decide(self.state, command, self.policy, workflow.now())
            return self._refused(answer, command) if isinstance(answer, Refused) else self._step(answer)

        settled = await self._settle(
            lambda: _asked(command),
            propose,
            known=lambda: self.shell.knows(command.command_id),
            look=command.place > self.shell.sequence,
        )
        if settled is not None and settled.refused is not None:
            raise refusal(Refused(settled.refused.code, settled.refused.detail))
        return self.shell.repeated(command) or self.shell.unchanged(command)

    async def _wake(self) -> None:
        """Settle what time brings; the instant may have moved while the lock was awaited."""
        if self._due():
            await self._settle(self._instant("wake"), self._woken)

    async def _carry(self, owed: Errand) -> None:
        """Carry an errand, and settle that it was carried; when it fails the case comes back to it."""
        if not await self.shell.carry(owed):
            return

        def propose() -> Proposal:
            return self._step(self.decider.carried(self.state, owed, self.policy, workflow.now()))

        asked = Asked(names.carried_id(self.shell.case_id, owed.number), names.CARRY_ACTIVITY)
        async with self.shell.lock:
            await self._settle(lambda: asked, propose, known=lambda: owed not in self.state.owed)

    async def _settle(
        self,
        asked: Callable[[], Asked],
        propose: Callable[[], Proposal],
        *,
        known: Callable[[], bool] = lambda: False,
        look: bool = False,
    ) -> Settled | None:
        """Settle until there is an answer; None when what was asked turned out to be on the record already.

        Steps that stand there and that this case did not know are folded first, and the question is put anew.
        With `look`, the record is asked before anything is proposed.
        """
        settled: Settled | None = None
        moved, idle = False, 0
        while not known():
            proposal = None if look or workflow.unsafe.is_replaying() else propose()
            answer = await self.shell.settle(asked(), proposal)
            for step in answer.steps:
                self.state = self.decider.folding.step(self.state, step)
                self.shell.take(step)
            if not answer.again:
                settled = answer
                break
            look, moved, idle = False, True, 0 if answer.steps else idle + 1
            if idle > 1:
                # The record says "again" and has nothing new: it is in trouble, and asking faster is no help.
                await asyncio.sleep(options.PAUSE_BETWEEN_ROUNDS.total_seconds())
        if settled is not None and settled.refused is None:
            self.wake_at = settled.wake_at
        elif moved:
            # Nobody has said yet when the case, as it stands now, next does something by itself.
            await self._settle(self._instant("look"), self._nothing)
        return settled

    async def _sleep(self) -> None:
        """Until the instant that was settled last, or until something else is to do. Always starts one timer."""
        wake_at = self.wake_at
        try:
            await workflow.wait_condition(
                lambda: self.wake_at != wake_at or self._busy(), timeout=_delay(wake_at)
            )
        except TimeoutError:
            return

    async def _continue_as_new(self) -> None:
        """Go on in a new run; nothing new is admitted while the handlers under way finish (D13)."""
        self.shell.draining = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        carried = {
            "opening": self.opening,
            "state": self.state.model_dump(mode="json"),
            "ledger": self.shell.ledger(),
            "wake_at": self.wake_at,
        }
        workflow.continue_as_new(Carried.model_validate(carried))

    def _due(self) -> bool:
        return self.wake_at is not None and workflow.now() >= self.wake_at

    def _long(self) -> bool:
        info = workflow.info()
        return (
            info.is_continue_as_new_suggested() or info.get_current_history_length() > options.CONTINUE_AFTER
        )

    def _busy(self) -> bool:
        return errand(self.state) is not None or self.decider.closed(self.state) is not None or self._long()

    def _instant(self, act: str) -> Callable[[], Asked]:
        """Asked by time itself: the id names the place in the case, so that a repeat is the same."""
        return lambda: Asked(names.timer_id(self.shell.case_id, self.shell.sequence), act)

    def _step(self, step: Step[S]) -> Proposal:
        events = tuple(
            EventDraft(type=e.type, version=e.version, payload=e.plain(), private=e.personal())
            for e in step.events
        )
        wake_at = self.decider.next_instant(step.state, self.policy)
        return Proposal(events=events, signer=step.signer, at=workflow.now(), wake_at=wake_at)

    def _refused(self, refused: Refused, command: Command) -> Proposal:
        said = Refusal(code=refused.code, detail=refused.detail)
        return Proposal(signer=signer_of(command), at=workflow.now(), refused=said)

    def _nothing(self) -> Proposal:
        wake_at = self.decider.next_instant(self.state, self.policy)
        return Proposal(signer=SYSTEM, at=workflow.now(), wake_at=wake_at)

    def _woken(self) -> Proposal:
        proposal = self._step(self.decider.wake(self.state, self.policy, workflow.now()))
        if proposal.events or proposal.wake_at is None:
            return proposal
        # An agenda that is at odds with its rules must not spin.
        earliest = workflow.now() + options.NEXT_WAKE
        return proposal.model_copy(update={"wake_at": max(proposal.wake_at, earliest)})


def _asked(command: Command) -> Asked:
    """The digest of what is asked is held against the claim; while replaying nothing is sent, and none is needed."""
    digest = None if workflow.unsafe.is_replaying() else digest_of(command.asked())
    return Asked(command.command_id, command.act, command.claim, digest)


def _delay(instant: datetime | None) -> timedelta:
    if instant is None:
        return options.LONGEST_SLEEP
    return min(max(instant - workflow.now(), options.SHORTEST_SLEEP), options.LONGEST_SLEEP)
