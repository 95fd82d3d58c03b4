"""The sandbox in which workflow code runs, not entered where nothing of the workflow is asked (D18)."""

from temporalio.converter import SerializationContext, StorageDriverStoreContext, WorkflowSerializationContext
from temporalio.worker import WorkflowRunner
from temporalio.worker._command_aware_visitor import CommandInfo
from temporalio.worker._workflow_instance import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.worker.workflow_sandbox._runner import _Instance

PASSED_THROUGH = (
    "contracts",
    "workflows.rules",
    "workflows.procedure",
    "workflows.passages",
    "workflows.kinds",
)
"""Loaded once instead of once for every case. They hold no clock, chance or IO: the import contracts and the linter
see to that. What speaks with Temporal (casework, shell) is loaded inside."""


class CaseRunner(SandboxedWorkflowRunner):
    """Runs cases in the sandbox. Every payload asks whose it is, and of a case the answer is always: the case's."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """See base class."""
        return _CaseInstance(det, self.runner_class, self.restrictions)


class _CaseInstance(_Instance):
    # Cases start no child workflow and signal none: nothing that leaves them is for another workflow's key.

    def get_serialization_context(self, command_info: CommandInfo | None) -> SerializationContext:
        info = self.get_info()
        return WorkflowSerializationContext(namespace=info.namespace, workflow_id=info.workflow_id)

    def get_external_store_context(self, command_info: CommandInfo | None) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)


def runner() -> WorkflowRunner:
    """The runner for a worker."""
    return CaseRunner(SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
