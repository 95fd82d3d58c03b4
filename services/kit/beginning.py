"""Begin the workflow of a case."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from contracts import names
from contracts.base import Contract

TASK_TIMEOUT = timedelta(seconds=5)
"""Of a case's workflow tasks: what a worker had in hand when it was killed waits so long (ADR 0009)."""


async def begin(
    client: Client,
    kind: str,
    case_id: str,
    given: Contract,
    reuse: WorkflowIDReusePolicy,
    rpc_timeout: timedelta | None = None,
    running: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.FAIL,
) -> bool:
    """Begin the case's workflow with what it is given; False when it has begun already.

    `reuse` says whether one that has ended counts as begun, `running` what becomes of one that runs. Raises RPCError
    when the engine refuses or, within the timeout, does not answer.
    """
    try:
        await client.start_workflow(
            kind,
            given,
            id=names.workflow_id(kind, case_id),
            task_queue=names.TASK_QUEUE,
            task_timeout=TASK_TIMEOUT,
            id_reuse_policy=reuse,
            id_conflict_policy=running,
            rpc_timeout=rpc_timeout,
        )
    except WorkflowAlreadyStartedError:
        return False
    return True
