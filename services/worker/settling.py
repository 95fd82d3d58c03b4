"""The one activity through which anything takes effect: settle a proposal on the record (D2)."""

from typing import assert_never

from temporalio import activity

from contracts import names
from contracts.record import Declined, Recorded, Standing
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.settling import Proposal, RecordedStep, Refusal, Settled, SettleRequest
from services.kit.claims import ClaimChecker
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey
from services.worker import proof, steps
from services.worker.alarms import Alarms
from services.worker.memory import LastSeen
from services.worker.record import Record


class DeclinedError(RuntimeError):
    """The record does not take a step, and has kept it and told why. Nothing took effect."""


class Settling:
    """Holds what settling needs; the worker makes one."""

    def __init__(self, record: Record, checker: ClaimChecker, keyring: Keyring, key: SigningKey) -> None:
        """`keyring` seals what is personal in events; `key` signs steps."""
        self._record = record
        self._checker = checker
        self._alarms = Alarms(record)
        self._keyring = keyring
        self._key = key
        self._seen = LastSeen()

    @activity.defn(name=names.SETTLE_ACTIVITY)
    async def settle(self, request: SettleRequest) -> Settled:
        """What came of the proposal. May be asked again, after whatever failure: what stands, stands once.

        Raises when the record is silent or declines; nothing took effect then that a repeat would not find.
        """
        try:
            return await self._settled(request)
        except UnavailableError:
            raise
        except Exception as error:
            # Whatever it is, repeating alone may not help: somebody must look.
            logger.error(
                "alarm: a step cannot be settled, and is tried again",
                case_id=request.case_id,
                command_id=request.command_id,
                exc_info=error,
            )
            raise

    async def _settled(self, request: SettleRequest) -> Settled:
        proposal = request.proposal
        if proposal is None:
            return Settled(steps=await self._look(request), again=True)
        fault = proof.fault(request, proposal, self._checker)
        if fault is not None:
            await self._alarms.unproven(request, fault)
            return _refused(RefusalCode.CLAIM_INVALID, say("unproven"), proposal)
        if proposal.refused is not None or not proposal.events:
            return Settled(refused=proposal.refused, wake_at=proposal.wake_at)
        if not self._seen.is_last(request.case_id, request.previous):
            standing = await self._look(request)
            if standing:
                return Settled(steps=standing, again=True)
        return await self._append(request, proposal)

    async def _look(self, request: SettleRequest) -> tuple[RecordedStep, ...]:
        bodies, indexes = await self._record.after(request.case_id, request.sequence)
        found = self._read(request, bodies, indexes)
        self._seen.saw(request.case_id, found[-1].digest if found else request.previous)
        return found

    async def _append(self, request: SettleRequest, proposal: Proposal) -> Settled:
        # Until it is answered nobody knows what stands there; the next one looks.
        self._seen.forget(request.case_id)
        step = steps.make(request, proposal, self._keyring, self._key)
        answer = await self._record.append(step.message)
        match answer.said:
            case Recorded(place=place):
                recorded = step.recorded(place)
                self._seen.saw(request.case_id, recorded.digest)
                return Settled(steps=(recorded,), wake_at=proposal.wake_at)
            case Standing():
                return self._standing(request, proposal, answer.bodies, answer.said.indexes)
            case Declined(code="key-reused"):
                return _refused(RefusalCode.KEY_REUSED, say("key-used"), proposal)
            case Declined(code="not-owed"):
                # The record has kept the attempt. What is owed may still come: the case is not to wait for this one.
                return _refused(RefusalCode.CLAIM_INVALID, say("unproven"), proposal)
            case Declined(code=code, detail=detail):
                raise DeclinedError(f"{code}: {detail}")
        assert_never(answer.said)

    def _standing(
        self, request: SettleRequest, proposal: Proposal, bodies: tuple[bytes, ...], indexes: tuple[int, ...]
    ) -> Settled:
        if steps.begins(bodies) > request.sequence:
            found = self._read(request, bodies, indexes)
            self._seen.saw(request.case_id, found[-1].digest)
            return Settled(steps=found, again=True)
        # The command is older than the workflow remembers: the record knows its id from a step further back.
        known = steps.read(request.case_id, steps.begins(bodies) - 1, None, bodies, indexes, self._keyring)
        digests = [step.body_digest for step in known if step.command_id == request.command_id]
        if digests != [request.content_digest]:
            return _refused(RefusalCode.KEY_REUSED, say("key-used"), proposal)
        return Settled(wake_at=proposal.at)

    def _read(
        self, request: SettleRequest, bodies: tuple[bytes, ...], indexes: tuple[int, ...]
    ) -> tuple[RecordedStep, ...]:
        return steps.read(request.case_id, request.sequence, request.previous, bodies, indexes, self._keyring)


def _refused(code: RefusalCode, said: Saying, proposal: Proposal) -> Settled:
    # The proposal's own `wake_at` reckons with events that did not happen. So the case wakes at once and reckons again.
    wake_at = proposal.at if proposal.events else proposal.wake_at
    return Settled(refused=Refusal(code=code, said=said), wake_at=wake_at)
