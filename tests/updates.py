"""Send a command to a running nomination, for tests."""

from typing import Any

from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from contracts.commands.base import Accepted, Command
from tests.office import RefusedError


async def send_update(handle: WorkflowHandle[Any, Any], command: Command) -> None:
    """Send the command as an update; returns when the record has it, raises RefusedError for a refusal."""
    try:
        await handle.execute_update(command.name, command, id=command.command_id, result_type=Accepted)
    except WorkflowUpdateFailedError as error:
        cause = error.cause
        if not isinstance(cause, ApplicationError):
            raise
        raise RefusedError(cause.type or "", cause.message) from None
