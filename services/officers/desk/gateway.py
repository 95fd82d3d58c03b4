"""The only door to Temporal in this service: commands go out as updates, refusals come back as problems."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import (
    Client,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.commands.opening import Opening
from contracts.refusals import RefusalCode
from contracts.saying import Saying
from services.kit.beginning import begin
from services.kit.errors import ServiceError, UnavailableError
from services.kit.logs import logger
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from services.kit.tls import EngineLogin
from services.officers.desk.engine import Absent, Pending, Unheard
from services.officers.web.problems import RefusedError
from services.officers.web.sentences import refused

_CODES = frozenset(code.value for code in RefusalCode)
RPC_SECONDS = timedelta(seconds=5)
POLLED_WITHIN = timedelta(seconds=120)
"""A worker asks for work again after a minute at the latest."""


class TemporalEngine:
    """Temporal behind the port. The update's id derives from command and body, so a repeat is answered, not done."""

    def __init__(
        self, address: str, namespace: str, keyring: Keyring, wait: float, login: EngineLogin | None = None
    ) -> None:
        """`wait`: seconds until a command that was accepted is answered as pending."""
        self._address = address
        self._namespace = namespace
        self._keyring = keyring
        self._wait = wait
        self._login = login
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def send(self, kind: str, command: Command) -> Accepted | Pending | Unheard | Absent:
        """See the port. One call waits for the answer itself; only when that takes too long it is asked whether
        the command was taken up at all.
        """
        client = await self._connected()
        handle = client.get_workflow_handle(names.workflow_id(kind, command.target))
        async with _refusals():
            try:
                async with asyncio.timeout(self._wait):
                    accepted: Accepted = await handle.execute_update(
                        names.ACT_UPDATE, command, id=_update(command), result_type=Accepted
                    )
                    return accepted
            except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
                return await self._taken_up(handle, command)
            except RPCError as error:
                return _absent(error)

    async def open(self, kind: str, opening: Opening) -> Pending | Unheard:
        """See the port."""
        client = await self._connected()
        # The case's id derives from the command's: whoever began it before asked under the same key.
        once = WorkflowIDReusePolicy.REJECT_DUPLICATE
        try:
            await begin(client, kind, opening.target, opening, once, RPC_SECONDS)
        except RPCError as error:
            return _unheard(error)
        return Pending()

    async def not_begun(self, kind: str, case_id: str) -> None:
        """See the port."""
        client = await self._connected()
        async with _refusals():
            try:
                await client.get_workflow_handle(names.workflow_id(kind, case_id)).result()
            except RPCError as error:
                # Nothing is known of it then: the record tells the rest.
                _unheard(error)

    async def catch_up(self, kind: str, case_id: str, sequence: int) -> bool:
        """See the port."""
        client = await self._connected()
        handle = client.get_workflow_handle(names.workflow_id(kind, case_id))
        ident = f"{names.CATCH_UP_UPDATE}.{sequence}"
        try:
            async with asyncio.timeout(RPC_SECONDS.total_seconds()):
                await handle.execute_update(names.CATCH_UP_UPDATE, sequence, id=ident)
        except WorkflowUpdateFailedError:
            # It is there already.
            return True
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return False
        except RPCError as error:
            return error.status is RPCStatusCode.NOT_FOUND
        return True

    async def check(self) -> None:
        """See the port."""
        client = await self._connected()
        await client.service_client.check_health(timeout=timedelta(seconds=2))

    async def check_worker(self) -> None:
        """See the port."""
        client = await self._connected()
        asked = DescribeTaskQueueRequest(
            namespace=self._namespace,
            task_queue=TaskQueue(name=names.TASK_QUEUE),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        found = await client.workflow_service.describe_task_queue(asked, timeout=timedelta(seconds=2))
        since = datetime.now(UTC) - POLLED_WITHIN
        if not any(one.last_access_time.ToDatetime(UTC) > since for one in found.pollers):
            raise UnavailableError("no worker asks the engine for work")

    async def _taken_up(
        self, handle: WorkflowHandle[Any, Any], command: Command
    ) -> Pending | Unheard | Absent:
        try:
            async with asyncio.timeout(RPC_SECONDS.total_seconds()):
                await handle.start_update(
                    names.ACT_UPDATE,
                    command,
                    id=_update(command),
                    wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                    result_type=Accepted,
                    rpc_timeout=RPC_SECONDS,
                )
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return Unheard()
        except RPCError as error:
            return _absent(error)
        return Pending()

    async def _connected(self) -> Client:
        if self._client is None:
            try:
                # The time is for waiting one's turn as well: nobody queues behind others' attempts for long.
                async with asyncio.timeout(RPC_SECONDS.total_seconds()), self._connecting:
                    if self._client is None:
                        self._client = await connect(
                            self._address, self._namespace, self._keyring, login=self._login
                        )
            except (RuntimeError, TimeoutError) as error:
                raise RefusedError("engine-unavailable", headers={"Retry-After": "1"}) from error
        return self._client


def _update(command: Command) -> str:
    return names.update_id(command.command_id, command.body_digest)


def _absent(error: RPCError) -> Unheard | Absent:
    return Absent() if error.status is RPCStatusCode.NOT_FOUND else _unheard(error)


def _unheard(error: RPCError) -> Unheard:
    logger.warning("the engine gave no answer", code=error.status.name)
    return Unheard()


@asynccontextmanager
async def _refusals() -> AsyncIterator[None]:
    try:
        yield
    except (WorkflowUpdateFailedError, WorkflowFailureError) as error:
        raise _refusal(error.cause) from error


def _refusal(cause: BaseException | None) -> ServiceError:
    kind = cause.type if isinstance(cause, ApplicationError) else None
    if isinstance(cause, ApplicationError) and kind in _CODES:
        return refused(str(kind), Saying.model_validate(cause.details[0]))
    if kind == "AcceptedUpdateCompletedWorkflow":
        return RefusedError(RefusalCode.CASE_ENDED)
    logger.error("update failed without a refusal", code=kind or type(cause).__name__)
    return ServiceError()
