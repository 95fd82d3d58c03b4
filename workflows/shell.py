"""What both workflows share: one step at a time, recorded before it takes effect, answered once per key (D2, D3)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import Field
from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.actor import Signer
    from contracts.base import NO_DIGEST, Contract, Digest
    from contracts.commands.base import Accepted, Command
    from contracts.envelope import EventDraft, RecordRequest, RecordResult
    from contracts.events.base import Event
    from contracts.refusals import RefusalCode
    from workflows import options
    from workflows.rules.verdict import Refused


class Done(Contract):
    """An accepted command: the digest of its body, and what was answered."""

    body_digest: Digest
    accepted: Accepted


class Ledger(Contract):
    """Where the case's events stand, and the commands that were accepted. Carried over continue-as-new."""

    sequence: int = 0
    previous: Digest = NO_DIGEST
    index: int = 0
    done: dict[str, Done] = Field(default_factory=dict)


class Shell:
    """One case's way to the record. Not pure: it belongs to a running workflow."""

    def __init__(self, case_id: str, batch_id: str, district: str, policy: str, ledger: Ledger) -> None:
        """Take up where the ledger stands."""
        self.lock = asyncio.Lock()
        self.ledger = ledger
        self.draining = False
        self._case_id = case_id
        self._batch_id = batch_id
        self._district = district
        self._policy = policy

    @property
    def begun(self) -> bool:
        """Whether the first step is on the record."""
        return self.ledger.sequence > 0

    def repeated(self, command: Command) -> Accepted | None:
        """The answer given before under this key; raises the refusal when the body differs."""
        done = self.ledger.done.get(command.command_id)
        if done is None:
            return None
        if done.body_digest != command.body_digest:
            raise refusal(Refused(RefusalCode.KEY_REUSED, "this key was used with another body"))
        return done.accepted

    def admit(self) -> None:
        """Refuse new work while the workflow continues as new; the caller tries again."""
        if self.draining:
            raise refusal(Refused(RefusalCode.TRY_AGAIN, "the case is being carried over; try again"))

    async def record(
        self, events: Sequence[Event], signer: Signer, command_id: str, body_digest: Digest | None
    ) -> Accepted:
        """Number the events, put them on the record, and only then remember them. Repeats until it holds."""
        now = workflow.now()
        request = RecordRequest(
            case_id=self._case_id,
            batch_id=self._batch_id,
            district=self._district,
            policy=self._policy,
            previous=self.ledger.previous,
            events=tuple(
                self._draft(event, self.ledger.sequence + offset, now, signer, command_id)
                for offset, event in enumerate(events, start=1)
            ),
        )
        result = await self._until_recorded(request)
        last = result.receipts[-1]
        accepted = Accepted(
            case_id=self._case_id, sequence=self.ledger.sequence + len(events), index=last.index
        )
        done = self.ledger.done
        if body_digest is not None:
            done = {**done, command_id: Done(body_digest=body_digest, accepted=accepted)}
        self.ledger = Ledger(sequence=accepted.sequence, previous=last.digest, index=last.index, done=done)
        return accepted

    def unchanged(self, command: Command) -> Accepted:
        """The answer to a command that led to no event: the case stands where it stood."""
        accepted = Accepted(case_id=self._case_id, sequence=self.ledger.sequence, index=self.ledger.index)
        done = Done(body_digest=command.body_digest, accepted=accepted)
        self.ledger = self.ledger.model_copy(update={"done": {**self.ledger.done, command.command_id: done}})
        return accepted

    async def _until_recorded(self, request: RecordRequest) -> RecordResult:
        while True:
            try:
                result: RecordResult = await workflow.execute_activity(
                    names.RECORD_ACTIVITY,
                    request,
                    result_type=RecordResult,
                    start_to_close_timeout=options.RECORD_TRY,
                    schedule_to_close_timeout=options.RECORD_ROUND,
                    retry_policy=options.RETRY,
                )
                return result
            except ActivityError:
                # The record is silent or refuses: nothing takes effect, and the next round asks again.
                await asyncio.sleep(options.PAUSE_BETWEEN_ROUNDS.total_seconds())

    def _draft(
        self, event: Event, sequence: int, now: datetime, signer: Signer, command_id: str
    ) -> EventDraft:
        return EventDraft(
            sequence=sequence,
            type=event.type,
            version=event.version,
            at=now,
            actor=signer,
            command_id=command_id,
            payload=event.plain(),
            private=event.personal(),
        )


def refusal(refused: Refused) -> ApplicationError:
    """The refusal as an update failure: its type is the code, its message the sentence."""
    return ApplicationError(refused.detail, type=refused.code, non_retryable=True)


def signer_of(command: Command, role: str) -> Signer:
    """Who signs the events of a command."""
    return Signer(account_id=command.actor.account_id, person_id=command.actor.person_id, role=role)


def until(instant: datetime | None) -> timedelta | None:
    """How long to sleep until an instant; None sleeps until something else happens."""
    if instant is None:
        return None
    return max(instant - workflow.now(), timedelta(0))


async def continue_suggested(shell: Shell) -> bool:
    """Whether to continue as new now: stops admitting, lets every handler finish first (D13)."""
    info = workflow.info()
    if not (
        info.is_continue_as_new_suggested() or info.get_current_history_length() > options.CONTINUE_AFTER
    ):
        return False
    shell.draining = True
    await workflow.wait_condition(workflow.all_handlers_finished)
    return True
