"""One case's way to the record: one step at a time, folded only as it stands there, answered once per key (D2, D3)."""

import asyncio
from dataclasses import dataclass

from pydantic import Field
from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.base import NO_DIGEST, Contract, Digest
    from contracts.claim import Claim
    from contracts.commands.base import Accepted, Command
    from contracts.errand import Errand
    from contracts.refusals import RefusalCode
    from contracts.saying import say
    from contracts.settling import CarryRequest, Proposal, RecordedStep, Settled, SettleRequest
    from workflows import options
    from workflows.procedure.case import State
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
    """The last keys, oldest first."""


@dataclass(frozen=True)
class Asked:
    """What a step answers to: a command and its claim, or an instant of the case's own."""

    command_id: str
    act: str
    claim: Claim | None = None
    content_digest: Digest | None = None


class Shell:
    """One case's way to the record. Not pure: it belongs to a running workflow."""

    def __init__(self, state: State, kind: str, ledger: Ledger) -> None:
        """Take up where the ledger stands."""
        self.lock = asyncio.Lock()
        self.draining = False
        self.case_id = state.case_id
        self.sequence = ledger.sequence
        self._kind = kind
        self._state = state
        self._previous = ledger.previous
        self._index = ledger.index
        self._done = dict(ledger.done)

    @property
    def begun(self) -> bool:
        """Whether the first step is on the record."""
        return self.sequence > 0

    def ledger(self) -> Ledger:
        """What is carried over."""
        return Ledger(
            sequence=self.sequence, previous=self._previous, index=self._index, done=dict(self._done)
        )

    def repeated(self, command: Command) -> Accepted | None:
        """The answer given before under this key; raises the refusal when the body differs."""
        done = self._done.get(command.command_id)
        if done is None:
            return None
        if done.body_digest != command.body_digest:
            raise refusal(Refused(RefusalCode.KEY_REUSED, say("key-used")))
        return done.accepted

    def knows(self, command_id: str) -> bool:
        """Whether this key was used."""
        return command_id in self._done

    def take(self, step: RecordedStep) -> None:
        """A step stands on the record: the case goes on from there, and its key is used."""
        self.sequence, self._previous, self._index = step.until, step.digest, step.index
        if step.body_digest is not None:
            self._remember(step.command_id, step.body_digest)

    def unchanged(self, command: Command) -> Accepted:
        """The answer to a command that led to no event: the case stands where it stood."""
        return self._remember(command.command_id, command.body_digest)

    async def settle(self, asked: Asked, proposal: Proposal | None, policy: str) -> Settled:
        """Settle a proposal at the case's place; without one, ask what stands there. Repeats until it holds.

        `policy` is the version that decides the step.
        """
        request = SettleRequest(
            kind=self._kind,
            case_id=self.case_id,
            parent=self._state.parent,
            district=self._state.district,
            policy=policy,
            sequence=self.sequence,
            previous=self._previous,
            command_id=asked.command_id,
            act=asked.act,
            claim=asked.claim,
            content_digest=asked.content_digest,
            proposal=proposal,
        )
        try:
            settled: Settled = await workflow.execute_local_activity(
                names.SETTLE_ACTIVITY,
                request,
                result_type=Settled,
                start_to_close_timeout=options.LOCAL_TRY,
                schedule_to_close_timeout=options.LOCAL_TRY,
                retry_policy=options.ONCE,
            )
            return settled
        except FailureError:
            # Slow, away, or in doubt: the same request goes where it is kept until it holds. To repeat is safe.
            # A local activity's failure comes as it is, without the wrapping of an ordinary one's.
            return await self._until_settled(request)

    async def carry(self, errand: Errand) -> bool:
        """Carry an errand to those whom it concerns: one round of tries, and whether it held."""
        try:
            await workflow.execute_activity(
                names.CARRY_ACTIVITY,
                CarryRequest(case_id=self.case_id, errand=errand),
                start_to_close_timeout=options.CARRY_TRY,
                schedule_to_close_timeout=options.CARRY_ROUND,
                retry_policy=options.RETRY,
            )
        except ActivityError:
            await asyncio.sleep(options.PAUSE_BETWEEN_ROUNDS.total_seconds())
            return False
        return True

    async def _until_settled(self, request: SettleRequest) -> Settled:
        while True:
            try:
                settled: Settled = await workflow.execute_activity(
                    names.SETTLE_ACTIVITY,
                    request,
                    result_type=Settled,
                    start_to_close_timeout=options.RECORD_TRY,
                    schedule_to_close_timeout=options.RECORD_ROUND,
                    retry_policy=options.RETRY,
                )
                return settled
            except ActivityError:
                # The record is silent or declines: nothing takes effect, and the next round asks again.
                await asyncio.sleep(options.PAUSE_BETWEEN_ROUNDS.total_seconds())

    def _remember(self, command_id: str, body_digest: Digest) -> Accepted:
        accepted = Accepted(case_id=self.case_id, sequence=self.sequence, index=self._index)
        self._done[command_id] = Done(body_digest=body_digest, accepted=accepted)
        while len(self._done) > options.KEYS_KEPT:
            del self._done[next(iter(self._done))]
        return accepted


def refusal(refused: Refused) -> ApplicationError:
    """The refusal as an update failure: its type is the code, its detail the sentence, its message that one's name."""
    said = refused.said.model_dump(mode="json")
    return ApplicationError(refused.said.name, said, type=refused.code, non_retryable=True)
