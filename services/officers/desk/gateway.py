"""The only door to Temporal in this service: commands go out as updates, refusals come back as problems."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.commands.batch import OpenBatch
from contracts.refusals import RefusalCode
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from services.officers.desk.engine import Pending
from services.officers.web.problems import RefusedError

_CODES = frozenset(code.value for code in RefusalCode)
RPC_SECONDS = timedelta(seconds=5)


class TemporalEngine:
    """Temporal behind the port. A command's id is the update's id, so a repeat is answered and not done again."""

    def __init__(self, address: str, namespace: str, keyring: Keyring, wait: float) -> None:
        """`wait`: seconds until a command that was accepted is answered as pending."""
        self._address = address
        self._namespace = namespace
        self._keyring = keyring
        self._wait = wait
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def send(self, workflow_id: str, command: Command) -> Accepted | Pending:
        """See the port. One call waits for the answer itself; only when that takes too long it is asked whether
        the command was accepted at all. Not accepted in time is no promise: `engine-unavailable`, nothing pending.
        """
        client = await self._connected()
        handle = client.get_workflow_handle(workflow_id)
        async with _answering(command.name):
            try:
                async with asyncio.timeout(self._wait):
                    accepted: Accepted = await handle.execute_update(
                        command.name, command, id=command.command_id, result_type=Accepted
                    )
                    return accepted
            except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
                async with asyncio.timeout(RPC_SECONDS.total_seconds()):
                    await handle.start_update(
                        command.name,
                        command,
                        id=command.command_id,
                        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                        result_type=Accepted,
                        rpc_timeout=RPC_SECONDS,
                    )
                return Pending(command.command_id)

    async def open_batch(self, command: OpenBatch) -> None:
        """See the port."""
        client = await self._connected()
        async with _answering(command.name):
            try:
                await client.start_workflow(
                    names.BATCH_WORKFLOW,
                    command,
                    id=names.batch_workflow_id(command.batch_id),
                    task_queue=names.TASK_QUEUE,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    rpc_timeout=RPC_SECONDS,
                )
            except WorkflowAlreadyStartedError:
                # The batch's id derives from the command's: whoever started it before asked for the same.
                return

    async def check(self) -> None:
        """See the port."""
        client = await self._connected()
        await client.service_client.check_health(timeout=timedelta(seconds=2))

    async def _connected(self) -> Client:
        if self._client is None:
            try:
                # The time is for waiting one's turn as well: nobody queues behind others' attempts for long.
                async with asyncio.timeout(RPC_SECONDS.total_seconds()), self._connecting:
                    if self._client is None:
                        self._client = await connect(self._address, self._namespace, self._keyring)
            except (RuntimeError, TimeoutError) as error:
                raise _unavailable() from error
        return self._client


@asynccontextmanager
async def _answering(command: str) -> AsyncIterator[None]:
    try:
        yield
    except WorkflowUpdateFailedError as error:
        raise _refusal(error.cause) from error
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
        raise _unavailable() from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            # Never started, or completed: the read model showed it, so the case is over.
            raise RefusedError("case-ended") from error
        raise _unavailable() from error


def _refusal(cause: BaseException | None) -> ServiceError:
    kind = cause.type if isinstance(cause, ApplicationError) else None
    if isinstance(cause, ApplicationError) and kind in _CODES:
        extra = next((detail for detail in cause.details if isinstance(detail, dict)), None)
        return RefusedError(str(kind), cause.message, extra=extra)
    if kind == "AcceptedUpdateCompletedWorkflow":
        return RefusedError("case-ended")
    logger.error("update failed without a refusal", code=kind or type(cause).__name__)
    return ServiceError()


def _unavailable() -> RefusedError:
    return RefusedError("engine-unavailable", headers={"Retry-After": "1"})
