"""The activity by which a case's errands are carried: begin these cases, tell those something (D16)."""

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy

from contracts import names
from contracts.commands.every import OPENS, AnyOpening
from contracts.errand import Start, Tell
from contracts.settling import CarryRequest
from services.kit.beginning import begin
from services.kit.logs import logger
from services.kit.signing import SigningKey
from services.worker.at_once import each
from services.worker.errands import claimed_errand
from services.worker.record import Record
from services.worker.telling import Answer, tell

TRIES = 100
"""How often a case that does not answer is told, about ten minutes; then it is passed over, and that is an alarm."""


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
                await each(openings, lambda opening: self._start(request.case_id, number, opening))
            case Tell() as errand:
                waiting = await each(
                    errand.case_ids, lambda case_id: self._tell(request.case_id, errand, case_id)
                )
                if any(waiting):
                    raise NotCarriedError(f"{sum(waiting)} of {len(waiting)} cases have not answered yet")

    async def _start(self, owing_case: str, number: int, opening: AnyOpening) -> bool:
        # One that has ended in order is not begun again; what failed, or was ended from outside, has not begun.
        claimed = claimed_errand(opening, self._key, owing_case, number, opening.target)
        reuse = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY
        return await begin(self._client, OPENS[opening.act], opening.target, claimed, reuse)

    async def _tell(self, owing_case: str, errand: Tell, case_id: str) -> bool:
        """Whether the case must be told again."""
        command = claimed_errand(errand.command, self._key, owing_case, errand.number, case_id)
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
