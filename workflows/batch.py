"""One batch: opened once, takes rosters, starts its cases, tells them of the election and of new calendars."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.commands.fanout import StartCases, TellCases

    from contracts import names
    from contracts.base import Contract
    from contracts.commands.base import Accepted, Command
    from contracts.commands.batch import CallElection, LoadCalendar, OpenBatch, SubmitRoster
    from contracts.policy import loader
    from workflows import options
    from workflows.rules import batch as rules
    from workflows.rules.batch import Batch, BatchStep
    from workflows.rules.verdict import Refused
    from workflows.shell import Ledger, Shell, continue_suggested, refusal, signer_of


class CarriedBatch(Contract):
    """What an earlier run of the workflow carried over."""

    batch: Batch
    ledger: Ledger


@workflow.defn(name=names.BATCH_WORKFLOW)
class BatchWorkflow:
    """Decides one batch. It never ends by itself: a batch is closed with its archive."""

    @workflow.init
    def __init__(self, opening: OpenBatch) -> None:
        """Take up the batch, so that an update may arrive before the main coroutine runs."""
        carried = CarriedBatch.model_validate(opening.carried) if opening.carried else None
        self._policy = loader.released(opening.policy)
        if loader.digest(opening.policy) != opening.policy_digest:
            raise RuntimeError(f"policy {opening.policy} on this worker is not the one the batch pinned")
        self._batch = carried.batch if carried else Batch(opening=opening)
        self._shell = Shell(
            opening.batch_id, opening.batch_id, "all", opening.policy, carried.ledger if carried else Ledger()
        )

    @workflow.run
    async def run(self, opening: OpenBatch) -> None:
        """Open the batch, then carry out what was accepted, until it continues as new."""
        if not self._shell.begun:
            async with self._shell.lock:
                await self._take(rules.open_batch(opening, self._policy, workflow.now()), opening)
        while True:
            await workflow.wait_condition(lambda: bool(self._batch.to_start or self._batch.to_tell))
            # Starting comes first: a case is told only after it exists.
            if self._batch.to_start:
                await self._start_some()
            else:
                await self._tell_some()
            if await continue_suggested(self._shell):
                carry = CarriedBatch(batch=self._batch, ledger=self._shell.ledger)
                workflow.continue_as_new(
                    opening.model_copy(update={"carried": carry.model_dump(mode="json")})
                )

    async def _start_some(self) -> None:
        chunk = self._batch.to_start[: options.FANOUT_CHUNK]
        if await self._until(names.START_CASES_ACTIVITY, StartCases(cases=chunk)):
            left = self._batch.to_start[len(chunk) :]
            self._batch = self._batch.model_copy(update={"to_start": left})

    async def _tell_some(self) -> None:
        word, *later = self._batch.to_tell
        chunk, rest = word.case_ids[: options.FANOUT_CHUNK], word.case_ids[options.FANOUT_CHUNK :]
        if await self._until(names.TELL_CASES_ACTIVITY, word.model_copy(update={"case_ids": chunk})):
            # New words may have been added meanwhile: only the head changed.
            later = list(self._batch.to_tell[1:])
            left = (word.model_copy(update={"case_ids": rest}), *later) if rest else tuple(later)
            self._batch = self._batch.model_copy(update={"to_tell": left})

    async def _until(self, activity: str, request: StartCases | TellCases) -> bool:
        """One round of tries; on failure the loop comes back to the same chunk."""
        try:
            await workflow.execute_activity(
                activity,
                request,
                start_to_close_timeout=options.FANOUT_TRY,
                schedule_to_close_timeout=options.FANOUT_ROUND,
                retry_policy=options.RETRY,
            )
        except ActivityError:
            await workflow.sleep(options.PAUSE_BETWEEN_ROUNDS)
            return False
        return True

    async def _take(self, step: BatchStep, command: Command) -> Accepted:
        signer = signer_of(command, _role(command))
        accepted = await self._shell.record([step.event], signer, command.command_id, command.body_digest)
        self._batch = step.batch
        return accepted

    def _decide(self, command: SubmitRoster | CallElection | LoadCalendar) -> BatchStep | Refused:
        if isinstance(command, SubmitRoster):
            return rules.submit_roster(self._batch, command, workflow.now())
        if isinstance(command, CallElection):
            return rules.call_election(self._batch, command, workflow.now())
        return rules.load_calendar(self._batch, command, self._policy)

    def _check(self, command: SubmitRoster | CallElection | LoadCalendar) -> None:
        if self._shell.repeated(command) is not None or not self._shell.begun:
            return
        self._shell.admit()
        answer = self._decide(command)
        # While a step is being recorded the record, and everybody who reads it, is ahead of this state: what is
        # refused now may be allowed when the step is done, so the question is asked again under the lock.
        if isinstance(answer, Refused) and not self._shell.lock.locked():
            raise refusal(answer)

    async def _act(self, command: SubmitRoster | CallElection | LoadCalendar) -> Accepted:
        # A command may overtake the workflow's own first step: it waits for it.
        await workflow.wait_condition(lambda: self._shell.begun)
        async with self._shell.lock:
            before = self._shell.repeated(command)
            if before is not None:
                return before
            answer = self._decide(command)
            if isinstance(answer, Refused):
                raise refusal(answer)
            return await self._take(answer, command)

    @workflow.update(name=SubmitRoster.name)
    async def submit_roster(self, command: SubmitRoster) -> Accepted:
        """Take a whole roster or nothing; its cases are started next."""
        return await self._act(command)

    @submit_roster.validator
    def _check_submit_roster(self, command: SubmitRoster) -> None:
        self._check(command)

    @workflow.update(name=CallElection.name)
    async def call_election(self, command: CallElection) -> Accepted:
        """Set or move the election for every case."""
        return await self._act(command)

    @call_election.validator
    def _check_call_election(self, command: CallElection) -> None:
        self._check(command)

    @workflow.update(name=LoadCalendar.name)
    async def load_calendar(self, command: LoadCalendar) -> Accepted:
        """Load a newly published calendar year."""
        return await self._act(command)

    @load_calendar.validator
    def _check_load_calendar(self, command: LoadCalendar) -> None:
        self._check(command)


def _role(command: Command) -> str:
    return command.actor.grants[0].role if command.actor.grants else "SYSTEM"
