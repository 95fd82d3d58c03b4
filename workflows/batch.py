"""One batch: opened once, takes rosters, starts its cases, tells them of the election and of new calendars."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.batch import OpenBatch
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.batch.case import Batch
    from workflows.kinds.batch.kind import DECIDER


@workflow.defn(name=CaseKind.BATCH.value)
class BatchWorkflow(CaseWorkflow[Batch]):
    """Decides one batch."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenBatch | Resume | Carried) -> None:
        """Take up the batch, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenBatch | Resume | Carried) -> str:
        """Live on: a batch never ends by itself."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Batch:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
