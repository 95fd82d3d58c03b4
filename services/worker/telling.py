"""Tell one case something, and understand what it answers."""

import asyncio
from enum import StrEnum

from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.refusals import RefusalCode
from services.kit.logs import logger

ANSWER_SECONDS = 5.0
"""How long one case may take to answer before it is asked again, after the others."""

FORESEEN = frozenset({RefusalCode.CASE_ENDED, RefusalCode.CALENDAR_KNOWN, RefusalCode.CONFLICT_KNOWN})
"""Refusals by a case that has no need of the word."""
NOT_YET = frozenset({RefusalCode.TRY_AGAIN, RefusalCode.CLAIM_INVALID})
"""Refusals that say nothing of the case; the second is an alarm where it arises."""
ELSEWHERE = frozenset(
    {RPCStatusCode.UNAVAILABLE, RPCStatusCode.UNAUTHENTICATED, RPCStatusCode.PERMISSION_DENIED}
)
"""What the engine answers when it is the engine that does not work, and not the case."""


class Answer(StrEnum):
    """What became of a word."""

    DONE = "done"
    """The case has it, or refused it for good."""
    SILENT = "silent"
    """No answer yet: the word is told again."""
    NO_WORKFLOW = "no-workflow"
    """Nobody is there to tell. The record knows whether the case has ended."""


async def tell(client: Client, kind: str, case_id: str, command: Command) -> Answer:
    """Send the command; its id makes a repeat one effect. Raises RPCError when the engine does not work."""
    handle = client.get_workflow_handle(names.workflow_id(kind, case_id))
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await handle.execute_update(
                names.ACT_UPDATE,
                command,
                id=names.update_id(command.command_id, command.body_digest),
                result_type=Accepted,
            )
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        return Answer.SILENT
    except WorkflowUpdateFailedError as error:
        return _refused(case_id, command, error)
    except RPCError as error:
        if error.status in ELSEWHERE:
            raise
        return await _ended(handle) if error.status is RPCStatusCode.NOT_FOUND else Answer.SILENT
    return Answer.DONE


def _refused(case_id: str, command: Command, error: WorkflowUpdateFailedError) -> Answer:
    code = error.cause.type if isinstance(error.cause, ApplicationError) else type(error.cause).__name__
    if code in NOT_YET:
        return Answer.SILENT
    if code not in FORESEEN:
        # Whatever the reason: a case that cannot take this word must not keep others from the next one.
        logger.error(
            "a case refuses another's word", case_id=case_id, command_id=command.command_id, code=code
        )
    return Answer.DONE


async def _ended(handle: WorkflowHandle[object, object]) -> Answer:
    try:
        status = (await handle.describe()).status
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return Answer.NO_WORKFLOW
    return Answer.DONE if status is WorkflowExecutionStatus.COMPLETED else Answer.NO_WORKFLOW
