"""One integrity file, from the first thing that it is told."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.integrity import OpenIntegrity
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.integrity.case import Integrity
    from workflows.kinds.integrity.kind import DECIDER


@workflow.defn(name=CaseKind.INTEGRITY.value)
class IntegrityWorkflow(CaseWorkflow[Integrity]):
    """Keeps one integrity file."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenIntegrity | Resume | Carried) -> None:
        """Take up the file, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenIntegrity | Resume | Carried) -> str:
        """Live on: a file never ends by itself."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Integrity:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
