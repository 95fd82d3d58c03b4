"""The activity by which a case's errands are carried: begin these cases, tell those something (D16)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy

from contracts import names
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.every import OPENS, AnyOpening
from contracts.errand import Start, Tell
from contracts.settling import CarryRequest
from services.kit.claims import signed
from services.kit.logs import logger
from services.kit.signing import SigningKey
from services.worker.beginning import begin
from services.worker.record import Record
from services.worker.telling import Answer, tell

AT_ONCE = 8
"""Calls in flight: enough to keep two cores busy, few enough not to starve the officers' acts."""
TRIES = 100
"""How often a case that does not answer is told, about ten minutes; then it is passed over, and that is an alarm."""

C = TypeVar("C", bound=Command)
T = TypeVar("T")


class NotCarriedError(RuntimeError):
    """Some cases have not answered yet: the errand is carried again."""


class Carrying:
    """Holds what carrying needs; the worker makes one."""

    def __init__(self, client: Client, record: Record, key: SigningKey, tries: int = TRIES) -> None:
        """`key` signs what a case may ask of another."""
        self._client = client
        self._record = record
        self._key = key
        self._most = tries
        self._tries: dict[str, int] = {}

    @activity.defn(name=names.CARRY_ACTIVITY)
    async def carry(self, request: CarryRequest) -> None:
        """Carry the errand; a repeat changes nothing. Raises while somebody whom it concerns has not answered."""
        match request.errand:
            case Start(number=number, openings=openings):
                await _each(openings, lambda opening: self.start(request.case_id, number, opening))
            case Tell() as errand:
                waiting = await _each(
                    errand.case_ids, lambda case_id: self._tell(request.case_id, errand, case_id)
                )
                if any(waiting):
                    raise NotCarriedError(f"{sum(waiting)} of {len(waiting)} cases have not answered yet")

    async def start(self, owing_case: str, number: int, opening: AnyOpening) -> bool:
        """Begin a case that another owes; False when it had begun, also when it has ended since."""
        claimed = self._claimed(owing_case, number, opening, opening.target)
        reuse = WorkflowIDReusePolicy.REJECT_DUPLICATE
        return await begin(self._client, OPENS[opening.act], opening.target, claimed, reuse)

    async def _tell(self, owing_case: str, errand: Tell, case_id: str) -> bool:
        """Whether the case must be told again."""
        command = self._claimed(owing_case, errand.number, errand.command, case_id)
        answer = await tell(self._client, errand.kind, case_id, command)
        if answer is Answer.DONE or (answer is Answer.NO_WORKFLOW and await self._record.has_ended(case_id)):
            self._tries.pop(command.command_id, None)
            return False
        tries = self._tries[command.command_id] = self._tries.get(command.command_id, 0) + 1
        if tries < self._most:
            return True
        # What it missed is to be seen: it must not keep the others from what comes next.
        logger.error("a case is passed over", case_id=case_id, command_id=command.command_id, reason=answer)
        del self._tries[command.command_id]
        return False

    def _claimed(self, owing_case: str, number: int, command: C, target: str) -> C:
        # In the name of whoever did the act that owes it, and at its instant: a repeat is the same byte for byte.
        asked = command.claim
        claimed = command.claimed_as(
            Claim(
                command_id=names.errand_id(owing_case, number, target),
                target=target,
                act=command.act,
                body_digest=asked.body_digest,
                actor=asked.actor,
                at=asked.at,
            )
        )
        return claimed.model_copy(update={"claim": signed(claimed.claim, self._key)})


async def _each(items: Iterable[T], call: Callable[[T], Awaitable[bool]]) -> list[bool]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> bool:
        async with gate:
            return await call(item)

    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(one(item)) for item in items]
    return [call.result() for call in calls]
