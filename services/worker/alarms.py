"""Acts that nobody is proven to have asked for: told in the log, which watches, and to the record, which keeps them."""

import asyncio

from contracts.record import Attempt
from contracts.refusals import RefusalCode
from contracts.settling import SettleRequest
from services.kit.logs import logger
from services.worker.record import Record

UNREADABLE = "unreadable"


class Alarms:
    """Tells of attempts; the worker makes one."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._telling: set[asyncio.Task[None]] = set()

    async def unproven(self, request: SettleRequest, fault: str) -> None:
        """A step was asked for, and not by anybody who is proven to ask. Names keys and accounts, never content."""
        claim = request.claim
        account = None if claim is None else claim.actor.account_id
        key = None if claim is None else claim.signature.key_id
        logger.error(
            "an act that nobody is proven to have asked for is refused",
            case_id=request.case_id,
            command_id=request.command_id,
            account_id=account,
            key_id=key,
            code=RefusalCode.CLAIM_INVALID,
            detail=fault,
        )
        sender = "nobody" if claim is None else f"account {account} under key {key}"
        attempt = Attempt(
            service="worker",
            target=request.case_id,
            command_id=request.command_id,
            act=request.act,
            code=RefusalCode.CLAIM_INVALID,
            detail=f"{sender}: {fault}",
        )
        await self._record.tell(attempt)

    def unreadable(self, workflow_id: str, reason: str) -> None:
        """Something came to a workflow that was not sealed for it: who sent it, nobody can know."""
        logger.error("a payload does not open", workflow_id=workflow_id, code=UNREADABLE, detail=reason)
        case_id = workflow_id.partition(":")[2] or workflow_id
        attempt = Attempt(
            service="worker",
            target=case_id,
            command_id=f"{UNREADABLE}.{case_id}",
            act=UNREADABLE,
            code=UNREADABLE,
            detail=reason,
        )
        # Whoever decodes does not wait for the record.
        task = asyncio.get_running_loop().create_task(self._record.tell(attempt))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
