"""Send a command to a running case, for tests."""

from typing import Any

from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.saying import Saying
from tests.desks import RefusedError
from workflows.rules.verdict import Refused


async def send_update(handle: WorkflowHandle[Any, Any], command: Command, other_id: str = "") -> Accepted:
    """Send the command as an update; returns when the record has it, raises RefusedError for a refusal.

    With `other_id` the engine takes a repeat for a new update, and only the case itself can know it.
    """
    update_id = other_id or f"{command.command_id}.{command.body_digest[:16]}"
    try:
        return await handle.execute_update(names.ACT_UPDATE, command, id=update_id, result_type=Accepted)
    except WorkflowUpdateFailedError as error:
        cause = error.cause
        if not isinstance(cause, ApplicationError):
            raise
        said = Saying.model_validate(cause.details[0])
        raise RefusedError(Refused(cause.type or "", said)) from None
