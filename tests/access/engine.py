"""What may be asked of Temporal by whoever shows a certificate and a token, tried by its own methods."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.api.common.v1 import WorkflowExecution, WorkflowType
from temporalio.api.operatorservice.v1 import ListClustersRequest, ListSearchAttributesRequest
from temporalio.api.query.v1 import WorkflowQuery
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.update.v1 import Input, Meta, Request
from temporalio.api.workflowservice import v1 as asked
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode, TLSConfig

from tests.matrix import Matrix

NOBODY_WORKS = TaskQueue(name="nobody-works-here")
REFUSED = {RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNAUTHENTICATED}
PATIENCE = timedelta(seconds=2)
"""Whoever is let in and finds nobody to answer waits no longer: that they were let in is all that is asked."""


@dataclass(frozen=True)
class Holder:
    """What somebody shows at the engine's door."""

    tls: TLSConfig | bool = False
    token: str | None = None


@dataclass(frozen=True)
class Asking:
    """Somebody who came in, a workflow, and its namespace."""

    client: Client
    workflow: str

    @property
    def _of(self) -> dict[str, Any]:
        return {"namespace": self.client.namespace}

    @property
    def _to(self) -> dict[str, Any]:
        return {**self._of, "workflow_execution": WorkflowExecution(workflow_id=self.workflow)}

    def request(self, act: str) -> Awaitable[object]:
        """The call of this name."""
        return _ACTS[act](self)

    def call(self, request: Any) -> Awaitable[object]:
        """Send it to the method that takes it."""
        method = type(request).__name__.removesuffix("Request")
        snake = "".join(f"_{one.lower()}" if one.isupper() else one for one in method).lstrip("_")
        where = self.client.workflow_service
        service = where if hasattr(where, snake) else self.client.operator_service
        sent: Awaitable[object] = getattr(service, snake)(request, timeout=PATIENCE)
        return sent


def started(asking: Asking) -> Awaitable[object]:
    """Begin the workflow, which nobody works on."""
    return asking.call(
        asked.StartWorkflowExecutionRequest(
            **asking._of,
            workflow_id=asking.workflow,
            workflow_type=WorkflowType(name="none"),
            task_queue=NOBODY_WORKS,
            request_id=asking.workflow,
        )
    )


_OTHER = "temporal-system"
_ACTS: dict[str, Callable[[Asking], Awaitable[object]]] = {
    "GetSystemInfo": lambda one: one.call(asked.GetSystemInfoRequest()),
    "GetClusterInfo": lambda one: one.call(asked.GetClusterInfoRequest()),
    "ListNamespaces": lambda one: one.call(asked.ListNamespacesRequest()),
    "DescribeNamespace": lambda one: one.call(asked.DescribeNamespaceRequest(**one._of)),
    "ListWorkflowExecutions": lambda one: one.call(asked.ListWorkflowExecutionsRequest(**one._of)),
    "DescribeWorkflowExecution": lambda one: one.call(
        asked.DescribeWorkflowExecutionRequest(
            **one._of, execution=WorkflowExecution(workflow_id=one.workflow)
        )
    ),
    "GetWorkflowExecutionHistory": lambda one: one.call(
        asked.GetWorkflowExecutionHistoryRequest(
            **one._of, execution=WorkflowExecution(workflow_id=one.workflow)
        )
    ),
    "QueryWorkflow": lambda one: one.call(
        asked.QueryWorkflowRequest(
            **one._of,
            execution=WorkflowExecution(workflow_id=one.workflow),
            query=WorkflowQuery(query_type="any"),
        )
    ),
    "StartWorkflowExecution": started,
    "SignalWorkflowExecution": lambda one: one.call(
        asked.SignalWorkflowExecutionRequest(**one._to, signal_name="any")
    ),
    "UpdateWorkflowExecution": lambda one: one.call(
        asked.UpdateWorkflowExecutionRequest(
            **one._to, request=Request(meta=Meta(update_id="any"), input=Input(name="any"))
        )
    ),
    "ResetWorkflowExecution": lambda one: one.call(
        asked.ResetWorkflowExecutionRequest(**one._to, reason="trial", workflow_task_finish_event_id=3)
    ),
    "StartBatchOperation": lambda one: one.call(asked.StartBatchOperationRequest(**one._of)),
    "PollWorkflowTaskQueue": lambda one: one.call(
        asked.PollWorkflowTaskQueueRequest(**one._of, task_queue=NOBODY_WORKS)
    ),
    "TerminateWorkflowExecution": lambda one: one.call(
        asked.TerminateWorkflowExecutionRequest(**one._to, reason="trial")
    ),
    "UpdateNamespace": lambda one: one.call(asked.UpdateNamespaceRequest(**one._of)),
    "ListSearchAttributes": lambda one: one.call(ListSearchAttributesRequest(**one._of)),
    "ListClusters": lambda one: one.call(ListClustersRequest()),
    "StartWorkflowExecution of another namespace": lambda one: one.call(
        asked.StartWorkflowExecutionRequest(namespace=_OTHER, workflow_id="any")
    ),
    "DescribeNamespace of another": lambda one: one.call(asked.DescribeNamespaceRequest(namespace=_OTHER)),
}


async def found(
    address: str, namespace: str, holders: Mapping[str, Holder], maker: Holder, acts: Iterable[str]
) -> Matrix:
    """By method and holder, `yes` when the engine took the call up, whatever came of it, and `no` when it refused.

    `maker` begins the workflow that each holder then tries to command, and ends what is left of it.
    """
    made = await _connected(address, namespace, maker)
    said: Matrix = {act: {} for act in acts}
    for name, holder in holders.items():
        try:
            client = await _connected(address, namespace, holder)
        except RuntimeError:
            for cells in said.values():
                cells[name] = "no"
            continue
        own = Asking(made, f"access/{name}")
        await _let_in(started(own))
        for act, cells in said.items():
            cells[name] = "yes" if await _let_in(Asking(client, own.workflow).request(act)) else "no"
        await _let_in(own.request("TerminateWorkflowExecution"))
    return said


async def _connected(address: str, namespace: str, holder: Holder) -> Client:
    return await Client.connect(address, namespace=namespace, tls=holder.tls, api_key=holder.token)


async def _let_in(call: Awaitable[object]) -> bool:
    try:
        await call
    except RPCError as error:
        if error.status is RPCStatusCode.UNAVAILABLE:
            raise
        return error.status not in REFUSED
    return True
