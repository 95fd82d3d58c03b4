"""The way from a batch to its cases over Temporal."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from contracts.commands.fanout import StartCases, TellCases
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.commands.base import Accepted
from contracts.commands.batch import OpenCase
from contracts.refusals import RefusalCode

AT_ONCE = 8
"""Calls in flight: enough to keep two cores busy, few enough not to starve the officers' acts."""

T = TypeVar("T")


class TemporalCases:
    """Starts and tells cases through a Temporal client."""

    def __init__(self, client: Client) -> None:
        """Take a client that encrypts."""
        self._client = client

    async def start(self, request: StartCases) -> None:
        """Start each case; one that was started before is left alone."""
        await _each(request.cases, self._start)

    async def tell(self, request: TellCases) -> None:
        """Send the command to each case that still runs; its command id makes a repeat one effect."""
        await _each(request.case_ids, lambda case_id: self._tell(case_id, request))

    async def _start(self, opening: OpenCase) -> None:
        try:
            await self._client.start_workflow(
                names.NOMINATION_WORKFLOW,
                opening,
                id=names.nomination_workflow_id(opening.entry.case_id),
                task_queue=names.TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            return

    async def _tell(self, case_id: str, request: TellCases) -> None:
        command = request.election or request.calendar
        if command is None:
            raise ApplicationError("nothing to tell", non_retryable=True)
        handle = self._client.get_workflow_handle(names.nomination_workflow_id(case_id))
        try:
            await handle.execute_update(command.name, command, id=command.command_id, result_type=Accepted)
        except RPCError as error:
            # The case has ended and its workflow with it: there is nobody left to tell.
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        except WorkflowUpdateFailedError as error:
            known = (
                isinstance(error.cause, ApplicationError) and error.cause.type == RefusalCode.CALENDAR_KNOWN
            )
            if not known:
                raise


async def _each(items: Iterable[T], call: Callable[[T], Awaitable[None]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> None:
        async with gate:
            await call(item)

    async with asyncio.TaskGroup() as group:
        for item in items:
            group.create_task(one(item))
