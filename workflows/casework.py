"""One case of any kind: waits, asks its decider, settles what it says, folds what stands on the record (D2, D15).

What a handler asks of Temporal depends on the command, the ledger and recorded results, never on what a rule says:
a replay decides nothing. Only this module, settled, the shell and the fold are bound by what histories hold.
"""

from typing import Any, Generic

from pydantic import RootModel
from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.base import Contract, Instant
    from contracts.canonical import digest_of
    from contracts.commands.base import Accepted, Command
    from contracts.commands.every import AnyCommand
    from contracts.commands.opening import Opening, Resume
    from contracts.errand import Errand
    from contracts.policy import loader
    from contracts.refusals import RefusalCode
    from contracts.saying import say
    from workflows import options
    from workflows.procedure.case import S
    from workflows.procedure.decider import Decider, errand
    from workflows.procedure.proposing import Proposing
    from workflows.rules.verdict import Refused
    from workflows.settled import SettledCase
    from workflows.shell import Asked, Ledger, Shell, refusal


class Ask(RootModel[AnyCommand]):
    """A command as an update carries it, told apart by its `act`; a plain union would be tried member by member."""


class Carried(Contract):
    """What an earlier run of the workflow carried over: then it is the input, in the opening's place.

    The case has begun by then, so nothing of its opening is needed any more, whatever kind it opened.
    """

    state: dict[str, Any]
    ledger: Ledger
    wake_at: Instant | None


class CaseWorkflow(Generic[S]):
    """Decides one case, one step at a time. A workflow type names its decider, and what Temporal wants of a class."""

    decider: Decider[S]

    def take_up(self, given: Opening | Resume | Carried) -> None:
        """Take up the case before the main coroutine runs, so that an update may arrive first."""
        self.given = given
        folding, ledger, wake_at = self.decider.folding, Ledger(), None
        if isinstance(given, Carried):
            state, ledger, wake_at = folding.state.model_validate(given.state), given.ledger, given.wake_at
        else:
            state = self.decider.blank(given)
        self.shell = Shell(state, workflow.info().workflow_type, ledger)
        self.case = SettledCase(state, folding, self._rules, self.shell, wake_at)

    def _rules(self, state: S) -> Proposing[S]:
        """Those of the version that decides the case: while replaying they are not asked, only held against it."""
        if loader.digest(state.policy) != state.policy_digest:
            raise RuntimeError(f"policy {state.policy} on this worker is not the one that the case pinned")
        return Proposing(self.decider, loader.released(state.policy))

    async def live(self) -> str:
        """Live until the file is closed; the result is the case's end."""
        if not self.shell.begun:
            async with self.shell.lock:
                await self._first(self.given)
        while (end := self.decider.closed(self.case.state)) is None:
            owed = errand(self.case.state)
            if owed is not None:
                await self._carry(owed)
            else:
                await self._sleep()
            if self.case.due():
                async with self.shell.lock:
                    await self._wake()
            if self._long():
                await self._continue_as_new()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return end

    @workflow.update(name=names.ACT_UPDATE)
    async def act(self, asked: Ask) -> Accepted:
        """Take a command, once per key. It waits for the case's own first step and for the step under way."""
        await workflow.wait_condition(lambda: self.shell.begun)
        async with self.shell.lock:
            return await self._act(asked.root)

    @act.validator
    def _check(self, asked: Ask) -> None:
        """Refuse before anything is written."""
        if self.shell.draining:
            raise refusal(Refused(RefusalCode.TRY_AGAIN, say("carried-over")))
        command = asked.root
        if not self.shell.begun or self.shell.repeated(command) is not None:
            return
        # What is claimed for another case is refused where claims are checked: an attempt is kept, and told.
        if command.target != self.shell.case_id:
            return
        # While a step is being settled, or the asker has seen more of the record than this case, what is refused
        # now may be allowed a moment later: then the question is asked under the lock.
        if self.shell.lock.locked() or command.place > self.shell.sequence:
            return
        answer = self.case.rules.decided(self.case.state, command, workflow.now())
        if isinstance(answer, Refused):
            raise refusal(answer)

    @workflow.update(name=names.CATCH_UP_UPDATE)
    async def catch_up(self, sequence: int) -> int:
        """Look at the record, which may have gone further than this case knows; the answer is how far it knows."""
        await workflow.wait_condition(lambda: self.shell.begun)
        async with self.shell.lock:
            if self.shell.sequence < sequence:
                await self.case.settle(
                    self.case.instant(names.CATCH_UP_UPDATE), self.case.rules.nothing, look=True
                )
            return self.shell.sequence

    @catch_up.validator
    def _check_catch_up(self, sequence: int) -> None:
        """No history is written for what is known already."""
        if self.shell.draining:
            raise refusal(Refused(RefusalCode.TRY_AGAIN, say("carried-over")))
        if self.shell.sequence >= sequence:
            raise ApplicationError("the case is there already", type="known", non_retryable=True)

    @workflow.query(name=names.LEDGER_QUERY)
    def ledger(self) -> Ledger:
        """Where the case stands on the record and which keys it knows, for the operator."""
        return self.shell.ledger()

    async def _first(self, given: Opening | Resume | Carried) -> None:
        match given:
            case Opening():
                await self._begin(given)
            case Resume():
                await self._resume()

    async def _begin(self, opening: Opening) -> None:
        """Settle the first step. A case that is on the record already goes on from there."""
        settled = await self.case.settle(
            lambda: _asked(opening),
            lambda state, now: self.case.rules.beginning(state, opening, now),
            known=lambda: self.shell.begun,
        )
        if settled is not None and settled.refused is not None:
            raise refusal(Refused(settled.refused.code, settled.refused.said))

    async def _resume(self) -> None:
        """Take the case up from the record, whatever stands there; a long past comes in parts."""
        known = -1
        while self.shell.sequence > known:
            known = self.shell.sequence
            await self.case.settle(self.case.instant("resume"), self.case.rules.nothing, look=True)
        if not self.shell.begun:
            raise ApplicationError(
                "nothing stands on the record of this case", type="unrecorded", non_retryable=True
            )

    async def _act(self, command: Command) -> Accepted:
        """Settle a command's step, unless the command is known by then; a refusal ends the update."""
        settled = await self.case.settle(
            lambda: _asked(command),
            lambda state, now: self.case.rules.act(state, command, now),
            known=lambda: self.shell.knows(command.command_id),
            look=command.place > self.shell.sequence,
        )
        if settled is not None and settled.refused is not None:
            raise refusal(Refused(settled.refused.code, settled.refused.said))
        return self.shell.repeated(command) or self.shell.unchanged(command)

    async def _wake(self) -> None:
        """Settle what time brings; the instant may have moved while the lock was awaited."""
        if self.case.due():
            await self.case.settle(self.case.instant("wake"), self.case.rules.woken)

    async def _carry(self, owed: Errand) -> None:
        """Carry an errand, and settle that it was carried; when it fails the case comes back to it."""
        if not await self.shell.carry(owed):
            return
        asked = Asked(names.carried_id(self.shell.case_id, owed.number), names.CARRY_ACTIVITY)
        async with self.shell.lock:
            await self.case.settle(
                lambda: asked,
                lambda state, now: self.case.rules.carried(state, owed, now),
                known=lambda: owed not in self.case.state.owed,
            )

    async def _sleep(self) -> None:
        """Until the instant that was settled last, or until something else is to do. Always starts one timer."""
        wake_at = self.case.wake_at
        try:
            await workflow.wait_condition(
                lambda: self.case.wake_at != wake_at or self._busy(), timeout=self.case.delay()
            )
        except TimeoutError:
            return

    async def _continue_as_new(self) -> None:
        """Go on in a new run; nothing new is admitted while the handlers under way finish (D13)."""
        self.shell.draining = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        carried = {
            "state": self.case.state.model_dump(mode="json"),
            "ledger": self.shell.ledger(),
            "wake_at": self.case.wake_at,
        }
        workflow.continue_as_new(Carried.model_validate(carried))

    def _long(self) -> bool:
        info = workflow.info()
        return (
            info.is_continue_as_new_suggested() or info.get_current_history_length() > options.CONTINUE_AFTER
        )

    def _busy(self) -> bool:
        return (
            errand(self.case.state) is not None
            or self.decider.closed(self.case.state) is not None
            or self._long()
        )


def _asked(command: Command) -> Asked:
    """The digest of what is asked is held against the claim; while replaying nothing is sent, and none is needed."""
    digest = None if workflow.unsafe.is_replaying() else digest_of(command.asked())
    return Asked(command.command_id, command.act, command.claim, digest)
