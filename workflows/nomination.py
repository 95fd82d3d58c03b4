"""One nomination from roster to file: waits, asks the rules, records, moves on."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.actor import SYSTEM, Signer
    from contracts.base import Contract
    from contracts.commands import case as commands
    from contracts.commands.base import Accepted, Command
    from contracts.commands.batch import OpenCase
    from contracts.policy import loader
    from workflows.rules import agenda, conduct
    from workflows.rules.case import Case
    from workflows.rules.decide import decide, finish, wake
    from workflows.rules.draft import Draft
    from workflows.rules.step import Step
    from workflows.rules.verdict import Refused
    from workflows.shell import Ledger, Shell, continue_suggested, refusal, signer_of, until


class CarriedCase(Contract):
    """What an earlier run of the workflow carried over."""

    case: Case
    ledger: Ledger


@workflow.defn(name=names.NOMINATION_WORKFLOW)
class NominationWorkflow:
    """Decides one nomination. Every change is recorded before it holds (D2), one step at a time."""

    @workflow.init
    def __init__(self, opening: OpenCase) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        carried = CarriedCase.model_validate(opening.carried) if opening.carried else None
        self._policy = loader.released(opening.policy)
        if loader.digest(opening.policy) != opening.policy_digest:
            raise RuntimeError(f"policy {opening.policy} on this worker is not the one the batch pinned")
        entry = opening.entry
        self._case = (
            carried.case
            if carried
            else Case(
                case_id=entry.case_id,
                batch_id=opening.batch_id,
                district=entry.district,
                policy=opening.policy,
                cut_off=opening.cut_off,
                years=opening.calendar_years,
            )
        )
        ledger = carried.ledger if carried else Ledger()
        self._shell = Shell(entry.case_id, opening.batch_id, entry.district, opening.policy, ledger)
        self._changed = False

    @workflow.run
    async def run(self, opening: OpenCase) -> str:
        """Live until the file is closed; the result is the case's end."""
        if not self._shell.begun:
            await self._open(opening)
        while not self._case.filed:
            self._changed = False
            await self._sleep()
            async with self._shell.lock:
                await self._wake()
            if await continue_suggested(self._shell):
                carry = CarriedCase(case=self._case, ledger=self._shell.ledger)
                workflow.continue_as_new(
                    opening.model_copy(update={"carried": carry.model_dump(mode="json")})
                )
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._case.state.value

    async def _sleep(self) -> None:
        """Until the agenda's next instant or the next accepted command, whichever is first."""
        timeout = until(agenda.next_instant(self._case, self._policy))
        if timeout == timedelta(0):
            return
        try:
            await workflow.wait_condition(lambda: self._changed, timeout=timeout)
        except TimeoutError:
            return

    async def _open(self, opening: OpenCase) -> None:
        async with self._shell.lock:
            signer = Signer(
                account_id=opening.actor_account_id, person_id=opening.actor_person_id, role="NOMINATOR"
            )
            draft = Draft(self._case, self._policy, workflow.now(), (signer.person_id, signer.role))
            conduct.open_case(draft, opening)
            step = finish(draft)
            await self._shell.record(step.events, signer, opening.command_id, None)
            self._apply(step)

    async def _wake(self) -> None:
        """Fire what is due. The command id names the instant's place in the case, so a repeat is the same."""
        step = wake(self._case, self._policy, workflow.now())
        if step.events:
            await self._shell.record(step.events, SYSTEM, f"timer.{self._shell.ledger.sequence}", None)
            self._apply(step)

    def _apply(self, step: Step) -> None:
        self._case = step.case
        self._changed = True

    def _check(self, command: Command) -> None:
        """The validator's question: refuse before anything is written."""
        if self._shell.repeated(command) is not None or not self._shell.begun:
            return
        self._shell.admit()
        answer = decide(self._case, command, self._policy, workflow.now())
        # While a step is being recorded the record, and everybody who reads it, is ahead of this state: what is
        # refused now may be allowed when the step is done, so the question is asked again under the lock.
        if isinstance(answer, Refused) and not self._shell.lock.locked():
            raise refusal(answer)

    async def _act(self, command: Command) -> Accepted:
        """Ask the rule again under the lock, record, then apply. Waits for the case's own first step."""
        await workflow.wait_condition(lambda: self._shell.begun)
        async with self._shell.lock:
            before = self._shell.repeated(command)
            if before is not None:
                return before
            answer = decide(self._case, command, self._policy, workflow.now())
            if isinstance(answer, Refused):
                raise refusal(answer)
            if not answer.events:
                return self._shell.unchanged(command)
            signer = signer_of(command, answer.signer[1])
            accepted = await self._shell.record(
                answer.events, signer, command.command_id, command.body_digest
            )
            self._apply(answer)
            return accepted

    @workflow.query(name="case")
    def case(self) -> Case:
        """The case as this workflow sees it, for the operator; people read the read model."""
        return self._case

    @workflow.update(name=commands.CompleteTask.name)
    async def complete_task(self, command: commands.CompleteTask) -> Accepted:
        """Complete a task with an outcome."""
        return await self._act(command)

    @complete_task.validator
    def _check_complete_task(self, command: commands.CompleteTask) -> None:
        self._check(command)

    @workflow.update(name=commands.ClaimTask.name)
    async def claim_task(self, command: commands.ClaimTask) -> Accepted:
        """Take a task for oneself."""
        return await self._act(command)

    @claim_task.validator
    def _check_claim_task(self, command: commands.ClaimTask) -> None:
        self._check(command)

    @workflow.update(name=commands.ReleaseTask.name)
    async def release_task(self, command: commands.ReleaseTask) -> Accepted:
        """Give a task back."""
        return await self._act(command)

    @release_task.validator
    def _check_release_task(self, command: commands.ReleaseTask) -> None:
        self._check(command)

    @workflow.update(name=commands.ReassignTask.name)
    async def reassign_task(self, command: commands.ReassignTask) -> Accepted:
        """Give a task to a named person."""
        return await self._act(command)

    @reassign_task.validator
    def _check_reassign_task(self, command: commands.ReassignTask) -> None:
        self._check(command)

    @workflow.update(name=commands.DeclareConflict.name)
    async def declare_conflict(self, command: commands.DeclareConflict) -> Accepted:
        """Step back from the case."""
        return await self._act(command)

    @declare_conflict.validator
    def _check_declare_conflict(self, command: commands.DeclareConflict) -> None:
        self._check(command)

    @workflow.update(name=commands.Withdraw.name)
    async def withdraw(self, command: commands.Withdraw) -> Accepted:
        """Withdraw the nomination."""
        return await self._act(command)

    @withdraw.validator
    def _check_withdraw(self, command: commands.Withdraw) -> None:
        self._check(command)

    @workflow.update(name=commands.RegisterReport.name)
    async def register_report(self, command: commands.RegisterReport) -> Accepted:
        """Register a report during the notice."""
        return await self._act(command)

    @register_report.validator
    def _check_register_report(self, command: commands.RegisterReport) -> None:
        self._check(command)

    @workflow.update(name=commands.ScheduleElection.name)
    async def schedule_election(self, command: commands.ScheduleElection) -> Accepted:
        """Learn when the election is held."""
        return await self._act(command)

    @schedule_election.validator
    def _check_schedule_election(self, command: commands.ScheduleElection) -> None:
        self._check(command)

    @workflow.update(name=commands.LoadCaseCalendar.name)
    async def load_calendar(self, command: commands.LoadCaseCalendar) -> Accepted:
        """Take a newly published calendar year."""
        return await self._act(command)

    @load_calendar.validator
    def _check_load_calendar(self, command: commands.LoadCaseCalendar) -> None:
        self._check(command)
